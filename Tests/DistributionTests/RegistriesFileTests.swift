import Distribution
import HTTP
import References
import Testing

/// containers-registries.conf(5) and containers-registries.conf.d(5).
@Suite struct RegistriesFileTests {
  static let system = "/etc/containers/registries.conf"
  static let home = "/home/me"
  static let user = "\(home)/.config/containers/registries.conf"
  static let digest = Samples.digest("x")

  static func read(_ files: [String: String], _ environment: [String: String] = [:]) throws -> ContainersRegistries {
    try ContainersRegistries(
      environment: environment, homeDirectory: home,
      files: MachineFiles(
        read: { path in files[path].map { Array($0.utf8) } },
        list: { directory in
          files.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.utf8.count + 1)) }
        }))
  }

  /// Where a reference is asked for, in order: every request fails until the last.
  static func places(_ text: String, _ file: String) async throws -> [String] {
    let sender = FailingSender()
    let client = RegistryClient(sender: sender, credentials: FixedCredentials(), registries: try read([system: file]).registries)
    _ = try? await client.resolve(try reference(text))
    return sender.urls.map { "\($0)" }
  }

  static let example = """
    # the manual's own example, in short
    unqualified-search-registries = ["example.com"] # comment

    [[registry]]
    prefix = "example.com/foo"
    insecure = false
    blocked = false
    location = "internal.example.net/bar"

    [[registry.mirror]]
    location = "mirror-0.local/mirror-for-foo"

    [[registry.mirror]]
    location = 'mirror-1.local/mirrors/foo/'
    insecure = true

    [[registry]]
    location = "registry.com"
      [[registry.mirror]]
      location = "mirror.registry.com"
    """

  @Test(arguments: [
    (
      "example.com/foo/image:1",
      [
        "https://mirror-0.local/v2/mirror-for-foo/image/manifests/1", "http://mirror-1.local/v2/mirrors/foo/image/manifests/1",
        "https://internal.example.net/v2/bar/image/manifests/1",
      ]
    ),
    (
      "example.com/foo:1",
      [
        "https://mirror-0.local/v2/mirror-for-foo/manifests/1", "http://mirror-1.local/v2/mirrors/foo/manifests/1",
        "https://internal.example.net/v2/bar/manifests/1",
      ]
    ),
    ("example.com/foobar:1", ["https://example.com/v2/foobar/manifests/1"]),
    ("registry.com/image:1", ["https://mirror.registry.com/v2/image/manifests/1", "https://registry.com/v2/image/manifests/1"]),
    ("registry.com:5000/image:1", ["https://registry.com:5000/v2/image/manifests/1"]),
    ("nginx:1", ["https://registry-1.docker.io/v2/library/nginx/manifests/1"]),
  ])
  func `mirrors come in order below their own paths, then the location in the place of the prefix`(_ text: String, _ expected: [String])
    async throws
  {
    #expect(try await Self.places(text, Self.example) == expected)
  }

  @Test func `a mirror serves tags, digests or both`() async throws {
    let file = """
      [[registry]]
      location = "docker.io"
      mirror = [{ location = "tags.test", pull-from-mirror = "tag-only" }, { location = "digests.test", pull-from-mirror = "digest-only" },
        { location = "all.test", pull-from-mirror = "all" }, { location = "both.test" }, ]
      [[registry]]
      location = "quay.io"
      mirror-by-digest-only = true
      mirror = [{ location = "quay.test" }]
      """
    let hosts: ([String]) -> [Substring] = { $0.map { $0.split(separator: "/")[1] } }
    #expect(hosts(try await Self.places("nginx:1", file)) == ["tags.test", "all.test", "both.test", "registry-1.docker.io"])
    #expect(
      hosts(try await Self.places("nginx:1@\(Self.digest)", file)) == ["digests.test", "all.test", "both.test", "registry-1.docker.io"])
    #expect(hosts(try await Self.places("quay.io/a:1", file)) == ["quay.io"])
    #expect(hosts(try await Self.places("quay.io/a@\(Self.digest)", file)) == ["quay.test", "quay.io"])
  }

  @Test func `the longest prefix counts, and a wildcard covers hosts below a domain`() async throws {
    let file = """
      [[registry]]
      prefix = "*.acme.test"
      insecure = true
      [[registry.mirror]]
      location = "mirror.test"
      [[registry]]
      prefix = "a.b.acme.test"
      location = "one.test"
      [[registry]]
      prefix = "a.b.acme.test/team"
      location = "two.test"
      [[registry]]
      prefix = "*.moved.test"
      location = "new.test/old"
      [[registry]]
      prefix = "127.0.0.1:5000"
      location = "localhost:6000/x"
      """
    func places(_ text: String) async throws -> [String] { try await Self.places(text, file) }
    #expect(
      try await places("x.y.acme.test:5000/a:1") == ["https://mirror.test/v2/a/manifests/1", "http://x.y.acme.test:5000/v2/a/manifests/1"])
    #expect(try await places("acme.test/a:1") == ["https://acme.test/v2/a/manifests/1"])
    #expect(try await places("xacme.test/a:1") == ["https://xacme.test/v2/a/manifests/1"])
    #expect(try await places("A.b.acme.test/a:1") == ["https://one.test/v2/a/manifests/1"])
    #expect(try await places("a.b.acme.test/team/a:1") == ["https://two.test/v2/a/manifests/1"])
    #expect(try await places("eu.moved.test/a/b:1") == ["https://new.test/v2/old/a/b/manifests/1"])
    #expect(try await places("127.0.0.1:5000/a:1") == ["http://localhost:6000/v2/x/a/manifests/1"])
  }

  @Test func `Docker Hub can be the location, with its own credentials and host`() async throws {
    let file = "[[registry]]\nprefix = 'cache.test/hub'\nlocation = 'docker.io'"
    let url = "https://registry-1.docker.io/v2/library/nginx/manifests/1"
    let sender = ScriptedSender([
      .on("HEAD \(url)", 401, ["WWW-Authenticate": "Basic realm=x"]),
      .on("HEAD \(url)", "Basic bWU6cGFzcw==", 200, Samples.headers(Self.digest)),
    ])
    let client = RegistryClient(
      sender, ["docker.io": .password(user: "me", Secret("pass"))], registries: try Self.read([Self.system: file]).registries)
    #expect(try await client.resolve(try reference("cache.test/hub/library/nginx:1")).mirror == nil)
    sender.expectAllUsed()
  }

  // MARK: blocked

  static let blocking = "[[registry]]\nlocation = 'bad.test/x'\nblocked = true\n"

  @Test func `a blocked image is not asked for, and the error names the place`() async throws {
    let client = RegistryClient(ScriptedSender([]), registries: try Self.read([Self.system: Self.blocking]).registries)
    let blocked = try reference("bad.test/x/a:1")
    let error = await #expect(throws: RegistryError.self) { try await client.resolve(blocked) }
    #expect(error == .blocked("bad.test/x/a", by: "\(Self.system):3:11"))
  }

  @Test(arguments: [true, false])
  func `what the user blocks, only a configuration of the user's own allows`(_ isTrusted: Bool) async throws {
    let own = try RegistryConfiguration(prefix: "bad.test", mirrors: ["good.test"], isTrusted: isTrusted)
    let sender = FailingSender()
    let client = RegistryClient(
      sender: sender, credentials: FixedCredentials(), registries: [own] + (try Self.read([Self.system: Self.blocking]).registries))
    _ = try? await client.resolve(try reference("bad.test/x/a:1"))
    #expect(sender.urls.map(\.host) == (isTrusted ? ["good.test", "bad.test"] : []))
  }

  // MARK: which files

  static func location(_ prefix: String, _ host: String) -> String { "[[registry]]\nprefix = '\(prefix)'\nlocation = '\(host)'\n" }

  @Test func `the user's file replaces the system's and its drop-in files`() throws {
    var files = [
      Self.system: Self.location("a.test", "system.test"), "\(Self.system).d/10.conf": Self.location("b.test", "ten.test"),
      "\(Self.system).d/20.conf": Self.location("b.test", "twenty.test"), "\(Self.system).d/30.bak": "not TOML",
      "\(Self.user).d/05.conf": Self.location("c.test", "user.test"),
    ]
    func hosts(_ environment: [String: String] = [:]) throws -> [String: String] {
      Dictionary(uniqueKeysWithValues: try Self.read(files, environment).registries.map { ($0.prefix, $0.location?.host ?? "") })
    }
    #expect(try hosts() == ["a.test": "system.test", "b.test": "twenty.test", "c.test": "user.test"])
    files["/named"] = Self.location("n.test", "named.test")
    #expect(
      try hosts(["CONTAINERS_REGISTRIES_CONF": "/named"]) == ["n.test": "named.test", "b.test": "twenty.test", "c.test": "user.test"])
    files[Self.user] = Self.location("c.test", "main.test")
    #expect(try hosts(["CONTAINERS_REGISTRIES_CONF": ""]) == ["c.test": "user.test"])
    files["\(Self.user).d/05.conf"] = nil
    #expect(try hosts() == ["c.test": "main.test"])
  }

  @Test func `without any file there is nothing; a file that is named has to exist`() throws {
    #expect(try Self.read([:]).registries == [])
    #expect(throws: RegistriesFileError.missing(file: "/gone")) { try Self.read([:], ["CONTAINERS_REGISTRIES_CONF": "/gone"]) }
  }

  @Test func `a file that cannot be read is an error`() {
    struct Denied: Error, CustomStringConvertible { var description: String { "cannot read it: denied" } }
    let files = MachineFiles(read: { _ in throw Denied() }, list: { _ in [] })
    #expect(throws: RegistriesFileError.unreadable(reason: "cannot read it: denied")) {
      try ContainersRegistries(environment: [:], homeDirectory: nil, files: files)
    }
  }

  @Test(arguments: [("['docker.io', 'quay.io']", 0), ("['quay.io', 'docker.io']", 1), ("[]", 0)])
  func `another registry for short names is noted, and not followed`(_ searched: String, _ count: Int) throws {
    let notes = try Self.read([Self.system: "unqualified-search-registries = \(searched)\n[aliases]\n'a' = 'quay.io/a'\n"]).notes
    #expect(notes.count == count)
    #expect(notes.allSatisfy { $0.hasPrefix("\(Self.system) looks for names without a registry at 'quay.io' first") })
  }

  // MARK: what is refused

  @Test(arguments: [
    ("[[registry]]\nlocation = 'https://a.test'", "2:12: 'location' is a URL"),
    ("\n[[registry]]\nprefix = 'a.test'", "2:3: the registry 'a.test' needs"),
    ("[[registry]]\ninsecure = true", "1:3: a registry needs a 'location'"),
    ("[[registry]]\nlocation = 'a.test/b:1'", "2:12: 'location' holds a tag"),
    ("[[registry]]\nlocation = 'a b'", "2:12: 'location' is not a host"),
    ("[[registry]]\nlocation = true", "2:12: 'location' is not a string"),
    ("[[registry]]\nlocation = 'a.test'\ninsecure = 'true'", "3:12: 'insecure' is neither true nor false"),
    ("[[registry]]\nprefix = '*.a.test/b'\nlocation = 'c.test'", "2:10: 'prefix' has a '*'"),
    ("[[registry]]\nprefix = 'a.*.test'\nlocation = 'c.test'", "2:10: 'prefix' has a '*'"),
    ("[[registry]]\nlocation = 'a.test'\npull-from-mirror = 'all'", "3:20: 'pull-from-mirror' belongs"),
    ("[[registry]]\nlocation = 'a.test'\nmirror = [{location = 'b', pull-from-mirror = 'tags'}]", "3:47: 'pull-from-mirror' is not"),
    (
      "[[registry]]\nlocation = 'a.test'\nmirror-by-digest-only = true\nmirror = [{location = 'b', pull-from-mirror = 'all'}]",
      "4:47: 'pull-from-mirror' cannot be used beside"
    ),
    ("[[registry]]\nlocation = 'a.test'\n[[registry.mirror]]\ninsecure = true", "3:12: a mirror needs a 'location'"),
    ("registry = 'a.test'", "1:12: 'registry' is not an array of tables"),
    ("unqualified-search-registries = [true]", "1:34: 'unqualified"),
    ("[registries.insecure]\nregistries = ['a.test']", "1:13: [registries.insecure] belongs to version 1"),
    ("[registries.block]\nregistries = ['a.test']", "1:13: [registries.block] belongs to version 1"),
  ])
  func `what is wrong is named with its place`(_ text: String, _ expected: String) {
    let error = #expect(throws: RegistriesFileError.self) { try Self.read([Self.system: text]) }
    #expect(error.map { "\($0)".hasPrefix("\(Self.system):\(expected)") } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `unknown keys and tables, and the old format's empty lists, do not matter`() throws {
    let text = """
      short-name-mode = "enforcing"
      credential-helpers = ["containers-auth.json"]
      [registries.search]
      registries = ['a.test']
      [registries.block]
      registries = []
      [some.thing."new.one"]
      key = { a.b = "x", "c" = [['y'], [true]] }
      [[registry]]
      location = "a.test"
      colour = "blue"
      """
    #expect(try Self.read([Self.system: text]).registries.map(\.prefix) == ["a.test"])
  }

  @Test(arguments: ["1", "-1.5e3", "1979-05-27", "1979-05-27T07:32:00Z", "\"\"\"\na\nb:\n\"\"\"", "[1, 2]", "inf"])
  func `values that nobody asks for can be of any kind, and what is used has to be of its own`(_ value: String) throws {
    let text = "timeout = \(value)\n[[registry]]\nlocation = 'a.test'\nretries = \(value)\n[other]\nx = [\(value)]\n"
    #expect(try Self.read([Self.system: text]).registries.map(\.prefix) == ["a.test"])
    let error = #expect(throws: RegistriesFileError.self) {
      try Self.read([Self.system: "[[registry]]\nlocation = 'a.test'\ninsecure = \(value)\n"])
    }
    #expect(error.map { "\($0)" } == "\(Self.system):3:12: 'insecure' is neither true nor false")
  }

  @Test func `a file that is not TOML is an error with its place`() {
    #expect(throws: RegistriesFileError.invalid(place: "\(Self.system):2:1", problem: "'a' is defined already")) {
      try Self.read([Self.system: "a = 'x'\na = 'y'"])
    }
  }
}
