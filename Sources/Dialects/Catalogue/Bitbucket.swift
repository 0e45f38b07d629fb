extension Dialect {
  /// Bitbucket Pipelines. An image is a text or a mapping with a `name`; its schema says that it may have registry, tag and digest, and
  /// Docker pulls it. Pipes are images behind `docker://`, of which no source says more than that, else repositories whose own `pipe.yml`
  /// names the image.
  static let bitbucketPipelines = Dialect(
    name: "bitbucket-pipelines", title: "Bitbucket Pipelines",
    sources: ["https://support.atlassian.com/bitbucket-cloud/docs/docker-image-options/"],
    claim: .path(["**/{,*[._-]}bitbucket-pipelines{,[._-]*}.{yml,yaml}"]),
    syntax: .yaml,
    places: [
      Place("image{,.name}"),
      Place("**.step.image{,.name}"),
      Place("definitions.services.*.image{,.name}"),
      Place("**.{script,after-script}[].pipe", by: DockerURL(), if: .value(.begins("docker://"))),
      Place("**.{script,after-script}[]", shell: .posix),
      Place(
        "**.{script,after-script}[].pipe",
        role: .leftAlone("a pipe that is named by its repository takes no digest; 'docker://' in front of its image does")),
    ],
    holdsShell: true)
}
