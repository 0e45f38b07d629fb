import Dialects
import Pinning
import References
import Testing

/// What one file of a repository says of another.
@Suite struct LinkedFilesTests {
  /// What `pin` makes of the files, by path; `context` are read only for what they say of others.
  private func pin(_ files: [String: String], context: Set<String> = []) async -> [String: String] {
    let sources = files.keys.sorted().map {
      SourceFile(path: $0, absolutePath: "/" + $0, role: context.contains($0) ? .context : .selected)
    }
    let scanned = await Scan { .success(Array(files[$0.path, default: ""].utf8)) }.scan(sources, jobs: 2)
    var options = RunOptions(.pin)
    options.isDryRun = true
    let report = await Run(options, resolver: FixtureResolver()).report(on: scanned)
    return Dictionary(
      uniqueKeysWithValues: report.files.compactMap { file in file.change.map { (file.path, String(decoding: $0.bytes, as: UTF8.self)) } })
  }

  private func digest(_ reference: String) async throws -> String {
    try await FixtureResolver().digest(of: ImageReference(parsing: reference), platform: nil).description
  }

  @Test(arguments: [
    (".devcontainer/devcontainer.json", #"{"build": {"dockerfile": "Dockerfile", "context": ".."}}"#, ".devcontainer/Dockerfile"),
    (".devcontainer/devcontainer.json", #"{"dockerFile": "../docker/dev.df" /* anything */}"#, "docker/dev.df"),
    (".devcontainer.json", #"{"build": {"dockerfile": "./ci/Dockerfile"}}"#, "ci/Dockerfile"),
    (".devcontainer/go/devcontainer.json", #"{"build": {"dockerfile": "../Containerfile.go"}}"#, ".devcontainer/Containerfile.go"),
  ])
  func `what a dev container is built from takes a digest alone`(_ path: String, _ container: String, _ dockerfile: String) async throws {
    let text = "# syntax=docker/dockerfile:1\nARG BASE=debian:12\nFROM golang:1.25 AS tools\nFROM $BASE\nCOPY --from=acme/files:1 /a /a\n"
    let files = [path: container, dockerfile: text, "other/Dockerfile": text]
    let expected = """
      # syntax=docker/dockerfile:1@\(try await digest("docker/dockerfile:1"))
      # tag=12
      ARG BASE=debian@\(try await digest("debian:12"))
      # tag=1.25
      FROM golang@\(try await digest("golang:1.25")) AS tools
      FROM $BASE
      COPY --from=acme/files:1@\(try await digest("acme/files:1")) /a /a

      """
    let pinned = await pin(files)
    #expect(pinned[dockerfile] == expected)
    #expect(pinned["other/Dockerfile"]?.contains("FROM golang:1.25@\(try await digest("golang:1.25")) AS tools") ?? false)
    // The container's own file need not be among those that are worked on.
    #expect(await pin(files, context: [path])[dockerfile] == expected)
  }

  @Test func `the service of a dev container takes a digest alone`() async throws {
    let pinned = await pin([
      ".devcontainer/devcontainer.json": #"{"dockerComposeFile": ["../compose.yaml", "compose.dev.yaml"], "service": "app"}"#,
      "compose.yaml": "services:\n  app:\n    image: debian:12\n  db:\n    image: postgres:16\n",
      ".devcontainer/compose.dev.yaml":
        "services:\n  app: {build: {context: .., dockerfile: dev/image}}\n  db: {build: {context: ../db, dockerfile: image}}\n",
      "dev/image": "FROM debian:12\n", "db/image": "FROM postgres:16\n",
    ])
    let debian = "debian@\(try await digest("debian:12"))"
    let postgres = "postgres:16@\(try await digest("postgres:16"))"
    #expect(pinned["compose.yaml"] == "services:\n  app:\n    image: \(debian) # tag=12\n  db:\n    image: \(postgres)\n")
    #expect(pinned["dev/image"] == "# tag=12\nFROM \(debian)\n")
    #expect(pinned["db/image"] == "FROM \(postgres)\n")
  }

  @Test(arguments: [
    ("compose.yaml", "services: {a: {build: {dockerfile: web.df}}}\n", "web.df"),
    ("deploy/compose.yaml", "services: {a: {build: {context: ../web, dockerfile: ../docker/web}}}\n", "docker/web"),
    ("compose.yaml", "x: &b {context: ./web}\nservices: {a: {build: {<<: *b, dockerfile: image.txt}}}\n", "web/image.txt"),
    ("hello/action.yml", "runs: {using: docker, image: image.docker}\n", "hello/image.docker"),
  ]) func `a file that another calls a Dockerfile is one`(_ path: String, _ text: String, _ dockerfile: String) async throws {
    let files = [path: text, dockerfile: "FROM debian:12\n", "unrelated.df": "FROM debian:12\n"]
    #expect(await pin(files) == [dockerfile: "FROM debian:12@\(try await digest("debian:12"))\n"])
    #expect(await pin(files, context: [dockerfile]) == [:])
  }

  @Test(arguments: [
    "", "/etc/Dockerfile", "../../Dockerfile", "${DIR}/Dockerfile", "https://example.test/Dockerfile", "a\\Dockerfile",
  ]) func `what is no path in the repository is no link`(_ path: String) {
    #expect(FileNames.path(path).paths(from: "a/file") == [])
  }

  @Test(arguments: [
    ("file", "Dockerfile", "Dockerfile"), ("a/b/file", "../c/./Dockerfile", "a/c/Dockerfile"), ("a/file", "./x//y", "a/x/y"),
  ]) func `a path is relative to the folder of the file`(_ file: String, _ path: String, _ expected: String) {
    #expect(FileNames.path(path).paths(from: file) == [expected])
  }
}
