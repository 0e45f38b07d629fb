import Distribution
import HTTP
import Testing

/// Where credentials are looked for, and what files may hold.
@Suite struct CredentialStoreTests {
  static func auths(_ key: String, _ user: String, _ password: String = "pw") -> String {
    #"{"auths":{"\#(key)":{"username":"\#(user)","password":"\#(password)"}}}"#
  }

  static func login(_ user: String, _ password: String = "pw") -> Credential { .password(user: user, Secret(password)) }

  // MARK: places

  /// From the last to the first. Every place that exists holds a user of its own name, so that each one wins over those before it.
  @Test func `places count in their order`() async throws {
    let home = try TestHome()
    let key = "ghcr.io"
    let places: [(user: String, add: () throws -> [String: String])] = [
      ("actor", { ["GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_ACTOR": "actor", "GITHUB_TOKEN": "pw"] }),
      (
        "legacy",
        {
          try home.write(".dockercfg", #"{"ghcr.io":{"auth":"bGVnYWN5OnB3","email":"x@y"}}"#)
          return [:]
        }
      ),
      (
        "docker",
        {
          try home.write(".docker/config.json", Self.auths(key, "docker"))
          return [:]
        }
      ),
      (
        "docker-config",
        {
          try home.write("dc/config.json", Self.auths(key, "docker-config"))
          return ["DOCKER_CONFIG": "\(home.path)/dc"]
        }
      ),
      (
        "podman-config",
        {
          try home.write(".config/containers/auth.json", Self.auths(key, "podman-config"))
          return [:]
        }
      ),
      (
        "podman-runtime",
        {
          try home.write("run/containers/auth.json", Self.auths(key, "podman-runtime"))
          return ["XDG_RUNTIME_DIR": "\(home.path)/run"]
        }
      ),
      (
        "auth-file",
        {
          try home.write("af.json", Self.auths(key, "auth-file"))
          return ["REGISTRY_AUTH_FILE": "\(home.path)/af.json"]
        }
      ),
      ("variable", { ["DOCKER_AUTH_CONFIG": Self.auths(key, "variable")] }),
    ]
    var environment: [String: String] = [:]
    #expect(try await home.store().credential(for: key, repository: "a") == nil)
    for place in places {
      environment.merge(try place.add()) { $1 }
      #expect(try await home.store(environment).credential(for: key, repository: "a") == Self.login(place.user))
    }
  }

  @Test func `XDG_CONFIG_HOME moves Podman's file`() async throws {
    let home = try TestHome()
    try home.write("xdg/containers/auth.json", Self.auths("ghcr.io", "xdg"))
    #expect(try await home.store(["XDG_CONFIG_HOME": "\(home.path)/xdg"]).credential(for: "ghcr.io", repository: "a") == Self.login("xdg"))
  }

  @Test func `a place without the registry lets the next one speak`() async throws {
    let home = try TestHome()
    try home.write(".docker/config.json", Self.auths("ghcr.io", "docker"))
    try home.write("other.json", Self.auths("quay.io", "quay"))
    func user(_ environment: [String: String]) async throws -> Credential? {
      try await home.store(environment).credential(for: "ghcr.io", repository: "a")
    }
    #expect(try await user(["DOCKER_AUTH_CONFIG": #"{"auths":{}}"#]) == Self.login("docker"))
    #expect(try await user(["REGISTRY_AUTH_FILE": "\(home.path)/other.json"]) == Self.login("docker"))
    #expect(try await user(["DOCKER_CONFIG": "\(home.path)/nowhere"]) == nil)
    #expect(try await user(["DOCKER_CONFIG": ""]) == Self.login("docker"))
  }

  @Test func `without a home there is nothing, and no error`() async throws {
    let store = CredentialStore(environment: [:], homeDirectory: nil, userID: 4_294_967_000)
    #expect(try await store.credential(for: "ghcr.io", repository: "a") == nil)
  }

  // MARK: entries

  @Test(
    arguments: [
      (#"{"auth":"dXNlcjpwYTpzcw=="}"#, login("user", "pa:ss")), (#"{"auth":"dXNlcjpwYTpzcw"}"#, login("user", "pa:ss")),
      (#"{"auth":"dXNlcjpwYTpzcwA="}"#, login("user", "pa:ss")), (#"{"auth":"dXNlcjrDqQ=="}"#, login("user", "é")),
      (#"{"auth":" dXNlcjpwYTpzcw==\n"}"#, login("user", "pa:ss")),
      (#"{"username":"user","password":"pw"}"#, login("user")), (#"{"auth":"","username":"user","password":"pw"}"#, login("user")),
      (#"{"auth":"dXNlcjpwYTpzcw==","username":"other","password":"x"}"#, login("user", "pa:ss")),
      (#"{"identitytoken":"it"}"#, .identityToken(user: nil, Secret("it"))),
      (#"{"auth":"MDAwOg==","identitytoken":"it"}"#, .identityToken(user: "000", Secret("it"))),
      (#"{"username":"<token>","password":"it"}"#, .identityToken(user: nil, Secret("it"))),
      (#"{"auth":"dXNlcjpwYTpzcw==","registrytoken":"rt"}"#, .registryToken(Secret("rt"))),
      ("{}", nil), (#"{"auth":""}"#, nil), (#"{"auth":"Og=="}"#, nil), (#"{"email":"a@b.test"}"#, nil), ("null", nil),
      (#"{"auth":null}"#, nil),
    ] as [(String, Credential?)])
  func `reads entries in every form`(_ entry: String, _ expected: Credential?) async throws {
    let store = try TestHome().store(["DOCKER_AUTH_CONFIG": #"{"auths":{"ghcr.io":\#(entry)}}"#])
    #expect(try await store.credential(for: "ghcr.io", repository: "a") == expected)
  }

  @Test(arguments: ["https://index.docker.io/v1/", "docker.io", "index.docker.io", "registry-1.docker.io"])
  func `Docker Hub has many names`(_ key: String) async throws {
    let store = try TestHome().store(["DOCKER_AUTH_CONFIG": Self.auths(key, "hub")])
    for registry in ["docker.io", "registry-1.docker.io"] {
      #expect(try await store.credential(for: registry, repository: "library/nginx") == Self.login("hub"))
    }
    #expect(try await store.credential(for: "ghcr.io", repository: "library/nginx") == nil)
  }

  @Test func `a namespace of its own comes before the whole registry, and a marker does not count`() async throws {
    let text = #"""
      {"auths":{"quay.io":{"username":"all","password":"pw"},"quay.io/acme":{"username":"acme","password":"pw"},"quay.io/acme/app":{}}}
      """#
    let store = try TestHome().store(["DOCKER_AUTH_CONFIG": text])
    #expect(try await store.credential(for: "quay.io", repository: "acme/app") == Self.login("acme"))
    #expect(try await store.credential(for: "quay.io", repository: "other") == Self.login("all"))
  }

  // MARK: what cannot be used is an error

  @Test(arguments: [
    (#"{"auths":{"ghcr.io":{"auth":"%%%"}}}"#, "DOCKER_AUTH_CONFIG:1:29: 'auths.ghcr.io.auth' is not base64"),
    (#"{"auths":{"ghcr.io":{"auth":"dXNlcg=="}}}"#, "DOCKER_AUTH_CONFIG:1:29: 'auths.ghcr.io.auth' is not 'user:password' in base64"),
    (#"{"auths":{"ghcr.io":{"auth":7}}}"#, "DOCKER_AUTH_CONFIG:1:29: 'auths.ghcr.io.auth' is not a string"),
    (#"{"auths":{"ghcr.io":"x"}}"#, "DOCKER_AUTH_CONFIG:1:21: 'auths.ghcr.io' is not an object"),
    (#"{"auths":{"ghcr.io":{"username":"u"}}}"#, "DOCKER_AUTH_CONFIG:1:21: 'auths.ghcr.io' holds a user name but no password"),
    (
      #"{"auths":{"ghcr.io":{"awsRole":"x"}}}"#,
      "DOCKER_AUTH_CONFIG:1:32: 'auths.ghcr.io.awsRole' holds no kind of credential that is supported"
    ),
    (#"{"auths":[]}"#, "DOCKER_AUTH_CONFIG:1:10: 'auths' is not an object"),
    (#"{"credHelpers":{"ghcr.io":true}}"#, "DOCKER_AUTH_CONFIG:1:27: 'credHelpers.ghcr.io' is not a string"),
    (#"{"credsStore":["x"]}"#, "DOCKER_AUTH_CONFIG:1:15: 'credsStore' is not a string"),
    (#"{"credsStore":"../x"}"#, "DOCKER_AUTH_CONFIG: '../x' in 'credsStore' is not the name of a credential helper"),
    (#"{"credHelpers":{"ghcr.io":"-x"}}"#, "DOCKER_AUTH_CONFIG: '-x' in 'credHelpers.ghcr.io' is not the name of a credential helper"),
    ("[]", "DOCKER_AUTH_CONFIG:1:1: credentials are not valid JSON: expected an object"),
  ])
  func `an entry that cannot be used is an error with its place, if it is for the registry`(_ text: String, _ message: String) async throws
  {
    let store = try TestHome().store(["DOCKER_AUTH_CONFIG": text])
    let error = await #expect(throws: CredentialError.self) { try await store.credential(for: "ghcr.io", repository: "a") }
    #expect(error.map { "\($0)" } == message)
    if text.contains(#""auths":{"#) || text.contains("credHelpers") {
      #expect(try await store.credential(for: "quay.io", repository: "a") == nil)
    }
  }

  @Test func `a file that is no JSON is an error with its place`() async throws {
    let home = try TestHome()
    let path = try home.write(".docker/config.json", "{\n  \"auths\": {]\n}")
    let error = await #expect(throws: CredentialError.self) { try await home.store().credential(for: "ghcr.io", repository: "a") }
    #expect(error.map { "\($0)" }?.hasPrefix("\(path):2:13: credentials are not valid JSON: ") == true)
  }

  @Test func `a file that cannot be read is an error, one that is missing or empty is not`() async throws {
    let home = try TestHome()
    try home.write(".docker/config.json/x", "")
    let error = await #expect(throws: CredentialError.self) { try await home.store().credential(for: "ghcr.io", repository: "a") }
    #expect(error.map { "\($0)" }?.hasPrefix("cannot read credentials from \(home.path)/.docker/config.json: ") == true)
    let other = try TestHome()
    try other.write(".docker/config.json", " \n")
    #expect(try await other.store().credential(for: "ghcr.io", repository: "a") == nil)
  }

  @Test func `a file that REGISTRY_AUTH_FILE names has to exist`() async throws {
    let store = try TestHome().store(["REGISTRY_AUTH_FILE": "/nowhere/auth.json"])
    await #expect(throws: CredentialError.missingFile(variable: "REGISTRY_AUTH_FILE", file: "/nowhere/auth.json")) {
      try await store.credential(for: "ghcr.io", repository: "a")
    }
  }

  @Test func `no error shows a secret`() async throws {
    for entry in [#"{"auth":"aHVudGVyMjI="}"#, #"{"secret":"hunter22"}"#, #"{"auth":"hunter22!"}"#] {
      let store = try TestHome().store(["DOCKER_AUTH_CONFIG": #"{"auths":{"ghcr.io":\#(entry)}}"#])
      let error = await #expect(throws: CredentialError.self) { try await store.credential(for: "ghcr.io", repository: "a") }
      #expect(error.map { !"\($0)".contains("hunter22") && !"\($0)".contains("aHVudGVyMjI") } == true)
    }
  }
}
