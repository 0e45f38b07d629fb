import Documents
import References
import SourceText

/// An image in one scalar. What is said of it is said independently: how it is written, how certain it is, and what becomes of it.
package struct ImageText: PlaceReading {
  var notation: Notation = .whole
  var certainty: Certainty = .certain
  var role: Role = .pinned

  package enum Notation: Hashable, Sendable {
    case whole
    /// Behind this text, which begins the value or follows a `=`. A value without it is not an image.
    case behind(String)
  }

  package enum Certainty: Hashable, Sendable {
    /// Without a tag it means `latest`.
    case certain
    /// Of a key called `image`: it is one if it has a tag or a digest. Without, its tag may come from elsewhere.
    case ifTagged
    /// With a digest it is an image, with a tag it may be one, without either it is not.
    case likely
    /// It is the value of a parameter, and an image where that is used whole as one.
    case ifUsed(Parameter)
  }

  package enum Role: Hashable, Sendable {
    case pinned
    /// The repository builds it: left alone here and wherever else it is.
    case built
    /// Its consumer takes no digest here; what to do.
    case leftAlone(String)
  }

  /// Whether it takes a tag or a digest to make a text an image.
  var needsTag: Bool { certainty == .ifTagged || certainty == .likely }

  /// Whether the value as it is may be an image that is pinned.
  var isTakenAsWritten: Bool { notation == .whole && role == .pinned }

  var certaintyOfParameters: ParameterUse.Certainty? { role == .pinned ? needsTag ? .likely : .certain : nil }

  // MARK: Reading

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? { site(at: match, of: file).map { [$0] } }

  func site(at match: Match, of file: ReadFile) -> Site? {
    file.site(at: match, isOptional: needsTag) { scalar, value in
      range(in: scalar, value).flatMap { site(at: match, $0, in: scalar, of: file) }
    }
  }

  /// The site of an image in these bytes of a scalar's value; nil where they are not an image.
  func site(at match: Match, _ range: Range<Int>, in scalar: Scalar, of file: ReadFile) -> Site? {
    if role == .pinned, let site = file.interpolated(match, range, in: scalar) { return site }
    return content(of: scalar.value.utf8Slice(range), in: scalar, of: file).map { content in
      var site = file.site(match, range, content)
      site.isLikely = certainty == .likely && !site.namesContent
      return site
    }
  }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    role == .built ? OwnNames().statements(at: match, in: document, of: file) : Statements()
  }

  var tellsOfOthers: Bool { role == .built }
  var tellsOfImagesOnly: Bool { true }

  var parameter: Parameter? {
    if case .ifUsed(let parameter) = certainty { parameter } else { nil }
  }

  /// Which bytes of a scalar's value are the image; nil where there is none. `value` is without white space around it.
  func range(in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    guard case .behind(let mark) = notation else { return value }
    let bytes = Array(scalar.value.utf8)
    let value = scalar.style == .expression ? bytes.unquoted(value, "\"") : value
    let starts = [value.lowerBound] + bytes[value].indices.filter { bytes[$0] == UInt8(ascii: "=") }.prefix(1).map { $0 + 1 }
    let start = starts.first { bytes[$0..<value.upperBound].starts(with: mark.utf8) }
    return start.map { ($0 + mark.utf8.count)..<value.upperBound }
  }

  // MARK: What a text means

  /// nil where it is not an image.
  private func content(of text: String, in scalar: Scalar, of file: ReadFile) -> Site.Content? {
    if let tag = scalar.localTag { return .skipped(.notLiteral("\(tag) \(text)")) }
    if let reason = whyNotLiteral(text, in: scalar, of: file) { return .skipped(reason) }
    let image: ImageReference
    do throws(ImageReferenceError) { image = try ImageReference(parsing: text) } catch {
      return needsTag ? nil : .failed(.invalidReference(error.description))
    }
    if needsTag, image.tag == nil, image.digest == nil {
      if certainty == .likely { return nil }
      // `logo.png`: no image of Docker Hub has a dot in its name, files have.
      let isFile = image.name.registry == ImageName.dockerHub && image.name.repository.utf8.contains(UInt8(ascii: "."))
      return isFile ? nil : .skipped(.tagElsewhere)
    }
    if case .leftAlone(let why) = role, image.digest == nil { return .skipped(.notPinnable(why)) }
    return .image(image)
  }

  /// Why a text does not name an image of a registry by itself; nil where it may. Of one that only may be an image, less is a sign.
  private func whyNotLiteral(_ text: String, in scalar: Scalar, of file: ReadFile) -> SkipReason? {
    if scalar.style == .expression || file.syntax.hasBareExpressions && scalar.style == .plain { return .notLiteral(text) }
    if !needsTag, let built = file.dialect.customs.builtSchemes.first(where: { text.hasPrefix($0.key) }) {
      return .notPinnable(built.value)
    }
    if let placeholder = Literal.placeholder(in: text) { return .notLiteral(placeholder) }
    if text == "scratch" { return .scratch }
    if !needsTag, let word = Literal.shoutedName(in: text) { return .notLiteral(word) }
    // `sha256:` and 64 hexadecimal digits: grammatically a tag of an image `sha256`, which nobody means.
    if Digest(text)?.algorithm == .sha256 { return .notPinnable("an image id, which no registry knows") }
    return nil
  }

  // MARK: Words

  package var words: String? {
    if role == .built { return nil }
    let notation = if case .behind(let mark) = notation { " (behind `\(mark)`)" } else { "" }
    let certainty =
      switch certainty {
      case .ifTagged: " (with a tag or a digest)"
      case .likely: " (with a digest; with a tag it is likely)"
      case .ifUsed(let parameter) where parameter.isVariable: " (defaults of variables that are used whole)"
      case .certain, .ifUsed: ""
      }
    return notation + certainty
  }

  package var whyLeftAlone: String? {
    if case .leftAlone(let why) = role { why } else { nil }
  }
}

extension [UInt8] {
  /// Without a pair of one of these quotes.
  func unquoted(_ range: Range<Int>, _ quotes: String) -> Range<Int> {
    guard range.count > 1, let first = self[range].first, quotes.utf8.contains(first), self[range].last == first else { return range }
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }
}
