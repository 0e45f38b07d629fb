/// Where Docker, Podman and their relatives keep credentials, in the order in which they are asked.
struct CredentialSource: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case text(String)
    case file(path: String)
  }

  var content: Content
  /// The variable or the path, for messages.
  var origin: String
  /// The variable that names the file, where it is an error that there is none.
  var requiredBy: String?
  var isLegacy = false

  /// DOCKER_AUTH_CONFIG is asked before all files. REGISTRY_AUTH_FILE replaces them, and DOCKER_CONFIG replaces all but its own. Variables that are empty count
  /// as not set.
  static func all(environment: [String: String], homeDirectory: String?, userID: UInt32) -> [CredentialSource] {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    func file(_ path: String, requiredBy: String? = nil, isLegacy: Bool = false) -> CredentialSource {
      CredentialSource(content: .file(path: path), origin: path, requiredBy: requiredBy, isLegacy: isLegacy)
    }

    var sources: [CredentialSource] = []
    if let text = variable("DOCKER_AUTH_CONFIG") {
      sources.append(CredentialSource(content: .text(text), origin: "DOCKER_AUTH_CONFIG"))
    }
    if let path = variable("REGISTRY_AUTH_FILE") {
      return sources + [file(path, requiredBy: "REGISTRY_AUTH_FILE")]
    }
    if let directory = variable("DOCKER_CONFIG") {
      return sources + [file("\(directory)/config.json")]
    }
    if let homeDirectory { sources.append(file("\(homeDirectory)/.docker/config.json")) }
    let runtime = variable("XDG_RUNTIME_DIR") ?? "/run/containers/\(userID)"
    sources.append(file(variable("XDG_RUNTIME_DIR") == nil ? "\(runtime)/auth.json" : "\(runtime)/containers/auth.json"))
    if let directory = variable("XDG_CONFIG_HOME") ?? homeDirectory.map({ "\($0)/.config" }) {
      sources.append(file("\(directory)/containers/auth.json"))
    }
    if let homeDirectory { sources.append(file("\(homeDirectory)/.dockercfg", isLegacy: true)) }
    return sources
  }
}
