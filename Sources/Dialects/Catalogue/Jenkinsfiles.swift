extension Dialect {
  /// Jenkinsfiles, declarative and scripted. Jenkins hands an image to `docker pull` and `docker run` as it is written, so that tag and
  /// digest are together. They have a reader of their own.
  static let jenkinsfile = Dialect(
    name: "jenkinsfile", title: "Jenkinsfile",
    sources: [
      "https://www.jenkins.io/doc/book/pipeline/docker/", "https://docs.cloudbees.com/docs/admin-resources/latest/plugins/docker-workflow",
    ],
    claim: .path(["**/{Jenkinsfile,jenkinsfile}{,[._-]*}", "**/*.{Jenkinsfile,jenkinsfile}"]), syntax: .jenkinsfile,
    notFiles: ["**/*.{md,rst,adoc,txt,orig,rej,swp,yml,yaml,json}"], templateMarks: ["{{", "{%", "<%"], holdsShell: true)

  /// Steps of shared libraries, and pipelines in files of other names.
  static let jenkinsLibrary = Dialect(
    name: "jenkins-library", title: "Groovy files with Jenkins pipelines",
    sources: ["https://www.jenkins.io/doc/book/pipeline/shared-libraries/"],
    claim: .content(["**/*.groovy"], markers: ["docker.image(|docker {|docker '|docker \"|containerTemplate(|containerTemplate "]),
    syntax: .jenkinsfile, templateMarks: ["{{", "{%", "<%"], holdsShell: true)
}
