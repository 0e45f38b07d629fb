import Documents
import HTTP
import SourceText

/// One source of credentials in the form of Docker's config.json, which Podman's auth.json and the variable DOCKER_AUTH_CONFIG share.
struct CredentialFile: Sendable {
  /// The file's path, or the variable's name.
  let origin: String
  private let source: SourceText
  private let root: Node
  /// `~/.dockercfg`: the entries are at the top.
  private let isLegacy: Bool

  enum Answer: Hashable, Sendable {
    case nothing
    /// Ask that helper. It is under that key of the file.
    case helper(name: String, key: String)
    /// It is under that key of the file.
    case credential(Credential, key: String)
  }

  init(_ bytes: [UInt8], origin: String, isLegacy: Bool = false) throws(CredentialError) {
    source = SourceText(bytes)
    self.origin = origin
    self.isLegacy = isLegacy
    do throws(DocumentError) {
      root = try JSONReader.read(source).documents.first ?? Node(.mapping([]), range: 0..<0)
    } catch {
      throw .invalidJSON(file: origin, position: source.position(at: error.byteOffset).description, problem: error.problem)
    }
    guard root.isMapping else { throw .invalidJSON(file: origin, position: "1:1", problem: "expected an object") }
  }

  /// What it says about that repository: a helper of the registry's own, then the store for all registries, then the entry in the file.
  /// With a helper or a store, entries count as little as they do for Docker; an empty name switches them off.
  func answer(registry: String, repository: String) throws(CredentialError) -> Answer {
    let helpers = isLegacy ? [] : try members("credHelpers")
    if let key = CredentialKey.matching(helpers.map(\.key), registry: registry, repository: repository).first,
      let member = helpers.first(where: { $0.key == key })
    {
      let name = try string(member.value, key: "credHelpers.\(key)")
      if !name.isEmpty { return .helper(name: try checked(helper: name, key: "credHelpers.\(key)"), key: "credHelpers.\(key)") }
    } else if !isLegacy, let store = root["credsStore"], !store.isJSONNull {
      let name = try string(store, key: "credsStore")
      if !name.isEmpty { return .helper(name: try checked(helper: name, key: "credsStore"), key: "credsStore") }
    }
    let entries = isLegacy ? pairs(root) : try members("auths")
    for key in CredentialKey.matching(entries.map(\.key), registry: registry, repository: repository) {
      for entry in entries where entry.key == key {
        let place = isLegacy ? key : "auths.\(key)"
        if let credential = try credential(entry.value, key: place) { return .credential(credential, key: place) }
      }
    }
    return .nothing
  }

  /// nil for an entry without content: it only marks that somebody logged in with a helper.
  private func credential(_ entry: Node, key: String) throws(CredentialError) -> Credential? {
    guard entry.isMapping else {
      if entry.isJSONNull { return nil }
      throw invalid(entry, key: key, "is not an object")
    }
    if let token = try nonEmpty(entry, "registrytoken", key: key) { return .registryToken(Secret(token)) }
    var login: (user: String, secret: String)?
    if let auth = try nonEmpty(entry, "auth", key: key) {
      login = try userAndPassword(auth, node: entry["auth"] ?? entry, key: "\(key).auth")
      // Neither a user nor a password: what a client writes that logged out.
      if let both = login, both.user.isEmpty, both.secret.isEmpty { login = nil }
    } else if let user = try nonEmpty(entry, "username", key: key) {
      login = (user, try nonEmpty(entry, "password", key: key) ?? "")
    }
    if let token = try nonEmpty(entry, "identitytoken", key: key) { return .identityToken(user: login?.user, Secret(token)) }
    if let login {
      guard !login.secret.isEmpty else { throw invalid(entry, key: key, "holds a user name but no password") }
      return Credential(user: login.user, secret: Secret(login.secret))
    }
    let harmless: Set<String> = ["auth", "username", "password", "email", "serveraddress", "identitytoken", "registrytoken"]
    if let other = pairs(entry).first(where: { !harmless.contains($0.key) }) {
      throw .unsupported(file: origin, position: position(other.value), key: "\(key).\(other.key)")
    }
    return nil
  }

  /// `user:password` in base64. Old Docker versions left a NUL at its end.
  private func userAndPassword(_ auth: String, node: Node, key: String) throws(CredentialError) -> (user: String, secret: String) {
    guard var bytes = Base64.decode(auth) else { throw invalid(node, key: key, "is not base64") }
    while bytes.last == 0 { bytes.removeLast() }
    guard let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":"), colon > text.startIndex || text == ":"
    else {
      throw invalid(node, key: key, "is not 'user:password' in base64")
    }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private func checked(helper name: String, key: String) throws(CredentialError) -> String {
    let isName =
      !name.utf8.isEmpty && name.utf8.first != UInt8(ascii: "-")
      && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
    guard isName else { throw .invalidHelperName(file: origin, key: key, name: ServerText.shown(name) ?? "") }
    return name
  }

  private func members(_ key: String) throws(CredentialError) -> [(key: String, value: Node)] {
    guard let node = root[key], !node.isJSONNull else { return [] }
    guard node.isMapping else { throw invalid(node, key: key, "is not an object") }
    return pairs(node)
  }

  private func pairs(_ node: Node) -> [(key: String, value: Node)] {
    node.members.map { ($0.key.scalar?.value ?? "", $0.value) }
  }

  private func string(_ node: Node, key: String) throws(CredentialError) -> String {
    guard let text = node.jsonString else { throw invalid(node, key: key, "is not a string") }
    return text
  }

  private func nonEmpty(_ entry: Node, _ name: String, key: String) throws(CredentialError) -> String? {
    guard let node = entry[name], !node.isJSONNull else { return nil }
    let text = try string(node, key: "\(key).\(name)")
    return text.isEmpty ? nil : text
  }

  private func invalid(_ node: Node, key: String, _ problem: String) -> CredentialError {
    .invalidValue(file: origin, position: position(node), key: key, problem: problem)
  }

  private func position(_ node: Node) -> String { source.position(at: node.range.lowerBound).description }
}
