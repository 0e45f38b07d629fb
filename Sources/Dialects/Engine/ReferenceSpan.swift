import Documents
import References

/// Which bytes of a scalar's value are the reference, as it is written at a place.
enum ReferenceSpan {
  case image(Range<Int>)
  /// All of them, an action on that service.
  case action(ActionRepository.Service)
  /// All of them.
  case component
  /// There is none.
  case absent
  /// There is none to pin; why.
  case skipped(SkipReason)

  /// `value` is the scalar's value without white space around it.
  init(of reference: Place.Reference, in scalar: Scalar, _ value: Range<Int>) {
    switch reference {
    case .image, .likelyImage, .builtImage, .imageOrDeclared, .variableDefault, .notPinnable: self = .image(value)
    case .imageOverride: self = .image(Self.newName(in: scalar, value))
    case .behind(let mark): self = Self.behind(mark, in: scalar, value).map(Self.image) ?? .absent
    case .argument(let name): self = Self.argument(name, in: scalar, value).map(Self.image) ?? .absent
    case .dockerArguments: self = Self.dockerImage(in: scalar, value).map(Self.image) ?? .skipped(DockerArguments.notFound)
    case .dockerURL: self = Self.behindScheme(in: scalar, value).map(Self.image) ?? .skipped(.local)
    case .uses(let service): self = Self.behindScheme(in: scalar, value).map(Self.image) ?? .action(service)
    case .component: self = .component
    }
  }

  private static func behindScheme(in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    let scheme = "docker://"
    guard scalar.value.utf8Slice(value).lowercased().hasPrefix(scheme) else { return nil }
    return (value.lowerBound + scheme.utf8.count)..<value.upperBound
  }

  private static func newName(in scalar: Scalar, _ value: Range<Int>) -> Range<Int> {
    let equals = Array(scalar.value.utf8)[value].firstIndex(of: UInt8(ascii: "="))
    return (equals.map { $0 + 1 } ?? value.lowerBound)..<value.upperBound
  }

  private static func dockerImage(in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    DockerArguments.image(in: scalar.value.utf8Slice(value)).map {
      (value.lowerBound + $0.lowerBound)..<(value.lowerBound + $0.upperBound)
    }
  }

  /// What follows the mark, which begins the value or follows a `=`.
  private static func behind(_ mark: String, in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    let bytes = Array(scalar.value.utf8)
    let value = scalar.style == .expression ? unquoted(bytes, value, "\"") : value
    let starts = [value.lowerBound] + bytes[value].indices.filter { bytes[$0] == UInt8(ascii: "=") }.prefix(1).map { $0 + 1 }
    let start = starts.first { bytes[$0..<value.upperBound].starts(with: mark.utf8) }
    return start.map { ($0 + mark.utf8.count)..<value.upperBound }
  }

  /// The value of an argument among words that are written `name=value`, without its quotes.
  private static func argument(_ name: String, in scalar: Scalar, _ value: Range<Int>) -> Range<Int>? {
    let bytes = Array(scalar.value.utf8)
    let start = Array("\(name)=".utf8)
    var rest = value
    while !rest.isEmpty {
      let word = rest.lowerBound..<endOfWord(in: bytes, rest)
      if bytes[word].starts(with: start) {
        let range = unquoted(bytes, (word.lowerBound + start.count)..<word.upperBound, "'\"")
        return range.isEmpty ? nil : range
      }
      rest = (bytes[word.upperBound..<rest.upperBound].firstIndex { !$0.isWhiteSpace } ?? rest.upperBound)..<rest.upperBound
    }
    return nil
  }

  /// White space ends a word, except in quotes and in the expressions of a template.
  private static func endOfWord(in bytes: [UInt8], _ rest: Range<Int>) -> Int {
    var index = rest.lowerBound
    var quote: UInt8?
    while index < rest.upperBound, quote != nil || !bytes[index].isWhiteSpace {
      if bytes[index] == quote {
        quote = nil
      } else if quote == nil, "'\"".utf8.contains(bytes[index]) {
        quote = bytes[index]
      } else if bytes[index...].starts(with: "{{".utf8) {
        while index + 1 < rest.upperBound, !bytes[index...].starts(with: "}}".utf8) { index += 1 }
      }
      index += 1
    }
    return index
  }

  /// Without a pair of one of these quotes.
  private static func unquoted(_ bytes: [UInt8], _ range: Range<Int>, _ quotes: String) -> Range<Int> {
    guard range.count > 1, let first = bytes[range].first, quotes.utf8.contains(first), bytes[range].last == first else { return range }
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }
}
