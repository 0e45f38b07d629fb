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
  /// Something other than a text stands where a reference is expected: `a list`, `a mapping`.
  case notUnderstood(String)
  /// Its consumer takes no digest here, or only where a setting says so; what to do.
  case notPinnable(String)
  /// Its parts stand in several places, and no digest is written for all of them; why.
  case madeOfParts(String)
  /// Another robot changes the reference; which.
  case ownedByRobot(String)
  /// No tag is written and the consumer may take it from elsewhere.
  case tagElsewhere
  /// A tag in a script, where only digests are kept up to date.
  case tagInScript
  /// Another file stands for what is run here, and it is not read; why.
  case notRead(UnreadFile)

  package enum UnreadFile: Hashable, Sendable {
    case outside
    case missing
    case generated
  }

  /// A stable word for machines.
  package var code: String {
    switch self {
    case .notLiteral, .filledInBy: "not-literal"
    case .stage: "stage"
    case .namedContext, .declaredContext: "named-context"
    case .scratch: "scratch"
    case .local: "local"
    case .builtHere: "built-here"
    case .substitutedHere: "substituted-here"
    case .tagSuffix: "tag-suffix"
    case .digestDropped: "digest-dropped"
    case .ignoredByComment: "ignored-by-comment"
    case .ignoredByConfiguration: "ignored-by-configuration"
    case .notSelected: "not-selected"
    case .mustStayTag: "must-stay-tag"
    case .locked: "locked"
    case .defaultBranch: "default-branch"
    case .turnedOff: "turned-off"
    case .noTagRecorded: "no-tag-recorded"
    case .notUnderstood: "not-understood"
    case .notPinnable: "not-pinnable"
    case .madeOfParts: "made-of-parts"
    case .ownedByRobot: "owned-by-robot"
    case .tagElsewhere: "tag-elsewhere"
    case .tagInScript: "tag-in-script"
    case .notRead: "not-read"
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
    case .notUnderstood(let what): "\(what) stands where a reference is expected"
    case .notPinnable(let why), .madeOfParts(let why): why
    case .ownedByRobot(let robot): "\(robot) keeps it up to date"
    case .tagElsewhere: "no tag is written here; its consumer may take it from elsewhere"
    case .tagInScript: "not pinned in scripts; 'scripts: true' in the configuration pins it, too"
    case .notRead(.outside): "a file outside of this repository is not read: see there whether what it runs is pinned"
    case .notRead(.missing): "no such file is tracked here, so that what it runs is not checked"
    case .notRead(.generated): "a file that is made while the pipeline runs is not read: see what makes it"
    }
  }
}

/// Why a site that should be pinned cannot be.
package enum SiteFailure: Error, Hashable, Sendable {
  /// The text is not a reference; why.
  case invalidReference(String)
  /// The written form is not the value: an escape, a fold or a line break stands inside the reference.
  case notSpliceable(String)
  /// A plain alias of this anchored scalar is used where no image stands; the line of that use.
  case aliasElsewhere(line: Int)
  /// YAML reads the plain tag as a number, so that `1.10` is the tag `1.1`.
  case numericTag(String)
  /// A tag would have to be recorded in a comment, and none can stand there.
  case noPlaceForTag
  /// The registry or git server gave no digest or commit.
  case unresolved(Unresolved)
  /// The comment beside a pin names a tag or branch that nobody knows.
  case staleComment(String, Unresolved)

  /// A stable word for machines.
  package var code: String {
    switch self {
    case .invalidReference: "invalid-reference"
    case .notSpliceable: "not-spliceable"
    case .aliasElsewhere: "alias-elsewhere"
    case .numericTag: "numeric-tag"
    case .noPlaceForTag: "no-place-for-tag"
    case .unresolved(let unresolved): unresolved.kind == .absent ? "not-found" : "unresolved"
    case .staleComment: "stale-comment"
    }
  }
}

extension SiteFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidReference(let why): "not a reference: \(why)"
    case .notSpliceable(let why): "cannot be rewritten in place: \(why)"
    case .aliasElsewhere(let line):
      "an alias in line \(line) uses this value where no image stands; write the image there, or the value here, on its own"
    case .numericTag(let tag): "YAML reads the tag \(tag) as a number; quote it"
    case .noPlaceForTag: "the pin is a bare digest here and no comment can record the tag"
    case .unresolved(let unresolved): "cannot resolve: \(unresolved.why)"
    case .staleComment(let name, let unresolved) where unresolved.kind == .absent:
      "its comment names '\(name)', but \(unresolved.why); write the tag that it is pinned to, or take the comment away"
    case .staleComment(let name, let unresolved): "cannot find out whether '\(name)' in its comment is a branch: \(unresolved.why)"
    }
  }
}

extension SiteFailure {
  /// Why, without the words that say what failed.
  package var cause: String {
    switch self {
    case .invalidReference(let why), .notSpliceable(let why): why
    case .unresolved(let unresolved): unresolved.why
    case .aliasElsewhere, .numericTag, .noPlaceForTag, .staleComment: description
    }
  }

  /// The whole message about a site with this text: `cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)`.
  package func message(about text: String, kind: Site.Kind = .image) -> String {
    switch self {
    case .invalidReference: "'\(text)' is not an \(kind) reference: \(cause)"
    case .notSpliceable: "cannot rewrite '\(text)' in place: \(cause)"
    case .aliasElsewhere, .numericTag, .noPlaceForTag: "cannot rewrite '\(text)': \(cause)"
    case .unresolved: "cannot resolve '\(text)': \(cause)"
    case .staleComment: "cannot tell the tag of '\(text)': \(cause)"
    }
  }
}
