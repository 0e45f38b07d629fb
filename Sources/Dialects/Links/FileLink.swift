/// What a file, or the dialect of a file, says of other files: which they are, and what they are to it.
package struct FileLink: Hashable, Sendable {
  package var files: FileNames
  package var meaning: Meaning
  /// The bytes of the site that stands for them as long as no file of the repository is found that is meant.
  package var mention: Range<Int>?
  /// It may mean something else, or start somewhere else: files count that no other dialect claims, and in which something of this one is
  /// found.
  package var isGuess: Bool

  package enum Meaning: Hashable, Sendable {
    /// They are of the dialect of that name, whatever they are called.
    case dialect(String)
    /// The same, and they are what a development container is made of, or that part of them is. Its tools look up images themselves and
    /// refuse a tag and a digest together.
    case devContainer(String, DevContainerPart)
    /// The same, and it is what the service of that name is built from, in the Compose file that says so.
    case build(String, service: String)
    /// They say more about the file that names them.
    case companion(Companion)
    /// They are files that a kustomization takes, or folders with one in them.
    case kustomized(KustomizeRole)
  }

  /// What a kustomization does with what it names.
  package enum KustomizeRole: Hashable, Sendable {
    /// It is changed: resources, and bases.
    case resource
    /// It changes the objects that it names, or this one.
    case patch(ContainerName.Object?)
    /// It changes what the kustomization has, and is changed with it: components, and files of transformers.
    case transformer
  }

  package enum DevContainerPart: Hashable, Sendable {
    /// What a Dockerfile begins with.
    case base
    /// What this service of a Compose file runs, or is built from.
    case service(String)
  }

  package init(_ files: FileNames, _ meaning: Meaning, mention: Range<Int>? = nil, isGuess: Bool = false) {
    self.files = files
    self.meaning = meaning
    self.mention = mention
    self.isGuess = isGuess
  }

  /// The name of the dialect that they are read as, where their own names tell none.
  package var dialect: String? {
    switch meaning {
    case .dialect(let name), .build(let name, _): name
    case .devContainer(let name, let part): part == .base ? name : nil
    case .companion, .kustomized: nil
    }
  }

  package var companion: Companion? {
    if case .companion(let companion) = meaning { companion } else { nil }
  }
}

/// What a file is to another about which it says more: a lock file, a file of variables, the files that use them.
package struct Companion: Hashable, Sendable {
  /// The files about which it says something.
  package let subjects: [Glob]
  /// What it has to be read as for its silence to mean something; one of nothing but white space is read as anything.
  package let syntax: Syntax?
  /// Whether the subject means nothing to us where it cannot be read; else that is only told.
  package let isRequired: Bool
  /// The option of the configuration that turns it off.
  package let ignored: (any KeyPath<DialectOptions, Bool> & Sendable)?

  package func isIgnored(_ options: DialectOptions) -> Bool { ignored.map { options[keyPath: $0] } ?? false }

  package func concerns(_ path: String) -> Bool { subjects.contains { $0.matches(path) } }
}

extension FileLink {
  /// Files beside one of the dialect that say more about it.
  static func companion(
    _ files: FileNames, of subjects: [Glob] = ["**"], as syntax: Syntax? = nil, isRequired: Bool = true,
    unless ignored: (any KeyPath<DialectOptions, Bool> & Sendable)? = nil
  ) -> FileLink {
    FileLink(files, .companion(Companion(subjects: subjects, syntax: syntax, isRequired: isRequired, ignored: ignored)))
  }
}

extension Findings {
  /// Makes images take the form that a development container's tools take. Only what the tools look up themselves: bases, not what is
  /// copied from.
  package mutating func takeDigestsOnly(in part: FileLink.DevContainerPart) {
    for index in sites.indices where part.holds(sites[index]) { sites[index].form = .digest }
  }
}

extension FileLink.DevContainerPart {
  fileprivate func holds(_ site: Site) -> Bool {
    switch self {
    case .base: site.isBaseImage
    case .service(let name): site.place == SitePlace([.key("services"), .key(name), .key("image")])
    }
  }
}
