import Configuration
import Dialects
import Pinning
import References
import Rules
import Testing

@Suite struct CompanionTests {
  private static let container = #"{"features": {"ghcr.io/acme/a:1": {}, "ghcr.io/acme/b:1": {}}}"#

  /// The features of a container that a lock file lists are left to it; the lock file's name follows that of the container's file.
  @Test(arguments: [
    (".devcontainer/devcontainer.json", ".devcontainer/devcontainer-lock.json"), (".devcontainer.json", ".devcontainer-lock.json"),
    ("a/.devcontainer/b/devcontainer.json", "a/.devcontainer/b/devcontainer-lock.json"),
  ]) func `what the lock file lists is left to it`(_ path: String, _ lock: String) throws {
    let scan = Scan { file in
      switch file.absolutePath {
      case "/repository/" + path: .success(Array(Self.container.utf8))
      case "/repository/" + lock: .success(Array(#"{"features": {"ghcr.io/acme/a:1": {"resolved": "ghcr.io/acme/a@sha256:0"}}}"#.utf8))
      default: .success(Array("no JSON".utf8))
      }
    }
    let sites = try #require(scan.scan(SourceFile(path: path, absolutePath: "/repository/" + path))).findings.sites
    #expect(sites.map { $0.image?.written } == [nil, "ghcr.io/acme/b:1"])
    #expect(sites.first?.content == .skipped(.notPinnable("pinned by the lock file beside it")))
  }

  @Test(arguments: ["no JSON", #"{"features": {"#])
  func `a lock file that cannot be read fails the file`(_ lock: String) throws {
    let scan = Scan { file in .success(Array((file.path.hasSuffix("lock.json") ? lock : Self.container).utf8)) }
    let file = try #require(scan.scan(SourceFile(path: "devcontainer.json", absolutePath: "/repository/devcontainer.json")))
    #expect(file.findings.sites.isEmpty)
    guard case .failed(.notRead, let problem, at: nil) = file.state else { Issue.record("\(String(describing: file.state))"); return }
    #expect(problem.hasPrefix("cannot tell what is to be pinned in it: cannot read 'devcontainer-lock.json:1:"), "\(problem)")
  }

  @Test(arguments: ["{}", "", "\r\n", "[]", #"{"features": {"ghcr.io/acme/a:1": {}}}"#])
  func `a lock file that says nothing locks nothing`(_ lock: String) throws {
    let scan = Scan { file in .success(Array((file.path.hasSuffix("lock.json") ? lock : Self.container).utf8)) }
    let sites = try #require(scan.scan(SourceFile(path: "devcontainer.json", absolutePath: "/repository/devcontainer.json"))).findings.sites
    #expect(sites.compactMap(\.image).count == 2)
  }
}
