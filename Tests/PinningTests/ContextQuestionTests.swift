import Dialects
import Pinning
import References
import Synchronization
import Testing

@Suite struct ContextQuestionTests {
  /// The files that are read for what they say of others, as the run names one of them.
  private static func read(_ named: String, _ contexts: [String: String]) async -> (read: [String], own: [String]) {
    let log = Mutex<[String]>([])
    let texts = contexts.merging(["named.yaml": named]) { first, _ in first }
    let scan = Scan { file in
      if file.role == .context { log.withLock { $0.append(file.path) } }
      return .success(Array((texts[file.path] ?? "").utf8))
    }
    let files = texts.keys.sorted().map { SourceFile(path: $0, absolutePath: "/\($0)", role: $0 == "named.yaml" ? .named : .context) }
    let scanned = await scan.scan(files, jobs: 2)
    return (log.withLock { $0.sorted() }, scanned.flatMap(\.ownImages).map(\.name.description))
  }

  private static func pod(_ image: String) -> String { "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: \"\(image)\"}]}\n" }

  @Test(arguments: [("acme/web:1", true), ("acme/web:1@sha256:\(String(repeating: "0", count: 64))", true), ("$WEB", false)])
  func `files are read for their word on an image only where there is one`(_ image: String, _ isRead: Bool) async {
    let read = await Self.read(Self.pod(image), ["other.yaml": Self.pod("acme/web:1"), "compose.yaml": "services: {}\n"]).read
    #expect(read.isEmpty != isRead)
  }

  @Test(arguments: [("acme/web:1", ["docker.io/acme/web"]), ("acme/other:1", [])])
  func `of those that are read, only one that may name the image as its own is parsed`(_ built: String, _ own: [String]) async {
    let config = """
      apiVersion: build.openshift.io/v1
      kind: BuildConfig
      spec: {output: {to: {kind: DockerImage, name: "\(built)"}}, strategy: {customStrategy: {image: busybox}}}

      """
    let result = await Self.read(Self.pod("ghcr.io/acme/web:2"), ["other.yaml": config])
    #expect(result.read == ["other.yaml"])
    #expect(result.own == own)
  }

  @Test func `what shell lines build is found without parsing the file`() async {
    let pipeline = "build:\n  script:\n    - docker build -t acme/web:1 .\n  broken: [\n"
    let result = await Self.read(Self.pod("acme/web:2"), [".gitlab-ci.yml": pipeline])
    #expect(result.own == ["docker.io/acme/web"])
  }

  @Test func `a build whose name only a variable makes whole is found all the same`() async throws {
    let script = "#!/bin/sh\nAPP=we\ndocker build -t acme/${APP}b:1 .\n"
    let scan = Scan { .success(Array(($0.path == "named.yaml" ? Self.pod("acme/web:1") : script).utf8)) }
    let files = [
      SourceFile(path: "named.yaml", absolutePath: "/named.yaml", role: .named),
      SourceFile(path: "build.sh", absolutePath: "/build.sh", role: .context),
    ]
    let own = await scan.scan(files, jobs: 1).flatMap(\.ownImages)
    #expect(own.map(\.name.description) == ["docker.io/acme/web"])
  }
}
