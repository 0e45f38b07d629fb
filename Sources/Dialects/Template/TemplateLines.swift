import Documents
import References
import SourceText

/// Reads a file that is YAML only after a template language has filled it in, line by line: it knows `image: value`, quotes, comments and
/// block scalars, and nothing else. A line that holds a template expression is reported and never changed.
struct TemplateLines {
  private let text: SourceText
  private let form: PinForm
  private let pullPolicy: PullPolicy?
  private let regions: TemplateRegions
  private var outline: TemplateOutline
  private var sites: [Site] = []
  private var comments: [Comment] = []
  /// The line that is read.
  private var line = 0
  /// The kind of the object that is read, where a line has told it.
  private var kind = ""
  /// The column of the key whose block scalar is read.
  private var blockColumn: Int?

  /// The sites of a text that its dialect could not read as a document.
  static func findings(in text: SourceText, of dialect: Dialect, _ syntax: Syntax) throws(DocumentError) -> Findings {
    var reader = TemplateLines(text, dialect)
    for line in text.lineStarts.indices {
      reader.line = line
      reader.read(text.lineRange(line))
      guard reader.sites.count <= ReaderLimits.references else {
        throw DocumentError(byteOffset: text.lineStarts[line], problem: ReaderLimits.tooManyReferences)
      }
    }
    LineComments(DocumentStream(documents: [], comments: reader.comments), in: text, dialect.customs).place(
      &reader.sites, in: text, marker: syntax.comment)
    return Findings(sites: reader.sites)
  }

  private init(_ text: SourceText, _ dialect: Dialect) {
    self.text = text
    form = dialect.form
    // A walk around each image is spared where no line says it of any.
    let bytes = text.bytes
    pullPolicy = dialect.customs.pullPolicy.flatMap { policy in
      policy.never.contains { bytes.firstRange(of: Array($0.utf8)) != nil } ? policy : nil
    }
    outline = TemplateOutline(dialect.places)
    regions = TemplateRegions(in: text.bytes)
  }

  private mutating func read(_ line: Range<Int>) {
    let bytes = text.bytes[line]
    let body = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = body.first else { return }
    // Inside of an expression of several lines, or nothing but an expression.
    if let region = regions.first(in: body.startIndex..<line.upperBound), region.lowerBound <= body.startIndex,
      region.upperBound >= line.upperBound
    {
      // What a named template holds is where it is included.
      if Array(text.bytes[region]).holds(Array("define".utf8)) { outline.reset() }
      return
    }
    if first == UInt8(ascii: "#") { return note(body) }
    let content = body.drop { $0 == UInt8(ascii: "-") || $0 == 0x20 }
    let column = (first == UInt8(ascii: "-") ? body : content).startIndex - line.lowerBound
    if let block = blockColumn {
      if column > block || regions.first(in: body.startIndex..<(body.startIndex + 1)) != nil { return }
      blockColumn = nil
    }
    // Behind `- |` the text may stand as far left as the bar; behind `- key: |` further right than the key.
    if opensBlock(content) { blockColumn = (content.contains(UInt8(ascii: ":")) ? content.startIndex : body.startIndex) - line.lowerBound }
    outline.read(body, column: body.startIndex - line.lowerBound)
    readKind(content, column)
    if kind == "HelmRelease", content.starts(with: "repository:".utf8) { return readParts(content, line) }
    guard let value = value(of: content) else { return reportOther(content) }
    readValue(value, line)
  }

  /// What is behind `image:`; nil for any other line.
  private func value(of content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    for key in ["image:", "\"image\":", "'image':"] where content.starts(with: key.utf8) {
      let rest = content.dropFirst(key.utf8.count)
      guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
      return rest.drop { $0 == 0x20 || $0 == 0x09 }
    }
    return nil
  }

  private mutating func readValue(_ value: ArraySlice<UInt8>, _ line: Range<Int>) {
    guard let first = value.first, first != UInt8(ascii: "#") else { return }
    if let region = regions.first(in: line) {
      let end = value.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? value.endIndex
      return report(value.startIndex..<end, .skipped(.notLiteral(text.string(region))))
    }
    var scalar = value
    var rest = value.dropFirst(value.count)
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let close = value.dropFirst().firstIndex(of: first) else { return }
      scalar = value[(value.startIndex + 1)..<close]
      rest = value[(close + 1)...]
    } else {
      if let hash = value.indices.dropFirst().first(where: {
        value[$0] == UInt8(ascii: "#") && (value[$0 - 1] == 0x20 || value[$0 - 1] == 0x09)
      }) {
        scalar = value[..<hash]
        rest = value[hash...]
      }
      scalar = scalar[..<((scalar.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? scalar.startIndex) + 1)]
    }
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard rest.isEmpty || rest.first == UInt8(ascii: "#"), !scalar.isEmpty else { return }
    if !rest.isEmpty { note(rest) }
    let range = scalar.startIndex..<scalar.endIndex
    let written = text.string(range)
    if let placeholder = Literal.placeholder(in: written) { return report(range, .skipped(.notLiteral(placeholder))) }
    guard let image = try? ImageReference(parsing: written) else { return }
    if image.tag != nil || image.digest != nil || outline.isImage {
      report(range, neverPulls(image) ?? .image(image))
    } else if !(written.split(separator: "/").last ?? "").contains(".") {
      report(range, .skipped(.tagElsewhere))
    }
  }

  private func neverPulls(_ image: ImageReference) -> Site.Content? {
    guard image.digest == nil, let pullPolicy else { return nil }
    let mapping = TemplateMapping(around: line, in: text, regions)
    // Where a template chooses one, a digest would stop the pod where it is this one.
    return pullPolicy.neverPulls { mapping.values(of: $0).compactMap(\.self).filter(pullPolicy.never.contains) }
      .map { .skipped(.neverPulled($0)) }
  }

  private mutating func readKind(_ content: ArraySlice<UInt8>, _ column: Int) {
    guard column == 0 else { return }
    if content.isEmpty { kind = "" }
    guard content.starts(with: "kind:".utf8) else { return }
    kind = String(decoding: content.dropFirst("kind:".utf8.count).filter { !$0.isWhiteSpace }, as: UTF8.self)
  }

  /// `repository:` among the values of a HelmRelease, with a `tag` beside it: which image that is is known, and no digest is written for
  /// it.
  private mutating func readParts(_ content: ArraySlice<UInt8>, _ range: Range<Int>) {
    let mapping = TemplateMapping(around: line, in: text, regions)
    let value = content.dropFirst("repository:".utf8.count).drop { $0 == 0x20 || $0 == 0x09 }
    let end = value.lastIndex { !$0.isWhiteSpace }.map { $0 + 1 } ?? value.startIndex
    let name = text.bytes.unquoted(value.startIndex..<end, "\"'")
    guard regions.first(in: range) == nil, !name.isEmpty, let tag = mapping.values(of: "tag").first ?? nil, !tag.isEmpty else { return }
    let registry = (mapping.values(of: "registry").first ?? nil).map { $0.isEmpty ? "" : $0 + "/" } ?? ""
    let written = registry + text.string(name) + ":" + tag
    let digest = (mapping.values(of: "digest").first ?? nil).map { $0.isEmpty ? "" : "@" + $0 } ?? ""
    guard (try? ImageReference(parsing: written + digest)) != nil else { return }
    let site = Site(
      range: name, text: written + digest, place: "repository",
      content: .skipped(.madeOfParts("'\(written)' is put together in a template, where tagpin writes no digest; write it by hand")),
      form: form)
    sites.append(site)
  }

  /// A line that holds `image:` beside something else: `- {name: web, image: nginx:1.25}`, `{{ if .x }}image: nginx:1.25{{ end }}`.
  private mutating func reportOther(_ content: ArraySlice<UInt8>) {
    let key = Array("image: ".utf8)
    guard let start = content.indices.first(where: { content[$0...].starts(with: key) }), start > content.startIndex,
      " {,}\t".utf8.contains(content[start - 1])
    else { return }
    let end = content.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? content.endIndex
    report(start..<end, .skipped(.notUnderstood("a line of a template that holds more than one key")))
  }

  /// Whether the line ends in `|` or `>` with its indicators.
  private func opensBlock(_ content: ArraySlice<UInt8>) -> Bool {
    guard let colon = content.indices.last(where: { content[$0] == UInt8(ascii: ":") }) else {
      return content.count == 1 && (content.first == UInt8(ascii: "|") || content.first == UInt8(ascii: ">"))
    }
    let value = content[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = value.first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else { return false }
    let rest = value.dropFirst().drop { "+-0123456789".utf8.contains($0) }
    return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 } || rest.starts(with: " #".utf8)
  }

  private mutating func report(_ range: Range<Int>, _ content: Site.Content) {
    sites.append(Site(range: range, text: text.string(range), place: "image", content: content, form: form))
  }

  private mutating func note(_ bytes: ArraySlice<UInt8>) {
    let end = bytes.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? bytes.endIndex
    let inner = bytes[..<end].dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    comments.append(Comment(range: bytes.startIndex..<end, text: String(decoding: inner, as: UTF8.self)))
  }
}
