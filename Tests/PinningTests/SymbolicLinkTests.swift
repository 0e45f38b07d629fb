import Dialects
import Pinning
import Testing

/// Symbolic links that have the name of a dialect.
@Suite struct SymbolicLinkTests {
  private static let service = "notes: 1\nservices:\n  a:\n    image: nginx:1.25\n"

  /// What is found in files, and said of whole ones, in a repository with one link.
  private func found(_ files: [String: String], link: String, to target: String, leavingOut context: Set<String> = []) async -> [String] {
    var sources = files.keys.map { SourceFile(path: $0, absolutePath: "/" + $0, role: context.contains($0) ? .context : .selected) }
    var file = SourceFile(path: link, absolutePath: "/" + link)
    file.linkTarget = target
    sources.append(file)
    let scan = Scan { .success(Array((files[$0.path] ?? "").utf8)) }
    let scanned = await scan.scan(sources, jobs: 1)
    let report = await Run(RunOptions(.list), resolver: FixtureResolver()).report(on: scanned)
    return report.files.flatMap { file -> [String] in
      let note: String? = if case .skipped(_, let reason, _) = file.state { reason } else { nil }
      return file.sites.map { "\(file.path): \($0.site.text)" } + (note.map { ["\(file.path): \($0)"] } ?? [])
    }
  }

  @Test(arguments: [("compose.yaml", "stacks/prod", "stacks/prod"), ("a/compose.yaml", "../b/./prod", "b/prod")])
  func `what it leads to is read once, as what the link is called`(_ link: String, _ target: String, _ path: String) async {
    #expect(await found([path: Self.service], link: link, to: target) == ["\(path): nginx:1.25"])
    #expect(await found([path: "FROM debian:12\n"], link: "a/b/Dockerfile", to: "../../\(path)") == ["\(path): debian:12"])
  }

  @Test func `a file that is known by its own name is no second one`() async {
    #expect(await found(["a/compose.yaml": Self.service], link: "compose.yaml", to: "a/compose.yaml") == ["a/compose.yaml: nginx:1.25"])
    #expect(await found(["a/compose.yaml": Self.service], link: "Dockerfile", to: "a/compose.yaml") == ["a/compose.yaml: nginx:1.25"])
  }

  @Test(arguments: ["/etc/compose.yaml", "../compose.yaml", "none", "compose.yaml", "a"])
  func `one that leads to no file of the repository is said to be not read`(_ target: String) async {
    #expect(
      await found(["a/b": Self.service], link: "compose.yaml", to: target) == [
        "compose.yaml: a symbolic link to '\(target)', which is no file of this repository, so that it is not read"
      ])
    #expect(await found(["a/b": Self.service], link: "compose.conf", to: target) == [])
  }

  @Test func `one that leads to what is left out says so`() async {
    #expect(
      await found(["b/c": Self.service], link: "compose.yaml", to: "b/c", leavingOut: ["b/c"]) == [
        "compose.yaml: a symbolic link to 'b/c', which is left out here"
      ])
  }

  @Test func `a name in another file may be a link's`() async {
    let files = [".gitlab-ci.yml": "include: ci.link\n", "real": "job:\n  image: node:12\n"]
    #expect(await found(files, link: "ci.link", to: "real") == ["real: node:12"])
  }
}
