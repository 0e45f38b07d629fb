import ArgumentParser
import Configuration

/// An option that takes one of a few words. A wrong one is answered with the nearest, or with all of them.
enum Choice<Value: CaseIterable & RawRepresentable> where Value.RawValue == String {
  static var words: [String] { Value.allCases.map(\.rawValue) }

  static var completion: CompletionKind { .list(words) }

  @Sendable static func parse(_ word: String) throws -> Value {
    if let value = Value(rawValue: word) { return value }
    throw ValidationError(notOneOf: words, word)
  }
}

extension ValidationError {
  /// A message for a word that is not in the list.
  init(notOneOf words: [String], _ word: String) {
    let question = NearestWord.nearest(to: word, in: words).map { "did you mean '\($0)'? " } ?? ""
    self.init("\(question)it is one of \(words.joined(separator: ", "))")
  }
}
