import References
import Rules

/// What tags were seen to name, and when that was first seen.
package struct Ledger: Equatable, Sendable {
  private var times: [ObservedName: [ReferenceContent: Int64]] = [:]

  package init() {}

  package init(_ observations: some Sequence<Observation>) {
    for observation in observations { note(observation) }
  }

  package var isEmpty: Bool { times.isEmpty }

  /// Adds an observation. Of several of one content of one tag the earliest counts.
  package mutating func note(_ observation: Observation) {
    let known = times[observation.name]?[observation.content]
    times[observation.name, default: [:]][observation.content] = min(known ?? observation.time, observation.time)
  }

  package mutating func formUnion(_ other: Ledger) { other.observations.forEach { note($0) } }

  package func union(_ other: Ledger) -> Ledger {
    var union = self
    union.formUnion(other)
    return union
  }

  /// What is in this one and not, or later, in the other.
  package func subtracting(_ other: Ledger) -> Ledger {
    Ledger(observations.filter { observation in other.times[observation.name]?[observation.content].map { $0 > observation.time } ?? true })
  }

  // MARK: What it knows

  /// All of them, sorted.
  package var observations: [Observation] {
    times.flatMap { name, contents in contents.map { Observation(time: $0.value, name: name, content: $0.key) } }.sorted()
  }

  /// What a tag was seen to name, the first one first.
  package func observations(of name: ObservedName) -> [Observation] {
    (times[name] ?? [:]).map { Observation(time: $0.value, name: name, content: $0.key) }.sorted()
  }

  /// The names that it knows, sorted.
  package var names: [ObservedName] { times.keys.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) } }

  /// When that tag was first seen to name that; nil where it never was.
  package func firstSeen(_ content: ReferenceContent, as name: ObservedName) -> Int64? { times[name]?[content] }

  /// When each content was first seen under any tag of an image or a git repository, by the name of that: `docker.io/library/nginx`.
  package var firstSeenBySubject: [String: [ReferenceContent: Int64]] {
    times.reduce(into: [:]) { subjects, entry in subjects[entry.key.subject, default: [:]].merge(entry.value, uniquingKeysWith: min) }
  }

  /// The ledgers of each month, by its name: `2026-11`. What has passed changes no more, so that a repository keeps its lines once: files by
  /// image, which change for years, need twice the room.
  package var byMonth: [String: Ledger] {
    Dictionary(grouping: observations) { String(UTCTime.text($0.time).prefix(7)) }.mapValues { Ledger($0) }
  }
}

// MARK: Its text

extension Ledger {
  /// A line for each observation, sorted, each with LF.
  package var text: String { observations.map { $0.line + "\n" }.joined() }

  /// A line that is not an observation.
  package struct LineError: Error, Hashable, Sendable {
    package var file: String
    /// Counted from 1.
    package var line: Int
    package var problem: String
  }

  /// Reads a list of observations, sorted or not, so that two lists can be joined by putting one behind the other. Any other line fails all
  /// of it.
  ///
  /// - Parameter file: its name, for messages.
  package init(parsing bytes: some Sequence<UInt8>, file: String) throws(LineError) {
    let lines = Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index < lines.count - 1 || !line.isEmpty {
      do throws(Observation.Malformed) { note(try Observation(parsing: line)) } catch {
        throw LineError(file: file, line: index + 1, problem: error.problem)
      }
    }
  }
}
