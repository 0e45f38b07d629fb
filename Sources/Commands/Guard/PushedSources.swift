import Pinning
import References
import SourceText

/// What is going to be pushed, from all places that the command line names.
struct PushedSources {
  let arguments: [String]
  let options: PushedOptions
  let environment: Environment

  /// What is known of the content of the images.
  enum Results: Sendable {
    case nothing
    case all(PushedContent)
    case named(BuildMetadata)

    func content(of reference: ImageReference) -> PushedContent? {
      switch self {
      case .nothing: nil
      case .all(let content): content
      case .named(let metadata): metadata.content(of: reference)
      }
    }
  }

  /// Every tag once, in the order in which they are named.
  func references(_ results: Results) throws(Workspace.Failure) -> PushedReferences {
    var pushed = PushedReferences()
    for argument in arguments {
      if argument == "-" {
        let text = try text("-")
        try add(to: &pushed) { () throws(PushedReferenceError) in try PushedReferences(lines: text, source: name("-")) }
      } else {
        try parsing { () throws(PushedReferenceError) in
          try pushed.add(PushedReference(parsing: argument, from: .init(source: "command line")))
        }
      }
    }
    if let path = options.bake {
      let text = try text(path)
      try add(to: &pushed) { () throws(PushedReferenceError) in try PushedReferences(bake: text, source: name(path)) }
    }
    if let path = options.compose {
      let text = try text(path)
      let variables = try variables(beside: path)
      try add(to: &pushed) { () throws(PushedReferenceError) in
        try PushedReferences(compose: text, source: name(path), variables: variables)
      }
    }
    if pushed.references.isEmpty, case .named(let metadata) = results { return metadata.built }
    if options.digest != nil, pushed.references.count != 1 {
      throw .usage("--digest is of one reference, and there are \(pushed.references.count); --metadata-file has the digests of several")
    }
    return pushed
  }

  /// What the files of results say now. `canBeMissing`: a command is yet to write them.
  func results(canBeMissing: Bool) throws(Workspace.Failure) -> Results {
    if let digest = options.digest { return .all(.manifest(digest)) }
    if let path = options.metadataFile {
      guard let text = try text(path, canBeMissing: canBeMissing) else { return .nothing }
      return .named(try parsing { () throws(PushedReferenceError) in try BuildMetadata(parsing: text, source: path) })
    }
    if let path = options.iidfile {
      guard let text = try text(path, canBeMissing: canBeMissing) else { return .nothing }
      return .all(try parsing { () throws(PushedReferenceError) in try PushedContent(imageIDFile: text, source: path) })
    }
    return .nothing
  }

  // MARK: Files

  /// As docker compose does, from the environment, else from the `.env` beside the file.
  private func variables(beside path: String) throws(Workspace.Failure) -> ComposeVariables {
    let file =
      path == "-" ? ".env" : Paths.absolute(".env", from: Paths.parent(of: Paths.absolute(path, from: environment.workingDirectory)))
    guard let text = try text(file, canBeMissing: true) else { return ComposeVariables(environment: environment.variables) }
    let values = try parsing { () throws(PushedReferenceError) in try DotEnvFile(parsing: text, source: file) }
    return ComposeVariables(environment: environment.variables, files: [values])
  }

  private func name(_ path: String) -> String { path == "-" ? "standard input" : path }

  private func text(_ path: String) throws(Workspace.Failure) -> SourceText {
    guard let text = try text(path, canBeMissing: false) else { throw .unreadable("'\(path)' does not exist") }
    return text
  }

  private func text(_ path: String, canBeMissing: Bool) throws(Workspace.Failure) -> SourceText? {
    if path == "-" { return SourceText(StandardStream.readInput()) }
    do throws(ReadError) { return SourceText(try FileReader.read(Paths.absolute(path, from: environment.workingDirectory))) } catch {
      if canBeMissing, error.isMissing { return nil }
      throw .unreadable("cannot read what is pushed: \(error)")
    }
  }

  private func add(
    to pushed: inout PushedReferences, _ more: () throws(PushedReferenceError) -> PushedReferences
  ) throws(Workspace.Failure) {
    try parsing { () throws(PushedReferenceError) in try pushed.add(more()) }
  }

  private func parsing<Value>(_ parse: () throws(PushedReferenceError) -> Value) throws(Workspace.Failure) -> Value {
    do throws(PushedReferenceError) { return try parse() } catch {
      throw error.isWrongReference ? .usage(error.description) : .unreadable(error.description)
    }
  }
}
