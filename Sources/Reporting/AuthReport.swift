/// What `tagpin auth` found out: for each registry and git server, who this machine is there, and whether that works. It holds no secret.
package struct AuthReport: Sendable {
  package enum Kind: String, Sendable { case registry, git }

  package enum State: String, Sendable {
    case works
    case refused
    case unknown

    fileprivate var words: String {
      switch self {
      case .works: "works"
      case .refused: "does not work"
      case .unknown: "cannot tell"
      }
    }

    fileprivate var colour: Ink.Style {
      switch self {
      case .works: .green
      case .refused: .red
      case .unknown: .yellow
      }
    }
  }

  package struct Login: Hashable, Sendable {
    package var user: String?
    /// A file with its key, a helper, or variables.
    package var source: String

    package init(user: String?, source: String) {
      self.user = user
      self.source = source
    }
  }

  package struct Entry: Sendable {
    package var kind: Kind
    /// `docker.io`, `https://github.com`
    package var name: String
    package var state: State
    /// nil where there is none.
    package var login: Login?
    /// Where a login was looked for.
    package var places: [String] = []
    package var mirrors: [String] = []
    package var proxy: String?
    /// Files of authorities that are trusted for it beside the system's.
    package var authorities: [String] = []
    package var clientCertificate: String?
    package var tokenService: String?
    package var asked: String
    /// Why it does not work, or cannot be told.
    package var problem: String?
    /// What to do about it.
    package var nextStep: String?

    package init(_ kind: Kind, _ name: String, _ state: State, asked: String) {
      self.kind = kind
      self.name = name
      self.state = state
      self.asked = asked
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// 0 where all work, 1 where one does not, else 2.
  package var exitCode: Int32 {
    if entries.contains(where: { $0.state == .refused }) { return 1 }
    return entries.contains { $0.state == .unknown } ? 2 : 0
  }

  /// A block for each, its lines aligned.
  package func text(colour: Bool = false) -> String {
    let ink = Ink(isOn: colour)
    return entries.map { entry in
      let lines = entry.lines.map { label, value in
        "  \(label)\(String(repeating: " ", count: 15 - label.utf8.count))\(value.visible)\n"
      }
      return "\(entry.name.visible): \(ink(entry.state.colour, entry.state.words))\n" + lines.joined()
    }.joined(separator: "\n")
  }

  /// `{"version": 1, "command": "auth", "exitCode": 0, "servers": [{"kind", "name", "state", "login", "places", "mirrors", "proxy",
  /// "authorities", "clientCertificate", "tokenService", "asked", "problem", "nextStep"}]}`; `login` is null or `{"user", "source"}`.
  package var json: String {
    let servers = entries.map { entry -> JSONValue in
      let login = entry.login.map { JSONValue.object([("user", .optional($0.user)), ("source", .string($0.source))]) } ?? .null
      return .object([
        ("kind", .string(entry.kind.rawValue)), ("name", .string(entry.name)), ("state", .string(entry.state.rawValue)), ("login", login),
        ("places", .array(entry.places.map(JSONValue.string))), ("mirrors", .array(entry.mirrors.map(JSONValue.string))),
        ("proxy", .optional(entry.proxy)), ("authorities", .array(entry.authorities.map(JSONValue.string))),
        ("clientCertificate", .optional(entry.clientCertificate)), ("tokenService", .optional(entry.tokenService)),
        ("asked", .string(entry.asked)), ("problem", .optional(entry.problem)), ("nextStep", .optional(entry.nextStep)),
      ])
    }
    return JSONValue.object([
      ("version", .integer(JSONRenderer.version)), ("command", .string("auth")), ("exitCode", .integer(Int(exitCode))),
      ("servers", .array(servers)),
    ]).document
  }
}

extension AuthReport.Entry {
  fileprivate var lines: [(label: String, value: String)] {
    var lines: [(label: String, value: String)] = []
    if let login {
      lines.append(("login", [login.user, login.source].compactMap(\.self).joined(separator: ", from ")))
    } else {
      // Where all is well without one, nobody looks for it.
      lines.append(("login", state == .works || places.isEmpty ? "none" : "none in \(places.joined(separator: ", "))"))
    }
    lines += mirrors.map { ("mirror", $0) }
    if let proxy { lines.append(("proxy", proxy)) }
    lines += authorities.map { ("CA", $0) }
    if let clientCertificate { lines.append(("certificate", clientCertificate)) }
    if let tokenService { lines.append(("token service", tokenService)) }
    lines.append(("asked", asked))
    if let problem { lines.append(("problem", problem)) }
    if let nextStep { lines.append(("next", nextStep)) }
    return lines
  }
}
