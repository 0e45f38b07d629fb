import Documents
import SourceText

/// One parsed file of a dialect, as the readings of its places see it.
final class ReadFile {
  let dialect: Dialect
  let syntax: Syntax
  let text: SourceText
  let stream: DocumentStream
  let options: DialectOptions
  private var made: [ObjectIdentifier: Any] = [:]
  private var scalarSource: (node: Range<Int>, source: ScalarSource)?

  init(_ text: SourceText, _ stream: DocumentStream, _ syntax: Syntax, _ dialect: Dialect, _ options: DialectOptions) {
    self.text = text
    self.stream = stream
    self.syntax = syntax
    self.dialect = dialect
    self.options = options
  }

  /// What readings need of the whole file, or of one beside it: made when it is first asked for, and once for each type.
  func once<Value>(_ make: () -> Value) -> Value {
    let key = ObjectIdentifier(Value.self)
    if let known = made[key], let value = known as? Value { return value }
    let value = make()
    made[key] = value
    return value
  }

  /// Where the bytes `valueRange` of a scalar's value are in the file: see `ScalarSource`, which is kept, as a script may hold very many
  /// sites.
  func sourceRange(ofValue valueRange: Range<Int>, in node: Node) -> Range<Int>? {
    if let scalarSource, scalarSource.node == node.range { return scalarSource.source.range(ofValue: valueRange) }
    let source = ScalarSource(of: node, in: text)
    scalarSource = (node.range, source)
    return source.range(ofValue: valueRange)
  }

  /// The content of the file of that name beside this one.
  func companion(_ name: String) -> [UInt8]? { options.companions.first { $0.name == name }?.bytes }
}
