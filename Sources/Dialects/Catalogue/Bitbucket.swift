extension Dialect {
  /// Bitbucket Pipelines; <https://support.atlassian.com/bitbucket-cloud/docs/docker-image-options/>. An image is a text or a mapping
  /// with a `name`; its schema says that it may have registry, tag and digest, and Docker pulls it. Pipes are images behind `docker://`, of which no source says
  /// more than that, else repositories whose own `pipe.yml` names the image.
  static let bitbucketPipelines = Dialect(
    name: "bitbucket-pipelines", title: "Bitbucket Pipelines", claim: .path(["**/{,*[._-]}bitbucket-pipelines{,[._-]*}.{yml,yaml}"]),
    syntax: .yaml,
    places: [
      Place("image"), Place("image.name"),
      Place("**.step.image"), Place("**.step.image.name"),
      Place("definitions.services.*.image"), Place("definitions.services.*.image.name"),
      Place("**.script[].pipe", .dockerURL, if: .value(.begins("docker://"))),
      Place("**.after-script[].pipe", .dockerURL, if: .value(.begins("docker://"))),
      Place("**.script[]", holds: .script),
      Place("**.after-script[]", holds: .script),
      Place("**.script[].pipe", repositoryPipe),
      Place("**.after-script[].pipe", repositoryPipe),
    ],
    holdsShell: true)

  private static let repositoryPipe = Place.Reference.notPinnable(
    "a pipe that is named by its repository takes no digest; 'docker://' in front of its image does")
}
