import Dialects

/// Something that could not be found out of a reference, perhaps for a reason that it has in common with others.
protocol CausedFailure {
  /// nil where the cause is its own.
  var unresolved: Unresolved? { get }
  /// The reference, as it is written.
  var text: String { get }
  /// Where it is, where that is not the text itself.
  var place: String { get }
  /// What it is listed as: it is gathered with nothing that is listed as something else.
  var word: String { get }
}

/// Failures with one cause, in their order: the same trouble of one host, or of one reference.
struct CommonCause<Failure: CausedFailure> {
  let first: Failure
  private(set) var all: [Failure]

  /// Of how many a message names the places.
  static var placesShown: Int { 3 }

  /// In the order of the first failure of each.
  static func gathered(_ failures: some Sequence<Failure>) -> [Self] {
    var causes: [Self] = []
    var indices: [Cause: Int] = [:]
    for failure in failures {
      if let cause = failure.cause {
        if let index = indices[cause] {
          causes[index].all.append(failure)
          continue
        }
        indices[cause] = causes.count
      }
      causes.append(Self(first: failure, all: [failure]))
    }
    return causes
  }

  var isOneReference: Bool { all.allSatisfy { $0.text == first.text } }

  /// About all of them; `messageOfOne` is what is said of the first one alone.
  func message(_ messageOfOne: String) -> String {
    guard all.count > 1, let unresolved = first.unresolved, !all.allSatisfy({ $0.place == first.place }) else { return messageOfOne }
    let places = all.prefix(Self.placesShown).map(\.place).joined(separator: ", ") + rest("and")
    let message =
      isOneReference
      ? "\(messageOfOne): \(all.count) places (\(places))" : "\(unresolved.whyOfHost): \(all.count) references (\(places))"
    // The host is one, and may have said something else of another reference.
    let answers = Set(all.compactMap { $0.unresolved?.whyOfHost }).count - 1
    return message + (answers > 0 ? "; \(answers == 1 ? "one other answer" : "\(answers) other answers") of it: see --format json" : "")
  }

  /// What to do before anything is left out; nil where the message says it.
  var advice: String? {
    guard let unresolved = first.unresolved, unresolved.kind == .network, let host = unresolved.host else { return nil }
    return "see whether \(host) can be reached from here (its name, a proxy in HTTPS_PROXY, a firewall), and run again"
  }

  /// How many are not named.
  func rest(_ word: String, of count: Int? = nil) -> String {
    let count = count ?? all.count
    return count > Self.placesShown ? ", \(word) \(count - Self.placesShown) more" : ""
  }
}

/// What the failures have in common.
private enum Cause: Hashable {
  case host(Unresolved.Kind, String, word: String)
  case reference(Unresolved, text: String, word: String)
}

extension CausedFailure {
  /// Failures, and nothing else.
  var word: String { "failed" }

  fileprivate var cause: Cause? {
    guard let unresolved else { return nil }
    if unresolved.kind.isOfHost, let host = unresolved.host { return .host(unresolved.kind, host, word: word) }
    return .reference(unresolved, text: text, word: word)
  }
}
