import Documents
import References
import SourceText

/// Makes sites of the commands of an Earthfile.
struct EarthfileReader {
  private let text: SourceText
  private let parser: EarthfileParser
  private let dialect: Dialect
  private var findings = Findings()
  /// What `ARG` and `LET` give to each name, and whether `SET` gives it something else.
  private var values: [String: [TracedBytes]] = [:]
  private var changed: Set<String> = []
  /// How often a `FROM` takes the whole of a variable, and the first word that does.
  private var bases: [String: (word: TracedBytes, count: Int)] = [:]

  private static let escape = UInt8(ascii: "\\")

  init(_ text: SourceText, _ parser: EarthfileParser, _ dialect: Dialect) {
    self.text = text
    self.parser = parser
    self.dialect = dialect
  }

  mutating func read() -> Findings {
    for command in parser.commands {
      let words = command.words.dropFirst()
      switch (command.words[0].text, words.first?.text) {
      case ("FROM", "DOCKERFILE"): readDockerfile(words.dropFirst())
      case ("FROM", _): readFrom(words)
      case ("WITH", "DOCKER"): readWith(words.dropFirst())
      case ("SAVE", "IMAGE"): readSaved(words.dropFirst())
      case ("ARG", _), ("LET", _), ("SET", _): readVariable(words, isChange: command.words[0].text == "SET")
      case ("BUILD", _), ("DO", _), ("COPY", _), ("IMPORT", _):
        for word in words where !word.bytes.starts(with: "-".utf8) && isRemote(word, needsTarget: command.words[0].text != "IMPORT") {
          addRemote(word)
        }
      default: break
      }
    }
    readBases()
    findings.sites.sort { $0.range.lowerBound < $1.range.lowerBound }
    findings.ownImages.sort { $0.byteOffset < $1.byteOffset }
    // No comment can be written into a command that goes on.
    let commands = parser.commands.map { Node(.scalar(Scalar("", style: .doubleQuoted)), range: $0.range) }
    LineComments(DocumentStream(documents: commands, comments: parser.comments), in: text)
      .place(&findings.sites, in: text, marker: .hash)
    return findings
  }

  // MARK: Commands

  private mutating func readFrom(_ words: ArraySlice<TracedBytes>) {
    guard let base = operands(of: words, withValues: ["--platform"]).first else { return }
    if base.bytes.contains(UInt8(ascii: "+")) {
      if isRemote(base, needsTarget: true) { addRemote(base) }
      return
    }
    switch DockerfileWord(base, escape: Self.escape) {
    case .literal(let reference): add(reference, "FROM", content(of: reference))
    case .variable(let variable) where variable.fallback == nil:
      bases[variable.name] = (bases[variable.name]?.word ?? base, (bases[variable.name]?.count ?? 0) + 1)
    case .variable, .composed: add(base, "FROM", .skipped(.notLiteral(base.text)))
    case .malformed(let problem): add(base, "FROM", .failed(.invalidReference(problem)))
    }
  }

  /// `-f` names a file beside this one, or one that a target makes.
  private mutating func readDockerfile(_ words: ArraySlice<TracedBytes>) {
    guard let file = values(of: ["-f"], in: words).first?.text, !file.contains("+"), Literal.placeholder(in: file) == nil else { return }
    findings.links.append(FileLink(.path(file), .dialect("dockerfile")))
  }

  private mutating func readWith(_ words: ArraySlice<TracedBytes>) {
    for word in values(of: ["--pull"], in: words) {
      switch DockerfileWord(word, escape: Self.escape) {
      case .literal(let reference):
        var content = content(of: reference)
        if case .image(let image) = content, image.digest == nil { content = .skipped(.notPinnable(Self.whyNotPulledByDigest)) }
        add(reference, "WITH DOCKER --pull", content)
      case .variable, .composed: add(word, "WITH DOCKER --pull", .skipped(.notLiteral(word.text)))
      case .malformed(let problem): add(word, "WITH DOCKER --pull", .failed(.invalidReference(problem)))
      }
    }
    for word in values(of: ["--load"], in: words) {
      let name = word.text.trimmingQuotes.prefix { $0 != "=" }
      if !name.contains("+") { addOwn(String(name), at: word) }
    }
    for file in values(of: ["--compose"], in: words).map(\.text) where Literal.placeholder(in: file) == nil {
      findings.links.append(FileLink(.path(file), .dialect("compose")))
    }
  }

  private mutating func readSaved(_ words: ArraySlice<TracedBytes>) {
    for word in words where !word.bytes.starts(with: "--".utf8) { addOwn(word.text.trimmingQuotes, at: word) }
  }

  private mutating func readVariable(_ words: ArraySlice<TracedBytes>, isChange: Bool) {
    let words = words.drop { $0.bytes.starts(with: "--".utf8) }
    guard let first = words.first, let equals = first.bytes.firstIndex(of: UInt8(ascii: "=")) else {
      // `ARG NAME`, or `ARG NAME = value`.
      if let name = words.first?.text, words.count > 1 || isChange { changed.insert(name) }
      return
    }
    let name = first[0..<equals].text
    if isChange { changed.insert(name) } else { values[name, default: []].append(first[(equals + 1)..<first.count]) }
  }

  // MARK: Words

  /// The words that are not flags, nor the values of these.
  private func operands(of words: ArraySlice<TracedBytes>, withValues flags: Set<String>) -> [TracedBytes] {
    var operands: [TracedBytes] = []
    var isValue = false
    for word in words {
      if isValue {
        isValue = false
      } else if !word.bytes.starts(with: "-".utf8) {
        operands.append(word)
      } else {
        isValue = flags.contains(word.text)
      }
    }
    return operands
  }

  /// The values of these flags, behind a `=` or in the next word.
  private func values(of flags: Set<String>, in words: ArraySlice<TracedBytes>) -> [TracedBytes] {
    var values: [TracedBytes] = []
    for (index, word) in zip(words.indices, words) where word.bytes.first == UInt8(ascii: "-") {
      let equals = word.bytes.firstIndex(of: UInt8(ascii: "=")) ?? word.count
      guard flags.contains(word[0..<equals].text) else { continue }
      if equals < word.count {
        values.append(word[(equals + 1)..<word.count])
      } else if index + 1 < words.endIndex {
        values.append(words[index + 1])
      }
    }
    return values
  }

  /// A target of another repository: `github.com/acme/lib:main+build`.
  private func isRemote(_ word: TracedBytes, needsTarget: Bool) -> Bool {
    let text = word.text.trimmingQuotes
    guard let slash = text.firstIndex(of: "/"), !needsTarget || text.contains("+") else { return false }
    let host = text[..<slash]
    return host.contains(".") && !host.hasPrefix(".") && !host.contains("+") && Literal.placeholder(in: String(host)) == nil
  }

  private func content(of word: TracedBytes) -> Site.Content {
    let name = word.text
    if let construct = Literal.placeholder(in: name) ?? Literal.shoutedName(in: name) { return .skipped(.notLiteral(construct)) }
    if name == "scratch" { return .skipped(.scratch) }
    do throws(ImageReferenceError) {
      let image = try ImageReference(parsing: name)
      guard word.range != nil else { return .failed(.notSpliceable("it has an escape, a quote or a line break in it")) }
      return .image(image)
    } catch { return .failed(.invalidReference(error.description)) }
  }

  // MARK: Variables

  /// The default of a variable that a `FROM` takes whole is its image, where it is the only one and used for nothing else.
  private mutating func readBases() {
    let mentions = bases.isEmpty ? [:] : self.mentions()
    for (name, base) in bases {
      guard let value = values[name]?.first, values[name]?.count == 1, !changed.contains(name),
        case .literal(let reference) = DockerfileWord(value, escape: Self.escape), !reference.isEmpty,
        !reference.bytes.contains(UInt8(ascii: "+"))
      else {
        add(base.word, "FROM", .skipped(.notLiteral(base.word.text)))
        continue
      }
      var content = content(of: reference)
      if case .image(let image) = content, image.digest == nil, mentions[name] != base.count {
        content = .skipped(
          .usedOtherwise("'$\(name)' is used for something else as well, which a digest may break; give the image an ARG of its own"))
      }
      add(reference, SitePlace("ARG \(name)"), content)
    }
  }

  /// How often each variable is written.
  private func mentions() -> [String: Int] {
    var mentions: [String: Int] = [:]
    var index = 0
    while let dollar = text.bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
      var start = dollar + 1
      if start < text.bytes.count, text.bytes[start] == UInt8(ascii: "{") { start += 1 }
      let name = text.bytes[min(start, text.bytes.count)...].prefix(while: \.isWordByte)
      if !name.isEmpty { mentions[String(decoding: name, as: UTF8.self), default: 0] += 1 }
      index = max(name.endIndex, dollar + 1)
    }
    return mentions
  }

  // MARK: Findings

  private mutating func add(_ word: TracedBytes, _ place: SitePlace, _ content: Site.Content) {
    guard let range = word.range ?? word.firstRun else { return }
    findings.sites.append(Site(range: range, text: text.string(range), place: place, content: content, form: dialect.form))
  }

  private mutating func addRemote(_ word: TracedBytes) {
    guard let range = word.range ?? word.firstRun else { return }
    findings.sites.append(
      Site(
        kind: .action, range: range, text: text.string(range), place: "target", content: .skipped(.notRead(.outside)), form: dialect.form))
  }

  private mutating func addOwn(_ name: String, at word: TracedBytes) {
    guard let offset = word.offsets.first, let image = OwnImage(builtAs: name, byteOffset: offset) else { return }
    findings.ownImages.append(image)
  }

  private static let whyNotPulledByDigest =
    "Earthly tags what it has pulled with this text, and no tag has a digest; write a target with 'FROM' and 'SAVE IMAGE' and '--load' it, and pin it there"
}

extension String {
  fileprivate var trimmingQuotes: String {
    let text = Substring(self)
    return String((text.first.map { "\"'(".contains($0) } ?? false ? text.dropFirst() : text).prefix { !"\"')".contains($0) })
  }
}
