import References

extension Place {
  /// One reference in one scalar: how it is written there, and what becomes of it.
  package enum Reference: Hashable, Sendable {
    /// An image; without a tag it means `latest`.
    case image
    /// A key called `image` whose value is an image if it has a tag or a digest. Without, its tag may come from elsewhere.
    case likelyImage
    /// An image that the repository builds: left alone here and wherever else it stands.
    case builtImage
    /// An image, or a name that is declared at that path, in this document or in another file; a word without tag, digest and slash may be either.
    case imageOrDeclared(SitePath)
    /// `docker://image`; anything else is a path in the repository.
    case dockerURL
    /// An image behind this text, which begins the value or follows a `=`; a value without it is no image.
    case behind(String)
    /// The value of that argument among words such as `name=web image=nginx:1.27`; a text without it is no image.
    case argument(String)
    /// Words of a command line of `docker run`: the image is the first one behind the flags.
    case dockerArguments
    /// `old=new:tag`, of which the new name is the image; or an image.
    case imageOverride
    /// The default of a variable, under its name: an image where the file uses the variable whole as one.
    case variableDefault
    /// An image whose consumer takes no digest here; what to do.
    case notPinnable(String)
    /// `uses:` of a workflow or action: `owner/repo@ref` on that service, `./local`, or `docker://image`.
    case uses(ActionRepository.Service)
    /// A component of GitLab: `host/group/project/name@1.2`.
    case component
  }
}
