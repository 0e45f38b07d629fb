import Dialects

extension Place.Meaning {
  /// What is said behind the path; nil for places that hold no reference of their own.
  var words: String? {
    switch self {
    case .reference(let reference): reference.words
    case .parts(let parts): parts.words
    case .nested(let nested): nested.words
    case .context(let context): context.words
    }
  }
}

extension Place.Reference {
  fileprivate var words: String? {
    switch self {
    case .builtImage: nil
    case .image, .imageOrDeclared, .notPinnable, .uses: ""
    case .likelyImage: " (with a tag or a digest)"
    case .dockerURL: " (`docker://`)"
    case .behind(let mark): " (behind `\(mark)`)"
    case .argument(let name): " (`\(name)=…` among the words)"
    case .dockerArguments: " (the image among the arguments)"
    case .imageOverride: " (`old=new:tag`)"
    case .variableDefault: " (defaults of variables that are used whole)"
    case .component: " (component of GitLab)"
    }
  }
}

extension Place.Parts {
  fileprivate var words: String {
    switch self {
    case .image(let keys): " (\(keys.name.map { "`\($0)`" }.joined(separator: " or ")), `\(keys.tag)`, `\(keys.digest)`)"
    case .helmValue: " (`…image`, or in parts: `…repository` or `…name`, `…tag`, `…digest` or `…sha`)"
    case .concourseResource: " (`source` into `version: {digest}`)"
    case .gitRepository(let keys): " (`\(keys.repository)`, `\(keys.ref)`)" + (keys.names == .hooks ? " if turned on" : "")
    }
  }
}

extension Place.Nested {
  fileprivate var words: String {
    switch self {
    case .yaml: " (YAML in a text)"
    case .dockerfile: " (a Dockerfile in a text)"
    case .script: " (shell lines)"
    case .jsonEncoded: " (in `jsonencode`)"
    case .featureKeys: " (keys)"
    }
  }
}

extension Place.Context {
  fileprivate var words: String? {
    switch self {
    case .devContainerDockerfile: " (what the Dockerfile that it names begins with, written like this there)"
    case .devContainerCompose: " (the image or Dockerfile of the `service`, written like this there)"
    case .notAnImage, .builtNames, .buildArguments, .substitutedName, .composeService: nil
    }
  }
}
