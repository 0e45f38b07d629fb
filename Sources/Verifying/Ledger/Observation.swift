import Documents
import References
import Rules
import SourceText

/// This tag named this digest at this time.
package struct Observation: Hashable, Sendable {
  /// Seconds since 1970.
  package var time: Int64
  package var name: ObservedName
  package var content: ReferenceContent

  package init(time: Int64, name: ObservedName, content: ReferenceContent) {
    self.time = time
    self.name = name
    self.content = content
  }
}

extension ReferenceContent {
  /// Its key in a line.
  fileprivate var key: String {
    switch self {
    case .digest: "digest"
    case .commit: "commit"
    }
  }
}

// MARK: One line

extension Observation {
  /// ```
  /// {"time": "2026-11-28T09:00:00Z", "reference": "docker.io/library/nginx:1.27", "digest": "sha256:…"}
  /// ```
  /// Of a git repository `commit` in place of `digest`. Without the end of the line.
  package var line: String {
    #"{"time": "\#(UTCTime.text(time))", "reference": "\#(Self.escaped(name.description))", "\#(content.key)": "\#(content)"}"#
  }

  /// What is wrong with a line.
  package struct Malformed: Error, Hashable, Sendable {
    package var problem: String
  }

  /// Reads such a line. Anything else is an error: half an observation is of no use.
  package init(parsing line: some Sequence<UInt8>) throws(Malformed) {
    guard let root = try? JSONReader.read(SourceText(Array(line))).documents.first, case .mapping = root.content else {
      throw Malformed(problem: "is not a JSON object")
    }
    var values: [String: String] = [:]
    for member in root.members {
      guard let key = member.key.scalar?.value, let value = member.value.scalar, value.isString, values[key] == nil else {
        throw Malformed(problem: "has a key twice, or one whose value is not text")
      }
      values[key] = value.value
    }
    guard let text = values.removeValue(forKey: "time"), let time = UTCTime.seconds(text), UTCTime.text(time) == text else {
      throw Malformed(problem: "has no 'time' such as 2026-11-28T09:00:00Z")
    }
    guard let text = values.removeValue(forKey: "reference"), let name = ObservedName(text) else {
      throw Malformed(problem: "has no 'reference' such as docker.io/library/nginx:1.27 or github.com/actions/checkout@v4")
    }
    self.time = time
    self.name = name
    if name.isImage, let text = values.removeValue(forKey: "digest"), let digest = Digest(text) {
      content = .digest(digest)
    } else if !name.isImage, let text = values.removeValue(forKey: "commit"), let commit = CommitID(text) {
      content = .commit(commit)
    } else {
      throw Malformed(problem: name.isImage ? "has no 'digest' of all its digits" : "has no 'commit' of all its digits")
    }
    if let key = values.keys.min() { throw Malformed(problem: "has a key '\(key)' that is not known; a newer tagpin may have written it") }
  }

  /// The names of branches may have a quote in them.
  private static func escaped(_ text: String) -> String { text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
}

extension Observation: Comparable {
  /// By time, so that a list of them grows at its end; then by name and content.
  package static func < (left: Self, right: Self) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.name != right.name { return (left.name.subject, left.name.tag) < (right.name.subject, right.name.tag) }
    return left.content.description < right.content.description
  }
}
