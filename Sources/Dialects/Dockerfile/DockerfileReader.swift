import Documents
import References
import SourceText

/// Makes sites of the instructions of a Dockerfile.
struct DockerfileReader {
  private let text: SourceText
  private let parser: DockerfileParser
  private var arguments: DockerfileArguments
  private let stageCount: Int
  /// The first stage of each name; names in lower case.
  private let stages: [String: Int]
  /// How many stages have begun.
  private var stagesSeen = 0
  /// Arguments of the current stage that have a default of their own.
  private var stageArguments: Set<String> = []
  private var sights = DockerfileSights()
  private var sites: [(site: Site, instruction: Int?)] = []
  /// The places that use the default of an argument whole, by the argument's index.
  private var argumentUses: [Int: [Use]] = [:]

  /// How a name is meant where it is.
  private struct Use {
    /// How many of the stages it can name.
    var stageLimit: Int
    /// A lone name is an image in `FROM`; elsewhere it can as well be a named context.
    var isBase: Bool
  }

  init(_ text: SourceText, _ parser: DockerfileParser) {
    self.text = text
    self.parser = parser
    arguments = DockerfileArguments(escape: parser.escapeByte)
    let names = parser.instructions.filter { $0.keyword == "FROM" && !$0.isOnBuild }.map(Self.stageName)
    stageCount = names.count
    stages = names.enumerated().reduce(into: [:]) { stages, stage in
      if let name = stage.element, stages[name] == nil { stages[name] = stage.offset }
    }
  }

  mutating func readSites() -> [Site] {
    readSyntax()
    for (index, instruction) in parser.instructions.enumerated() {
      if stagesSeen > 0, instruction.keyword != "FROM" { sights.read(instruction, escape: parser.escapeByte) }
      switch instruction.keyword {
      case "ARG": readArgument(instruction, index)
      case "FROM": readFrom(instruction, index)
      case "COPY": readCopy(instruction, index)
      case "RUN": readRun(instruction, index)
      default: break
      }
    }
    readArgumentDefaults()
    attachComments()
    return sites.map(\.site).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  // MARK: Instructions

  private mutating func readSyntax() {
    guard let directive = parser.directives.first(where: { $0.name == "syntax" }) else { return }
    // BuildKit takes what is in front of the first space.
    let words = TracedBytes(text.bytes, directive.value).words(maximum: 2)
    guard let reference = words.first else { return }
    append(reference, place: "# syntax", content(of: reference, as: Use(stageLimit: 0, isBase: true)), instruction: nil)
  }

  private mutating func readArgument(_ instruction: DockerfileInstruction, _ index: Int) {
    guard !instruction.isOnBuild else { return }
    if stagesSeen == 0 {
      arguments.add(instruction.arguments, instruction: index, at: instruction.keywordRange.lowerBound)
    } else {
      for argument in DockerfileArguments.arguments(of: instruction.arguments, escape: parser.escapeByte) where argument.value != nil {
        stageArguments.insert(argument.name)
      }
    }
  }

  private mutating func readFrom(_ instruction: DockerfileInstruction, _ index: Int) {
    let rest = DockerfileFlags(of: instruction.arguments).rest
    let words = rest.words()
    let place: SitePlace = instruction.isOnBuild ? "ONBUILD FROM" : "FROM"
    if instruction.isOnBuild {
      fail(words.first, instruction, index, place: place, .invalidReference("'FROM' is not allowed behind 'ONBUILD'"))
      return
    }
    let use = Use(stageLimit: stagesSeen, isBase: true)
    stagesSeen += 1
    stageArguments = []
    sights.beginStage()
    guard let base = words.first else {
      fail(nil, instruction, index, place: place, .invalidReference(ImageReferenceError.empty.description))
      return
    }
    if words.count > 1, let template = template(at: rest) {
      append(template.word, place: place, .skipped(.notLiteral(template.construct)), instruction: index)
      return
    }
    guard words.count == 1 || words.count == 3 && words[1].text.lowercased() == "as" else {
      let problem = "'FROM' takes an image, or an image, 'AS' and a name; a comment needs a line of its own"
      fail(base, instruction, index, place: place, .invalidReference(problem))
      return
    }
    read(base, as: use, place: place, index)
  }

  /// The first word where a template's construct with blanks in it makes it look like several: `acme/{{ image }}:1`.
  private func template(at rest: TracedBytes) -> (word: TracedBytes, construct: String)? {
    let firstBlank = rest.bytes.firstIndex(where: \.isWhiteSpace) ?? rest.count
    guard
      let construct = Literal.firstPlaceholder(
        in: rest.bytes[...], constructs: [.template, .actionsExpression, .circleCI, .angle, .bracket]),
      construct.contains(firstBlank)
    else { return nil }
    let end = rest.bytes[construct.upperBound...].firstIndex(where: \.isWhiteSpace) ?? rest.count
    return (rest[0..<end], rest[construct].text)
  }

  private mutating func readCopy(_ instruction: DockerfileInstruction, _ index: Int) {
    guard let flag = DockerfileFlags(of: instruction.arguments)["from"] else { return }
    let place: SitePlace = instruction.isOnBuild ? "ONBUILD COPY --from" : "COPY --from"
    guard let value = flag.value, !value.isEmpty else {
      appendFailure(flag.range, place: place, .invalidReference("'--from' has no value: write '--from=NAME'"), index)
      return
    }
    read(value, as: Use(stageLimit: stageCount, isBase: false), place: place, index)
  }

  private mutating func readRun(_ instruction: DockerfileInstruction, _ index: Int) {
    let place: SitePlace = instruction.isOnBuild ? "ONBUILD RUN --mount" : "RUN --mount"
    for flag in DockerfileFlags(of: instruction.arguments).flags where flag.name == "mount" {
      guard let value = flag.value else { continue }
      var start = 0
      while start <= value.count {
        let end = value.bytes[start...].firstIndex(of: UInt8(ascii: ",")) ?? value.count
        let field = value[start..<end]
        start = end + 1
        guard let equals = field.bytes.firstIndex(of: UInt8(ascii: "=")), field[0..<equals].text.lowercased() == "from" else { continue }
        let name = field[(equals + 1)..<field.count]
        if name.isEmpty {
          appendFailure(field.firstRun ?? flag.range, place: place, .invalidReference(ImageReferenceError.empty.description), index)
        } else {
          read(name, as: Use(stageLimit: stageCount, isBase: false), place: place, index)
        }
      }
    }
  }

  /// The name of the stage that a `FROM` begins, in lower case.
  private static func stageName(_ instruction: DockerfileInstruction) -> String? {
    let words = DockerfileFlags(of: instruction.arguments).rest.words()
    return words.count == 3 && words[1].text.lowercased() == "as" ? words[2].text.lowercased() : nil
  }

  // MARK: Words

  private mutating func read(_ word: TracedBytes, as use: Use, place: SitePlace, _ instruction: Int) {
    if !use.isBase, case .variable(let variable) = DockerfileWord(word, escape: parser.escapeByte), stageArguments.contains(variable.name) {
      append(word, place: place, .skipped(.notLiteral(variable.construct)), instruction: instruction)
      return
    }
    switch arguments.origin(of: word) {
    case .literal(let reference, argument: nil):
      append(reference.isEmpty ? word : reference, place: place, content(of: reference, as: use), instruction: instruction)
    case .literal(_, argument: let argument?):
      argumentUses[argument, default: []].append(use)
    case .assembled(let name):
      read(name, in: word, as: use, place: place, instruction)
    case .notLiteral(let construct):
      append(word, place: place, .skipped(.notLiteral(construct)), instruction: instruction)
    case .malformed(let problem):
      append(word, place: place, .failed(.invalidReference(problem)), instruction: instruction)
    }
  }

  /// One site stands for all places that come to the same name by the same digest. A digest that several names share is left alone.
  private mutating func read(_ name: AssembledName, in word: TracedBytes, as use: Use, place: SitePlace, _ instruction: Int) {
    guard let range = word.range ?? word.firstRun else { return }
    var text = name.text
    var content = content(of: name, as: use)
    var key: DigestKey?
    var unwritten: SkipReason?
    if case .image(let image) = content {
      key = name.digestKey(of: image)
      if key == nil { unwritten = name.reason(image, line: line(at:)) }
    } else {
      text = self.text.string(range)
    }
    if let key, let other = sites.firstIndex(where: { $0.site.digestKey?.range == key.range }) {
      guard sites[other].site.text != text else { return }
      content = .skipped(.madeOfParts("its digest is the one of '\(sites[other].site.text)', too; give each image one of its own"))
      sites[other].site.content = .skipped(.madeOfParts("its digest is the one of '\(text)', too; give each image one of its own"))
    }
    var site = Site(range: range, text: text, place: place, content: content)
    site.digestKey = key
    site.unwritten = unwritten
    site.isBaseImage = use.isBase
    site.yieldsToContexts = true
    sites.append((site, instruction))
  }

  /// A word in capitals that names no stage. The empty image is not meant: Docker knows `scratch` in small letters only.
  private func shoutedName(in text: String) -> String? {
    stages[text.lowercased()] == nil && text != "SCRATCH" ? Literal.shoutedName(in: text) : nil
  }

  private func line(at offset: Int) -> Int { text.position(at: offset).line }

  private func content(of name: AssembledName, as use: Use) -> Site.Content {
    if let content = contentOfOther(name.text, as: use) { return content }
    do throws(ImageReferenceError) { return .image(try ImageReference(parsing: name.text)) } catch {
      return .skipped(name.reason(error, line: line(at:)))
    }
  }

  /// What a name is that does not name an image.
  private func contentOfOther(_ name: String, as use: Use) -> Site.Content? {
    if let construct = Literal.placeholder(in: name) { return .skipped(.notLiteral(construct)) }
    if let word = shoutedName(in: name) { return .skipped(.notLiteral(word)) }
    if name == "scratch" { return .skipped(.scratch) }
    if let stage = stages[name.lowercased()], stage < use.stageLimit { return .skipped(.stage(name)) }
    if !use.isBase {
      if !name.isEmpty, name.utf8.allSatisfy(ASCII.isDigit) {
        guard let number = Int(name), number < stageCount else { return .failed(.invalidReference("this file has no stage \(name)")) }
        return .skipped(.stage(name))
      }
      // Docker looks for a stage, then a named context, then an image. What other files declare is known later; a name that no registry has
      // is a context whoever does.
      if let lone = (try? ImageName(parsing: name))?.familiarWithoutOwner, lone == name, !ImageName.isOfficial(lone) {
        return .skipped(.namedContext(name))
      }
    }
    return parser.usesOtherFrontend && (name.hasPrefix("./") || name.hasPrefix("../")) ? .skipped(.local) : nil
  }

  /// The defaults that are images. One that is used in any other way, too, gets no digest: that use may break by it.
  private mutating func readArgumentDefaults() {
    let names = arguments.names()
    for (index, uses) in argumentUses.sorted(by: { $0.key < $1.key }) {
      let argument = arguments.arguments[index]
      guard let value = argument.value, case .literal(let reference) = DockerfileWord(value, escape: parser.escapeByte) else { continue }
      var content = content(
        of: reference, as: Use(stageLimit: uses.map(\.stageLimit).max() ?? 0, isBase: uses.contains { $0.isBase }))
      if let name = arguments.partialUses[index], case .image = content {
        let why = "'\(name)' uses '\(argument.name)' as a part of a name; give the image a variable of its own"
        content = .skipped(.usedOtherwise(why))
        for index in sites.indices where sites[index].site.digestKey.map({ value.offsets.contains($0.range.lowerBound) }) ?? false {
          sites[index].site.content = .skipped(.madeOfParts("'\(argument.name)', which has its digest, is the whole of another image, too"))
        }
      }
      let use = names[index, default: []].compactMap { name in sights.uses[name].map { (name, use: $0) } }.min {
        $0.use.offset < $1.use.offset
      }
      let unwritten = use.map { name, use in SkipReason.usedOtherwise(use.kind.why(of: name, line: line(at: use.offset))) }
      append(reference, place: "ARG \(argument.name)", content, unwritten: unwritten, instruction: argument.instruction)
    }
  }

  private func content(of word: TracedBytes, as use: Use) -> Site.Content {
    let name = word.text
    if let content = contentOfOther(name, as: use) { return content }
    do {
      let reference = try ImageReference(parsing: name)
      guard word.range != nil else { return .failed(.notSpliceable("it has an escape, a quote or a line break in it")) }
      return .image(reference)
    } catch {
      return .failed(.invalidReference(error.description))
    }
  }

  // MARK: Sites

  private mutating func append(
    _ word: TracedBytes, place: SitePlace, _ content: Site.Content, unwritten: SkipReason? = nil, instruction: Int?
  ) {
    guard let range = word.range ?? word.firstRun else { return }
    var site = Site(range: range, text: text.string(range), place: place, content: content)
    site.unwritten = unwritten
    site.yieldsToContexts = instruction != nil
    site.isBaseImage = instruction.map { ["FROM", "ARG"].contains(parser.instructions[$0].keyword) } ?? false
    sites.append((site, instruction))
  }

  private mutating func appendFailure(_ range: Range<Int>, place: SitePlace, _ failure: SiteFailure, _ instruction: Int) {
    sites.append((Site(range: range, text: text.string(range), place: place, content: .failed(failure)), instruction))
  }

  private mutating func fail(
    _ word: TracedBytes?, _ instruction: DockerfileInstruction, _ index: Int, place: SitePlace, _ failure: SiteFailure
  ) {
    appendFailure(word?.firstRun ?? instruction.keywordRange, place: place, failure, index)
  }

  // MARK: Comments

  /// A comment above an instruction can only be about one image; where the instruction has several, none is written or read.
  private mutating func attachComments() {
    var imageCounts: [Int: Int] = [:]
    for case (let site, let instruction?) in sites where site.image != nil { imageCounts[instruction, default: 0] += 1 }
    for index in sites.indices {
      guard let number = sites[index].instruction else { continue }
      let instruction = parser.instructions[number]
      let comments = instruction.commentsAbove.map(comment)
      defer {
        if let mark = ignoreMark(in: comments), isOpen(sites[index].site.content) { sites[index].site.leave(by: mark) }
      }
      guard sites[index].site.image != nil, imageCounts[number] == 1 else { continue }
      sites[index].site.commentPlace = commentPlace(above: instruction)
      sites[index].site.tagComment = tagComment(in: comments)
    }
  }

  private func isOpen(_ content: Site.Content) -> Bool {
    if case .skipped = content { false } else { true }
  }

  /// The mark is directly above, or above the comment that names the tag.
  private func ignoreMark(in comments: [Comment]) -> IgnoreMark? {
    guard let first = comments.first else { return nil }
    if let mark = IgnoreMark(in: first.text) { return mark }
    guard comments.count > 1, TagComment.parse(comment: first, in: text) != nil else { return nil }
    return IgnoreMark(in: comments[1].text)
  }

  private func tagComment(in comments: [Comment]) -> TagComment? {
    comments.first.flatMap { TagComment.parse(comment: $0, in: text) }
  }

  private func comment(_ line: Range<Int>) -> Comment {
    let body = text.bytes[line].dropFirst().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    var end = line.upperBound
    while end > line.lowerBound + 1, text.bytes[end - 1].isWhiteSpace { end -= 1 }
    return Comment(range: line.lowerBound..<end, text: text.string(min(body.startIndex, end)..<end))
  }

  /// A comment line above an instruction is never a directive: those are further up, and BuildKit knows no directive `tag`.
  private func commentPlace(above instruction: DockerfileInstruction) -> CommentPlace {
    let start = instruction.lineStart
    let indentation = text.bytes[start...].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return .lineAbove(
      insertion: start, indentation: String(decoding: indentation, as: UTF8.self), lineEnding: lineEnding(at: start))
  }

  /// The ending of the line at that offset; of the one above it where it has none.
  private func lineEnding(at offset: Int) -> String {
    let feed = text.bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? text.bytes[..<offset].lastIndex(of: UInt8(ascii: "\n"))
    guard let feed else { return "\n" }
    return feed > 0 && text.bytes[feed - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }
}
