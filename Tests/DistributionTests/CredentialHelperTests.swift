import Distribution
import HTTP
import Testing

/// Programs that keep credentials (docker-credential-helpers).
@Suite struct CredentialHelperTests {
  static let working = Credential.password(user: "u", Secret("s3cret"))

  @Test func `a helper is asked for the registry, once`() async throws {
    let home = try TestHome()
    try home.addWorkingHelper("x")
    try home.write(".docker/config.json", #"{"credHelpers":{"ghcr.io":"x","docker.io":"x"}}"#)
    let store = home.store()
    await withTaskGroup(of: Void.self) { group in
      for repository in ["a", "b", "c", "d"] {
        group.addTask {
          let credential = try? await store.credential(for: "ghcr.io", repository: repository)
          #expect(credential == Self.working)
        }
      }
    }
    #expect(home.read("calls") == "get|ghcr.io|")
    #expect(try await store.credential(for: "ghcr.io", repository: "later") == Self.working)
    #expect(home.read("calls") == "get|ghcr.io|")
    #expect(try await store.credential(for: "docker.io", repository: "library/nginx") == Self.working)
    #expect(home.read("calls") == "get|ghcr.io|get|https://index.docker.io/v1/|")
  }

  @Test(arguments: [
    (#"{"credHelpers":{"ghcr.io":"own"},"credsStore":"all","auths":{"ghcr.io":{"auth":"aW46bGluMw=="}}}"#, "own"),
    (#"{"credHelpers":{"quay.io":"own"},"credsStore":"all","auths":{"ghcr.io":{"auth":"aW46bGluMw=="}}}"#, "all"),
    (#"{"credsStore":"none","auths":{"ghcr.io":{"auth":"aW46bGluMw=="}}}"#, nil),
    (#"{"credHelpers":{"ghcr.io":""},"credsStore":"all","auths":{"ghcr.io":{"auth":"aW46bGluMw=="}}}"#, "in"),
    (#"{"credsStore":"","auths":{"ghcr.io":{"auth":"aW46bGluMw=="}}}"#, "in"),
  ])
  func `a registry's own helper comes before the store, and the store before entries`(_ config: String, _ user: String?) async throws {
    let home = try TestHome()
    try home.addWorkingHelper("own", user: "own")
    try home.addWorkingHelper("all", user: "all")
    try home.addHelper("none", "cat >/dev/null; echo 'credentials not found in native keychain'; exit 1")
    try home.write(".docker/config.json", config)
    let credential = try await home.store().credential(for: "ghcr.io", repository: "a")
    let found: String? = if case .password(let user, _) = credential { user } else { nil }
    #expect(found == user)
  }

  @Test func `the next place is asked where a helper has nothing`() async throws {
    let home = try TestHome()
    try home.addHelper("none", "cat >/dev/null; echo 'credentials not found in native keychain'; exit 1")
    try home.write(".docker/config.json", #"{"credsStore":"none"}"#)
    try home.write(".config/containers/auth.json", #"{"auths":{"ghcr.io":{"username":"p","password":"pw"}}}"#)
    #expect(try await home.store().credential(for: "ghcr.io", repository: "a") == .password(user: "p", Secret("pw")))
  }

  @Test(arguments: ["", "u", "<token>"])
  func `an answer without a secret means that there is none`(_ user: String) async throws {
    let home = try TestHome()
    try home.addWorkingHelper("none", user: user, secret: "")
    try home.write(".docker/config.json", #"{"credsStore":"none"}"#)
    let store = home.store()
    #expect(try await store.credential(for: "ghcr.io", repository: "a") == nil)
    try home.write(".dockercfg", #"{"ghcr.io":{"username":"p","password":"pw"}}"#)
    let next = try await home.store().sourcedCredential(for: "ghcr.io", repository: "a")
    #expect(next == SourcedCredential(.password(user: "p", Secret("pw")), source: "'ghcr.io' in \(home.path)/.dockercfg"))
    #expect(
      await store.places(for: "ghcr.io", repository: "a") == [
        "/run/containers/4294967000/auth.json", "\(home.path)/.config/containers/auth.json",
        "\(home.path)/.docker/config.json (the helper 'docker-credential-none')", "\(home.path)/.dockercfg",
      ])
  }

  @Test func `the user <token> means an identity token`() async throws {
    let home = try TestHome()
    try home.addWorkingHelper("x", user: "<token>")
    try home.write(".docker/config.json", #"{"credsStore":"x"}"#)
    #expect(try await home.store().credential(for: "ghcr.io", repository: "a") == .identityToken(user: nil, Secret("s3cret")))
  }

  @Test func `a long secret is read whole`() async throws {
    let home = try TestHome()
    try home.addHelper("x", #"cat >/dev/null; printf '{"Username":"u","Secret":"'; head -c 200000 /dev/zero | tr '\0' x; printf '"}'"#)
    try home.write(".docker/config.json", #"{"credsStore":"x"}"#)
    let credential = try #require(try await home.store().credential(for: "ghcr.io", repository: "a"))
    #expect(credential.secret.text.utf8.count == 200_000)
  }

  static let failures: [(String, String)] = [
    ("echo 'no credentials server URL'; exit 1", "failed for ghcr.io: no credentials server URL"),
    ("echo 'keychain is locked' >&2; exit 3", "failed for ghcr.io: keychain is locked"),
    ("exit 2", "failed for ghcr.io: it ended with exit code 2"),
    ("kill -9 $$", "failed for ghcr.io: it ended with signal 9"),
    ("cat >/dev/null; echo hunter22", "gave no credential for ghcr.io: its answer is not a JSON object"),
    ("cat >/dev/null", "gave no credential for ghcr.io: its answer is not a JSON object"),
    (#"echo '{"Username":"u"}'"#, "gave no credential for ghcr.io: its answer has no 'Secret'"),
    (#"echo '{"Username":"","Secret":"hunter22"}'"#, "gave no credential for ghcr.io: the 'Username' of its answer is empty"),
    (#"echo '{"Secret":"hunter22"}'"#, "gave no credential for ghcr.io: its answer has no 'Username'"),
    ("head -c 3000000 /dev/zero", "gave no credential for ghcr.io: its answer is longer than 1048576 bytes"),
  ]

  @Test(arguments: failures)
  func `a helper that fails is an error that names it and the registry`(_ script: String, _ message: String) async throws {
    let home = try TestHome()
    try home.addHelper("x", script)
    try home.write(".docker/config.json", #"{"credsStore":"x"}"#)
    let store = home.store()
    for _ in 0..<2 {
      let error = await #expect(throws: CredentialError.self) { try await store.credential(for: "ghcr.io", repository: "a") }
      #expect(error.map { "\($0)" } == "the credential helper 'docker-credential-x' \(message)")
    }
  }

  @Test func `a helper that is missing is an error that names it, the registry and the file`() async throws {
    let home = try TestHome()
    let path = try home.write(".docker/config.json", #"{"credsStore":"desktop"}"#)
    let store = home.store()
    await #expect(throws: CredentialError.helperMissing(helper: "docker-credential-desktop", registry: "ghcr.io", file: path)) {
      try await store.credential(for: "ghcr.io", repository: "a")
    }
  }

  @Test(arguments: ["sleep 1000", "sleep 1000 & wait", "trap '' TERM; while :; do sleep 1000; done"])
  func `a helper that hangs is killed with all it started`(_ script: String) async throws {
    let home = try TestHome()
    try home.addHelper("x", "echo $$ > \"\(home.path)/pid\"\n\(script)")
    try home.write(".docker/config.json", #"{"credsStore":"x"}"#)
    let store = home.store(timeout: .seconds(15))
    await #expect(throws: CredentialError.helperTimeout(helper: "docker-credential-x", registry: "ghcr.io", seconds: 15)) {
      try await store.credential(for: "ghcr.io", repository: "a")
    }
    let session = try #require(home.read("pid")).dropLast()
    #expect(TestProcesses.areGone(session: String(session)))
  }
}
