/// Who wrote or committed something, and when.
package struct CommitIdentity: Hashable, Sendable {
  package var name: String
  package var email: String
  package var time: CommitTime

  /// `Ada Lovelace <ada@example.org>`
  package var description: String { "\(name) <\(email)>" }

  /// Reads `Ada Lovelace <ada@example.org>`; nil unless both parts are there.
  static func parts(_ text: String) -> (name: String, email: String)? {
    guard let open = text.firstIndex(of: "<"), text.hasSuffix(">") else { return nil }
    let name = cleaned(String(text[..<open]))
    let email = cleaned(String(text[text.index(after: open)...].dropLast()))
    guard !name.isEmpty, !email.isEmpty else { return nil }
    return (name, email)
  }

  /// Without what the format of a commit cannot hold, and without what git takes off both ends (ident.c, `crud`).
  static func cleaned(_ text: String) -> String {
    func isCrud(_ byte: UInt8) -> Bool {
      byte <= 0x20 || ".,:;<>\"\\'".utf8.contains(byte)
    }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isCrud($0) }), let last = bytes.lastIndex(where: { !isCrud($0) }) else { return "" }
    return String(decoding: bytes[first...last].filter { $0 != 0x0A && !"<>".utf8.contains($0) && $0 != 0 }, as: UTF8.self)
  }
}

/// Where identities come from: the command line, the environment, git's configuration, in that order. Nothing is made up from the user's
/// and the machine's name, as git would.
struct IdentitySource {
  enum Role: String {
    case author, committer
  }

  var variables: [String: String]
  var configuration: GitConfiguration
  /// `--author`. Its name and address are the committer's, too, where nothing else says who that is.
  var author: String?
  var now = CommitTime.now

  func identity(_ role: Role) throws(CommitError) -> CommitIdentity {
    var given: (name: String, email: String)?
    if let author {
      guard let parts = CommitIdentity.parts(author) else { throw .invalidAuthor(author) }
      given = parts
    }
    let prefix = "GIT_\(role.rawValue.uppercased())"
    if role == .author, let given { return CommitIdentity(name: given.name, email: given.email, time: try time(prefix)) }
    let name = variable("\(prefix)_NAME") ?? configured(role.rawValue, "name") ?? configured("user", "name") ?? given?.name
    let email =
      variable("\(prefix)_EMAIL") ?? configured(role.rawValue, "email") ?? configured("user", "email") ?? given?.email ?? variable("EMAIL")
    guard let name, let email else { throw .noIdentity(role: role.rawValue, lacksName: name == nil) }
    return CommitIdentity(name: name, email: email, time: try time(prefix))
  }

  private func variable(_ name: String) -> String? { variables[name].map(CommitIdentity.cleaned).flatMap { $0.isEmpty ? nil : $0 } }

  private func configured(_ section: String, _ key: String) -> String? {
    configuration.value(section, key).map(CommitIdentity.cleaned).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func time(_ prefix: String) throws(CommitError) -> CommitTime {
    guard let text = variables["\(prefix)_DATE"], !text.isEmpty else { return now }
    guard let time = CommitTime(text) else { throw .invalidDate(variable: "\(prefix)_DATE", value: text) }
    return time
  }
}
