extension Place {
  /// No site, but something that is said about others: what the repository builds or replaces, what other files are, what is no image.
  package enum Context: Hashable, Sendable {
    /// It has the name of an image and is none: no place after this one applies.
    case notAnImage
    /// Names or references of images that the repository builds, one a line or separated by commas.
    case builtNames
    /// A list of arguments of `docker build`, Kaniko or Buildah, with the names of what they build.
    case buildArguments
    /// A name that is replaced before it is deployed.
    case substitutedName
    /// A service of Compose: its `image` is what its `build` makes, where it has both, its own or by a merge key or `extends`.
    case composeService
    /// The path of the Dockerfile that a development container is built from. Its tools look up the base images as they do an `image`.
    case devContainerDockerfile
    /// The paths of the Compose files, one of whose services, named by `service` beside it, is the development container.
    case devContainerCompose
  }
}
