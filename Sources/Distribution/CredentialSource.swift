import SystemPackage

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

  /// DOCKER_AUTH_CONFIG comes before all files, as it does for Docker. The files come in skopeo's order: the one that REGISTRY_AUTH_FILE
  /// names, else Podman's of this session; Podman's lasting one; Docker's, whose directory DOCKER_CONFIG can name; the one of old Docker
  /// versions. Variables that are empty count as not set.
  static func all(environment: [String: String], homeDirectory: String?, userID: UInt32) -> [CredentialSource] {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    func file(_ path: FilePath, requiredBy: String? = nil, isLegacy: Bool = false) -> CredentialSource {
      CredentialSource(content: .file(path: path.string), origin: path.string, requiredBy: requiredBy, isLegacy: isLegacy)
    }
    /// A directory that a variable names, else one of the user's.
    func directory(_ name: String, else usual: String) -> FilePath? {
      variable(name).map { FilePath($0) } ?? home?.appending(usual)
    }
    let home = homeDirectory.map { FilePath($0) }

    var sources: [CredentialSource] = []
    if let text = variable("DOCKER_AUTH_CONFIG") {
      sources.append(CredentialSource(content: .text(text), origin: "DOCKER_AUTH_CONFIG"))
    }
    if let path = variable("REGISTRY_AUTH_FILE") {
      sources.append(file(FilePath(path), requiredBy: "REGISTRY_AUTH_FILE"))
    } else if let runtime = variable("XDG_RUNTIME_DIR") {
      sources.append(file(FilePath(runtime).appending("containers/auth.json")))
    } else {
      sources.append(file(FilePath("/run/containers").appending("\(userID)/auth.json")))
    }
    if let own = directory("XDG_CONFIG_HOME", else: ".config") { sources.append(file(own.appending("containers/auth.json"))) }
    if let own = directory("DOCKER_CONFIG", else: ".docker") { sources.append(file(own.appending("config.json"))) }
    if let home { sources.append(file(home.appending(".dockercfg"), isLegacy: true)) }
    return sources
  }
}
