import Documents
import SourceText

extension Node {
  /// The value of a JSON string; nil for anything else, `null` included.
  var jsonString: String? {
    guard let scalar, scalar.style == .doubleQuoted else { return nil }
    return scalar.value
  }

  /// The value of a JSON number without fraction.
  var jsonInteger: Int? {
    guard let scalar, scalar.style == .plain else { return nil }
    return Int(scalar.value)
  }

  var isJSONNull: Bool { scalar.map { $0.style == .plain && $0.value == "null" } ?? false }

  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// The JSON object in these bytes; nil if they are not JSON, or not an object.
  static func jsonObject(_ bytes: [UInt8]) -> Node? {
    guard let root = try? JSONReader.read(SourceText(bytes)).documents.first, root.isMapping else { return nil }
    return root
  }
}
