import ArgumentParser
import Configuration

/// An option that takes one of a few words. A wrong one is answered with the nearest, or with all of them.
enum Choice<Value: CaseIterable & RawRepresentable> where Value.RawValue == String {
  static var words: [String] { Value.allCases.map(\.rawValue) }

  static var completion: CompletionKind { .list(words) }

  @Sendable static func parse(_ word: String) throws -> Value {
    if let value = Value(rawValue: word) { return value }
    let question = NearestWord.nearest(to: word, in: words).map { "did you mean '\($0)'? " } ?? ""
    throw ValidationError("\(question)There are \(words.joined(separator: ", ")).")
  }
}
