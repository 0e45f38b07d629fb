import Documents
import References
import SourceText

/// Finds the images that shell lines run and pull.
enum ShellImages {
  /// Whether a command of such a tool can be in these bytes: a look that costs nothing where none does.
  static func mayStand(in bytes: [UInt8]) -> Bool { tools.contains { bytes.holds($0) } }

  /// Nobody writes a script of that size; what has it carries something else behind its lines. A reader takes ten bytes for each of a
  /// script's.
  static let maximumByteCount = 4 << 20

  /// What stands for the images of a script that is not read.
  static func tooLarge(_ text: SourceText) -> Site {
    let line = text.lineRange(0)
    let range = text.byteOrderMarkLength..<max(text.byteOrderMarkLength, min(line.upperBound, 80))
    var site = Site(
      range: range, text: text.string(range), place: "script", content: .skipped(.notUnderstood("a script of more than 4 MiB")))
    site.isInScript = true
    return site
  }

  /// What is found, as the table of dialects says it.
  static let words = "the image of `docker`, `podman` and `nerdctl` `run`, `create` and `pull` (a digest; a tag with `scripts: true`)"
  /// The same of a file that has variables.
  static let wordsOfFile = "\(words), and of variables that those run, or that are called `…IMAGE` (likely)"

  private static let tools = ContainerCommand.tools.sorted().map { Array($0.utf8) }

  /// The sites of a script. One whose `#!` line names another interpreter than a shell has none.
  static func sites(in text: SourceText) -> [Site] {
    let mayHold = mayStand(in: text.bytes) || ImageVariables.mayStand(in: text.bytes)
    guard mayHold, let grammar = ShellGrammar(ofScript: text.bytes) else { return [] }
    if text.bytes.count > maximumByteCount { return mayStand(in: text.bytes) ? [tooLarge(text)] : [] }
    let all = TracedBytes(text.bytes, text.byteOrderMarkLength..<text.bytes.count)
    return sites(in: text, parts: [all], grammar, variables: grammar == .posix ? ImageVariables() : nil)
  }

  /// The sites of the parts of a text that are shell lines each. `variables` are those that are known already, where the text is a whole
  /// file, whose variables are looked for.
  static func sites(in text: SourceText, parts: [TracedBytes], _ grammar: ShellGrammar, variables: ImageVariables? = nil) -> [Site] {
    var finder = ShellImageFinder(text, grammar, variables)
    for part in parts { finder.read(part) }
    return finder.sites()
  }
}

/// Reads the commands of a text and makes sites of their images.
private struct ShellImageFinder {
  private let text: SourceText
  private let grammar: ShellGrammar
  /// With the bytes of the command that each is in.
  private var found: [(site: Site, command: Range<Int>)] = []
  private var comments: [Int: Comment] = [:]
  private var variables: ImageVariables?

  init(_ text: SourceText, _ grammar: ShellGrammar, _ variables: ImageVariables?) {
    self.text = text
    self.grammar = grammar
    self.variables = variables
  }

  mutating func read(_ part: TracedBytes) {
    var reader = ShellReader(part, grammar)
    reader.read()
    for range in reader.comments {
      let body = text.bytes[range].dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      comments[text.lineIndex(at: range.lowerBound)] = Comment(range: range, text: String(decoding: body, as: UTF8.self))
    }
    let problem = reader.problem ?? .max
    for command in reader.commands where command.range.lowerBound < problem {
      if grammar == .posix { variables?.read(command) }
      let words = command.words[...]
      if let script = ContainerCommand.inlineScript(words) {
        if ShellImages.mayStand(in: script.text.bytes) { read(script.text) }
      } else if let container = ContainerCommand(words) {
        for operand in container.operands { add(operand, SitePlace(container.name), command.range) }
      }
    }
    if let problem = reader.problem { reportRest(from: problem, of: part) }
  }

  // MARK: Sites

  private mutating func add(_ operand: ContainerCommand.Operand, _ place: SitePlace, _ command: Range<Int>) {
    var site: Site
    switch operand {
    case .leftAlone(let word, let reason): site = self.site(word, place, .skipped(reason))
    case .image(let word):
      site = interpolated(word, place) ?? self.site(word, place, content(of: word))
      variables?.addImage(word)
    }
    if site.text.hasPrefix(Self.scheme), case .image = site.content {
      site.range = (site.range.lowerBound + Self.scheme.utf8.count)..<site.range.upperBound
      site.text = String(site.text.dropFirst(Self.scheme.utf8.count))
    }
    guard !site.text.isEmpty else { return }
    found.append((site, command))
  }

  /// The image in a word whose variables all have defaults in it. One without a tag may be anything: a flag's value, a name to be
  /// completed.
  private func interpolated(_ word: CommandWord, _ place: SitePlace) -> Site? {
    guard grammar == .posix, word.construct != nil, let name = AssembledName(interpolating: word.text),
      let range = (name.onlyFallback ?? word.text).range, Self.reasonToLeave(name.text) == nil,
      let image = try? ImageReference(parsing: name.text), image.tag != nil || image.digest != nil
    else { return nil }
    var site = Site(range: range, text: name.text, place: place, content: .image(image))
    site.isInScript = true
    guard name.onlyFallback == nil else { return site }
    site.digestKey = name.digestKey(of: image)
    if site.digestKey == nil { site.unwritten = name.reason(image) }
    return site
  }

  private func site(_ word: CommandWord, _ place: SitePlace, _ content: Site.Content) -> Site {
    var site = Site(range: word.text.range ?? word.range, text: word.string, place: place, content: content)
    site.isInScript = true
    return site
  }

  private func content(of word: CommandWord) -> Site.Content {
    let written = word.string
    if let construct = word.construct ?? Literal.placeholder(in: written) { return .skipped(.notLiteral(construct)) }
    if let reason = Self.reasonToLeave(written) { return .skipped(reason) }
    let hasScheme = written.hasPrefix(Self.scheme)
    guard let image = try? ImageReference(parsing: hasScheme ? String(written.dropFirst(Self.scheme.utf8.count)) : written) else {
      return .skipped(.notUnderstood("'\(written)'"))
    }
    if hasScheme, image.digest == nil {
      return .skipped(.notPinnable("behind 'docker://' Podman takes a tag or a digest, not both; leave 'docker://' out"))
    }
    if word.text.range == nil {
      return .failed(.notSpliceable("a quote, an escape or the end of a line is inside '\(written)'; write it in one piece"))
    }
    return .image(image)
  }

  private static let scheme = "docker://"

  /// Names that no registry is asked for; <https://docs.podman.io/en/latest/markdown/podman-pull.1.html#source>.
  private static func reasonToLeave(_ written: String) -> SkipReason? {
    if Digest(written)?.algorithm == .sha256 { return .notPinnable("an image id, which no registry knows") }
    let transports = ["containers-storage:", "dir:", "docker-archive:", "docker-daemon:", "ipfs://", "oci:", "oci-archive:", "sif:"]
    guard let transport = transports.first(where: written.hasPrefix) else { return nil }
    return .notPinnable("'\(transport)' names an image that no registry has")
  }

  // MARK: What was not understood

  /// One line that says that the rest was not read, if an image can be in it.
  private mutating func reportRest(from problem: Int, of part: TracedBytes) {
    guard let first = part.offsets.first, let end = part.offsets.last, problem <= end else { return }
    let line = text.lineRange(text.lineIndex(at: problem))
    guard ShellImages.mayStand(in: Array(text.bytes[max(line.lowerBound, first)...end])) else { return }
    let range = problem..<max(problem + 1, min(line.upperBound, end + 1))
    var site = Site(
      range: range, text: text.string(range), place: "script",
      content: .skipped(.notUnderstood("a text with a quote, bracket or here-document that is not closed")))
    site.isInScript = true
    found.append((site, range))
  }

  // MARK: Comments

  /// In the order of their bytes. A comment on the line of an image, behind its command, or alone on the line above can exclude it; one on
  /// its line can name the tag of a digest that is alone.
  mutating func sites() -> [Site] {
    let variables = variables?.sites(in: text) { [comments, text] in comments[text.lineIndex(at: $0)]?.range.contains($0) ?? false }
    found += variables ?? []
    let lines = found.map { text.lineIndex(at: $0.site.range.lowerBound) }
    let counts = Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +)
    let sites = found.indices.map { index -> Site in
      var (site, command) = found[index]
      let line = lines[index]
      let near = [
        comments[line], comments[text.lineIndex(at: max(command.upperBound - 1, 0))],
        commentAlone(above: text.lineIndex(at: command.lowerBound)),
      ]
      if site.image?.tag == nil, let comment = comments[line], counts[line] == 1 {
        site.tagComment = TagComment.parse(comment: comment, in: text)
      }
      if let mark = near.lazy.compactMap({ $0.flatMap { IgnoreMark(in: $0.text) } }).first { site.leave(by: mark) }
      return site
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    return sites.indices.map { index in
      guard index + 1 < sites.count, sites[index].range.upperBound > sites[index + 1].range.lowerBound else { return sites[index] }
      return cut(sites[index], at: sites[index + 1].range.lowerBound)
    }
  }

  /// A command's image that another command prints, in which an image is: `docker run $(docker pull -q nginx:1.27)`.
  private func cut(_ site: Site, at end: Int) -> Site {
    var site = site
    let kept = text.bytes[site.range.lowerBound..<end].lastIndex { !$0.isWhiteSpace }.map { $0 + 1 } ?? end
    site.range = site.range.lowerBound..<kept
    site.text = text.string(site.range)
    site.content = .skipped(.notLiteral(site.text))
    return site
  }

  /// The comment that has the line above that one to itself.
  private func commentAlone(above line: Int) -> Comment? {
    guard line > 0, let comment = comments[line - 1] else { return nil }
    let before = text.bytes[text.lineRange(line - 1).lowerBound..<comment.range.lowerBound]
    return before.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? comment : nil
  }
}

extension Syntax {
  package static let shell = Syntax(
    "a script", words: ShellImages.wordsOfFile, reading: .sites { (text, _, _) in Findings(sites: ShellImages.sites(in: text)) })
}
