import Configuration
import Dialects
import Documents
import Rules
import SourceText

/// Finds the sites of many files, on all cores.
package struct Scan: Sendable {
  private let dialects = Dialects.all
  private static let claims = ClaimIndex(Dialects.all)
  let options: DialectOptions
  private let keepsText: Bool
  private let sitePaths: @Sendable (String) -> [SitePath]
  private(set) var neighbours: [PathKey: [SourceFile]] = [:]
  private(set) var surroundings: [PathKey: [SourceFile]] = [:]
  private var question: ContextQuestion?
  let read: @Sendable (SourceFile) -> Result<[UInt8], ReadError>

  /// `options` go to the dialects. `keepsText` is for commands that rewrite. `sitePaths` are the places that the user's configuration adds
  /// in the file of that path.
  package init(
    options: DialectOptions = DialectOptions(), keepsText: Bool = true,
    sitePaths: @escaping @Sendable (String) -> [SitePath] = { _ in [] },
    read: @escaping @Sendable (SourceFile) -> Result<[UInt8], ReadError>
  ) {
    self.options = options
    self.keepsText = keepsText
    self.sitePaths = sitePaths
    self.read = read
  }

  /// What was found in the files that a dialect knows, in the order of `files`. Files of the role `context` are read last, and only where
  /// they may answer what the others leave open.
  package func scan(_ files: [SourceFile], jobs: Int) async -> [ScannedFile] {
    var scan = self
    scan.neighbours = Self.neighbours(in: files)
    scan.surroundings = Self.surroundings(in: files)
    let isContext = files.map { $0.role == .context }
    // By the index of the file: of a large tree most have nothing.
    var scanned: [Int: ScannedFile] = [:]
    await scan.scan(files.indices.filter { !isContext[$0] }, of: files, into: &scanned, jobs: jobs)
    if let question = ContextQuestion(about: files.indices.filter { !isContext[$0] }.map { scanned[$0] }) {
      scan.question = question
      await scan.scan(files.indices.filter { isContext[$0] }, of: files, into: &scanned, jobs: jobs)
    }
    scan.follow(&scanned, of: files)
    scan.settleValues(&scanned, of: files)
    return files.indices.compactMap { scanned.removeValue(forKey: $0) }
  }

  /// Those of the files that are wanted.
  private func scan(_ wanted: [Int], of files: [SourceFile], into scanned: inout [Int: ScannedFile], jobs: Int) async {
    let size = max(1, min(64, wanted.count / (jobs * 4) + 1))
    let chunks = stride(from: 0, to: wanted.count, by: size).map { wanted[$0..<min($0 + size, wanted.count)] }
    let found = await boundedMap(chunks, limit: jobs) { chunk in chunk.compactMap { index in scan(files[index]).map { (index, $0) } } }
    for (index, file) in found.joined() { scanned[index] = file }
  }

  /// Reads the files that no dialect knew as what other files say that they are, and goes on with what those say. It gives images the form
  /// that other files ask for.
  private func follow(_ scanned: inout [Int: ScannedFile], of files: [SourceFile]) {
    var pending = scanned.filter { !$0.value.findings.links.isEmpty }.keys.sorted()[...]
    let symbolicLinks = files.indices.filter { files[$0].linkTarget != nil }
    guard !pending.isEmpty || !symbolicLinks.isEmpty else { return }
    var links = LinkedFiles(files)
    for link in symbolicLinks where files[link].role != .context {
      guard let dialect = dialects.first(where: { $0.isNamed(by: files[link].path) }) else { continue }
      let claim = links.target(of: link, as: dialect)
      guard let claim, files[claim.file].role != .context else {
        let reason = files[link].whyLinkIsLeft(isInTree: claim != nil)
        scanned[link] = unread(files[link], dialect, state: .skipped(.linkNotRead, reason: reason, at: nil))
        continue
      }
      guard scanned[claim.file]?.isOpen ?? true, let file = read(files[claim.file], as: claim, scanned[claim.file]) else { continue }
      scanned[claim.file] = file
      if !file.findings.links.isEmpty { pending.append(claim.file) }
    }
    while let index = pending.popFirst() {
      guard var named = scanned[index] else { continue }
      let claims = links.add(&named, from: index)
      scanned[index] = named
      for claim in claims where scanned[claim.file]?.isOpen ?? true {
        guard let file = read(files[claim.file], as: claim, scanned[claim.file]) else { continue }
        scanned[claim.file] = file
        if !file.findings.links.isEmpty { pending.append(claim.file) }
      }
    }
    links.apply(to: &scanned)
  }

  /// A file as what another says that it is; nil where that is not so. What is not worked on is read for what it says itself.
  private func read(_ file: SourceFile, as claim: LinkedFiles.Claim, _ known: ScannedFile?) -> ScannedFile? {
    guard file.dialectName == nil, let dialect = Dialects.named(claim.dialect), file.role != .context || dialect.tellsOfOthers else {
      return nil
    }
    var file = file
    file.dialectName = claim.dialect
    guard let scanned = scan(file), !claim.isGuess || scanned.state == nil && !scanned.findings.isEmpty else { return nil }
    // What was not understood without that has been said already.
    if case .failed = scanned.state, known?.dialect != nil { return nil }
    return scanned
  }

  /// The files of those folders, by folder, in which a file may need to know its neighbours.
  private static func neighbours(in files: [SourceFile]) -> [PathKey: [SourceFile]] {
    let asking = ClaimIndex(Dialects.all.filter { $0.links.contains { if case .beside = $0.files { true } else { false } } })
    let directories = Set(
      files.filter { $0.dialectName != nil || !asking.claimants(of: PathNames($0.path)).isEmpty }.map { PathKey($0.directory) })
    guard !directories.isEmpty else { return [:] }
    return Dictionary(grouping: files.filter { directories.contains(PathKey($0.directory)) }) { PathKey($0.directory) }
  }

  /// The files below those folders, by folder, around a file that may need to know them.
  private static func surroundings(in files: [SourceFile]) -> [PathKey: [SourceFile]] {
    let asking = Dialects.all.filter { $0.links.contains { if case .around = $0.files { true } else { false } } }
    let claims = ClaimIndex(asking)
    var below: [PathKey: [SourceFile]] = [:]
    for file in files {
      let dialects = claims.claimants(of: PathNames(file.path)).map(\.dialect) + asking.filter { $0.name == file.dialectName }
      for link in dialects.flatMap(\.links) {
        if let folder = link.files.folder(around: file.path) { below[PathKey(folder)] = [] }
      }
    }
    guard !below.isEmpty else { return [:] }
    for file in files {
      for index in file.path.utf8.indices where file.path.utf8[index] == UInt8(ascii: "/") {
        below[PathKey(String(file.path[...index]))]?.append(file)
      }
      below[PathKey("")]?.append(file)
    }
    return below
  }

  /// nil where no dialect knows the file and the user did not name it.
  package func scan(_ file: SourceFile) -> ScannedFile? {
    guard file.linkTarget == nil else { return nil }
    let candidates = candidates(for: file)
    guard !candidates.isEmpty else {
      return file.role == .named ? unknown(file) : nil
    }
    switch read(file) {
    case .failure(let error): return unread(file, state: state(for: error, of: file, claims: candidates))
    case .success(let bytes): return scan(bytes, of: file, candidates: candidates)
    }
  }

  /// What was found in a file of those bytes.
  package func scan(_ bytes: [UInt8], of file: SourceFile) -> ScannedFile? { scan(bytes, of: file, candidates: candidates(for: file)) }

  private func scan(_ bytes: [UInt8], of file: SourceFile, candidates: [Candidate]) -> ScannedFile? {
    let isUTF16 = UTF16Mark.stands(in: bytes)
    var marks = ContentMarks(isUTF16 ? UTF16Mark.asciiBytes(of: bytes) : bytes, finder: question?.finder ?? .dialects)
    var likely = candidates.filter { candidate in
      let dialect = candidate.dialect
      return (dialect.holdsShell || isToBeParsed(file, dialect, &marks)) && (candidate.isTold || dialect.isLikely(&marks))
        && dialect.mayHaveReferences(&marks)
    }
    let text = isUTF16 || likely.isEmpty ? nil : SourceText(bytes)
    if let text { likely = recognised(likely, text, file) }
    guard let first = likely.first else {
      guard file.role == .named else { return nil }
      // Comments for other robots may be in files of any kind: that none does says nothing of what it is.
      if let told = candidates.first(where: \.isTold) { return ScannedFile(file: file, dialect: told.dialect) }
      return candidates.contains { !$0.dialect.places.isEmpty } ? ScannedFile(file: file, state: .ofNoKind) : unknown(file)
    }
    var (dialect, isTold) = (first.dialect, first.isTold)
    guard let text else {
      let problem = UTF16Mark.problem
      return unread(
        file, dialect,
        state: isTold
          ? .failed(.unreadable, problem: problem, at: nil) : .skipped(.maybeUnreadable, reason: problem, at: nil))
    }
    let companions = companions(of: file, dialect)
    let options = options(for: file, companions)
    do throws(DocumentError) {
      var findings =
        isToBeParsed(file, dialect, &marks)
        ? try dialect.findings(in: text, options: options) : dialect.shellFindings(in: text)
      // Content can mislead: where a dialect that is told by it finds nothing, the file is left to the next one.
      for next in likely.dropFirst() where findings.isEmpty && !isTold && !dialect.hasShape {
        guard let others = try? next.dialect.findings(in: text, options: options) else { continue }
        (dialect, isTold, findings) = (next.dialect, next.isTold, others)
      }
      let failure = companions.failure.map { FileReport.State.failed(.notRead, problem: $0, at: nil) }
      if file.role == .context || failure != nil { findings.sites = [] }
      let values = findings.parameters.flatMap { $0.values.map(\.site.range.lowerBound) }.sorted()
      var scanned = ScannedFile(
        file: file, dialect: dialect, options: options, text: findings.sites.isEmpty && values.isEmpty || !keepsText ? nil : text,
        findings: findings)
      scanned.positions = text.positions(at: findings.sites.map(\.range.lowerBound))
      if !values.isEmpty {
        scanned.valuePositions = Dictionary(zip(values, text.positions(at: values)), uniquingKeysWith: { first, _ in first })
      }
      scanned.ownImages = findings.ownImages.map { .init(statement: $0, line: text.position(at: $0.byteOffset).line) }
      scanned.substitutions = findings.substitutions.map { .init(statement: $0, line: text.position(at: $0.byteOffset).line) }
      scanned.contexts = findings.contexts.map { .init(statement: $0, line: text.position(at: $0.byteOffset).line) }
      scanned.warnings = companions.warnings
      if file.role != .context, marks.hold(IgnoreMark.name) {
        scanned.warnings += IgnoreMark.faults(in: text).map {
          Warning(.unknownWord, at: "\(file.shownPath):\(text.position(at: $0.byteOffset))", $0.message)
        }
      }
      if let failure { scanned.add(failure) }
      return scanned
    } catch {
      return unread(file, dialect, state: state(for: error, in: text, of: file, Candidate(dialect, isTold: isTold)))
    }
  }

  /// A file that is read for its word on others alone need not be, where only shell lines could have one.
  private func isToBeParsed(_ file: SourceFile, _ dialect: Dialect, _ content: inout ContentMarks) -> Bool {
    file.role != .context || question?.concerns(dialect, &content) ?? true
  }

  /// The dialects that a file may be of by its content. If it has the shape of one, that is the only one. If it lacks the shape of one,
  /// that one is out. A file that cannot be parsed may be of each of them.
  private func recognised(_ candidates: [Candidate], _ text: SourceText, _ file: SourceFile) -> [Candidate] {
    guard candidates.contains(where: \.dialect.hasShape), !candidates.contains(where: \.isTold) else { return candidates }
    var rest: [Candidate] = []
    for candidate in candidates {
      guard candidate.dialect.hasShape else {
        rest.append(candidate)
        continue
      }
      do throws(DocumentError) {
        if try candidate.dialect.recognises(text, at: file.path) { return [candidate] }
      } catch { rest.append(candidate) }
    }
    return rest
  }

  private func unknown(_ file: SourceFile) -> ScannedFile {
    ScannedFile(
      file: file, state: .skipped(.unknownFile, reason: "no dialect knows a file of this name; --dialect says what it is", at: nil))
  }

  private func unread(_ file: SourceFile, _ dialect: Dialect? = nil, state: FileReport.State) -> ScannedFile {
    var scanned = ScannedFile(file: file, dialect: dialect)
    scanned.add(state)
    return scanned
  }

  private func options(for file: SourceFile, _ companions: Companions) -> DialectOptions {
    var options = options
    options.path = file.path
    options.companions = companions.files
    return options
  }

  // MARK: What is not a source file

  private typealias Candidate = ClaimIndex.Claimant

  private func candidates(for file: SourceFile) -> [Candidate] {
    let claiming =
      if let name = file.dialectName {
        Dialects.named(name).map { [Candidate($0, isTold: true)] } ?? []
      } else {
        Self.claims.claimants(of: PathNames(file.path))
      }
    let added = file.role == .context ? [] : sitePaths(file.path)
    if !added.isEmpty { return [Candidate(.configured(added, path: file.path, beside: claiming.map(\.dialect)), isTold: true)] }
    guard file.role == .context, file.dialectName == nil else { return claiming }
    return claiming.filter(\.dialect.tellsOfOthers)
  }

  private func state(for error: DocumentError, in text: SourceText, of file: SourceFile, _ candidate: Candidate) -> FileReport.State {
    let dialect = candidate.dialect
    let syntax = dialect.syntax(of: text, at: file.path).title
    let position = text.position(at: error.byteOffset)
    if let mark = dialect.templateMark(in: text) {
      return .skipped(.template, reason: "a template ('\(mark)'), not \(syntax)", at: position)
    }
    if PathNames(file.path).isTemplate { return .skipped(.template, reason: "a template, not \(syntax)", at: position) }
    if candidate.isTold { return .failed(.unreadable, problem: "cannot be read as \(syntax): \(error.problem)", at: position) }
    return .skipped(.maybeUnreadable, reason: "unreadable, and may hold references: \(error.problem)", at: position)
  }

  private func state(for error: ReadError, of file: SourceFile, claims: [Candidate]) -> FileReport.State {
    if error.isMissing { return .skipped(.deleted, reason: "deleted in the work tree", at: nil) }
    if case .tooLarge = error, !claims.contains(where: \.isTold) {
      return .skipped(.maybeUnreadable, reason: error.description, at: nil)
    }
    return .failed(.notRead, problem: error.description, at: nil)
  }
}

extension SourceFile {
  fileprivate func whyLinkIsLeft(isInTree: Bool) -> String {
    "a symbolic link to '\(linkTarget ?? "")', which is "
      + (isInTree ? "left out here" : "no file of this repository, so that it is not read")
  }
}

extension FileReport.State {
  /// Of a named file whose name does not tell what it is.
  fileprivate static let ofNoKind = FileReport.State.skipped(
    .noReferences, reason: "no references in it: it holds what no kind of file of its name has; '--dialect NAME' says what it is", at: nil)
}

extension ScannedFile {
  /// A file that is read only for what the repository builds is not reported; what it might have said can be missed all the same.
  fileprivate mutating func add(_ state: FileReport.State) {
    guard file.role == .context else {
      self.state = state
      return
    }
    guard case .failed(_, let problem, let position) = state else { return }
    let place = file.path + (position.map { ":\($0)" } ?? "")
    warnings.append(
      Warning(.unknownBuild, at: place, "what this file builds is not known, and counts as an image of a registry: \(problem)"))
  }
}
