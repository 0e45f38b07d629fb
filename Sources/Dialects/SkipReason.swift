import Rules

/// Why a site is left alone.
package enum SkipReason: Hashable, Sendable {
  /// The text that is filled in elsewhere: `${TAG}`, `{{ .Values.image }}`.
  case notLiteral(String)
  /// The same, where a file of that name beside this one says what with.
  case filledInBy(String, file: String)
  /// An earlier build stage of the same Dockerfile.
  case stage(String)
  /// A named build context, for no registry has an image of that name.
  case namedContext(String)
  /// A named build context; the file that declares it, and its line.
  case declaredContext(String, file: String, line: Int)
  /// Docker's empty base image.
  case scratch
  /// A path in the repository itself: an action, a Dockerfile, a directory.
  case local
  /// The repository builds this name; the file that does, and its line.
  case builtHere(file: String, line: Int)
  /// A kustomization replaces this name; the file that does, and its line.
  case substitutedHere(file: String, line: Int)
  /// kustomize puts this behind the tag of another file, and drops its digest.
  case tagSuffix(String)
  /// A kustomization's `tagSuffix` drops the digest that would be written here; the file that does, and its line.
  case digestDropped(file: String, line: Int)
  /// `# tagpin: ignore` or another tool's mark.
  case ignoredByComment(String)
  /// A rule of the configuration, with its reason.
  case ignoredByConfiguration(String?)
  /// An action reference, in a run that pins images only, or the reverse.
  case notSelected
  /// It works with a tag only; why.
  case mustStayTag(String)
  /// A lock file says what it is; which, and, where that cannot be read, why.
  case locked(file: String, problem: String?)
  /// No ref is written, so that it is whatever the default branch holds.
  case defaultBranch
  /// Only a setting of the configuration turns it on; which.
  case turnedOff(setting: String)
  /// A bare digest with no tag recorded: nothing to update to or to go back to.
  case noTagRecorded
  /// A reference is expected, and something other than a text was found: `a list`, `a mapping`.
  case notUnderstood(String)
  /// Its consumer takes no digest here, or only where a setting says so; what to do.
  case notPinnable(String)
  /// Its parts are in several places, and no digest is written for all of them; why.
  case madeOfParts(String)
  /// It is the value of a parameter that is used in another way, too, which a digest may break; where, and what to do.
  case usedOtherwise(String)
  /// Another robot changes the reference; which.
  case ownedByRobot(String)
  /// No tag is written and the consumer may take it from elsewhere.
  case tagElsewhere
  /// Its registry's name means something only where it runs; the name.
  case clusterInternal(String)
  /// A tag in a script, where only digests are kept up to date.
  case tagInScript
  /// It only may be an image, and nothing asks for those.
  case likely
  /// Another file says what runs here, and it is not read; why.
  case notRead(UnreadFile)

  package enum UnreadFile: Hashable, Sendable {
    case outside
    case missing
    case generated
  }

  /// What it is an instance of. A new case needs one, and says below whether something mutable may run because of it.
  package var rule: Rule {
    switch self {
    case .notLiteral, .filledInBy: .notLiteral
    case .stage: .stage
    case .namedContext, .declaredContext: .namedContext
    case .scratch: .scratch
    case .local: .local
    case .builtHere: .builtHere
    case .substitutedHere: .substitutedHere
    case .tagSuffix: .tagSuffix
    case .digestDropped: .digestDropped
    case .ignoredByComment: .ignoredByComment
    case .ignoredByConfiguration: .ignoredByConfiguration
    case .notSelected: .notSelected
    case .mustStayTag: .mustStayTag
    case .locked: .locked
    case .defaultBranch: .defaultBranch
    case .turnedOff: .turnedOff
    case .noTagRecorded: .noTagRecorded
    case .notUnderstood: .notUnderstood
    case .notPinnable: .notPinnable
    case .madeOfParts: .madeOfParts
    case .usedOtherwise: .usedOtherwise
    case .ownedByRobot: .ownedByRobot
    case .tagElsewhere: .tagElsewhere
    case .clusterInternal: .clusterInternal
    case .tagInScript: .tagInScript
    case .likely: .likely
    case .notRead: .fileNotRead
    }
  }

  /// Whether something that can change may run because of it: the reference was not judged, or was and stays a tag. Where it names a digest
  /// or a commit, nothing can, unless what reads it takes that away.
  package func leavesMutable(namingContent: Bool) -> Bool {
    switch self {
    case .stage, .declaredContext, .scratch, .local, .builtHere, .substitutedHere, .noTagRecorded: false
    case .tagSuffix, .digestDropped: true
    case .locked(_, let problem): problem != nil && !namingContent
    case .notLiteral, .filledInBy, .namedContext, .ignoredByComment, .ignoredByConfiguration, .notSelected, .mustStayTag, .defaultBranch,
      .turnedOff, .notUnderstood, .notPinnable, .madeOfParts, .usedOtherwise, .ownedByRobot, .tagElsewhere, .clusterInternal, .tagInScript,
      .likely,
      .notRead:
      !namingContent
    }
  }
}

extension SkipReason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notLiteral(let construct): "'\(construct)' is filled in elsewhere"
    case .filledInBy(let construct, let file): "'\(construct)' is filled in by '\(file)' beside this file"
    case .stage(let name): "'\(name)' is a build stage of this file"
    case .namedContext(let name): "'\(name)' can only be a named build context: Docker Hub has no image without an owner of that name"
    case .declaredContext(let name, let file, let line): "'\(name)' is a named build context of \(file):\(line)"
    case .scratch: "'scratch' is the empty base image"
    case .local: "a path in this repository"
    case .builtHere(let file, let line): "built by this repository in \(file):\(line)"
    case .substitutedHere(let file, let line): "replaced by \(file):\(line)"
    case .tagSuffix(let suffix): "'tagSuffix: \(suffix)' drops every digest; write 'newTag' with the whole tag instead"
    case .digestDropped(let file, let line): "the 'tagSuffix' in \(file):\(line) drops its digest"
    case .ignoredByComment(let comment): "ignored by the comment '\(comment)'"
    case .ignoredByConfiguration(let reason?): "ignored by the configuration: \(reason)"
    case .ignoredByConfiguration(nil): "ignored by the configuration"
    case .notSelected: "left out by --only"
    case .mustStayTag(let why): why
    case .locked(let file, nil): "left to the lock file '\(file)'"
    case .locked(let file, let problem?): "left to the lock file '\(file)', which cannot be read: \(problem)"
    case .defaultBranch: "no ref is written, so it is whatever the default branch holds; write a 'ref'"
    case .turnedOff(let setting): "'\(setting)' in the configuration pins it"
    case .noTagRecorded: "no tag is recorded beside it"
    case .notUnderstood(let what): "expected a reference, found \(what)"
    case .notPinnable(let why), .madeOfParts(let why), .usedOtherwise(let why): why
    case .ownedByRobot(let robot): "\(robot) keeps it up to date"
    case .tagElsewhere: "no tag is written here; its consumer may take it from elsewhere"
    case .clusterInternal(let host):
      "'\(host)' is a registry inside a cluster, which is not asked from here unless 'registries' in the configuration names it"
    case .tagInScript: "not pinned in scripts; 'scripts: true' in the configuration pins it, too"
    case .likely: "it only may be an image; 'likely: true' in the configuration, or --likely, pins it, too"
    case .notRead(.outside): "a file outside of this repository is not read: see there whether what it runs is pinned"
    case .notRead(.missing): "no such file is tracked here, so that what it runs is not checked"
    case .notRead(.generated): "a file that is made while the pipeline runs is not read: see what makes it"
    }
  }
}
