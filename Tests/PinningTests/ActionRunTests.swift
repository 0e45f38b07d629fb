import Configuration
import Dialects
import Foundation
import Pinning
import References
import Rules
import SourceText
import Synchronization
import Testing

/// Counts what it is asked; what it does not have is an error.
final class CountingListing: RefListing {
  private let answers: [String: RepositoryRefs]
  private let record = Mutex<[(repository: String, prefixes: [String])]>([])

  init(_ answers: [String: RepositoryRefs]) { self.answers = answers }

  var asked: [String] { record.withLock { $0.map { "\($0.repository) \($0.prefixes.joined(separator: " "))" }.sorted() } }

  func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs {
    record.withLock { $0.append((repository.description, prefixes)) }
    guard let refs = answers[repository.path.lowercased()] else { throw .unresolved("nobody knows \(repository)", isAbsence: false) }
    return refs
  }
}

@Suite struct ActionRunTests {
  static let old = String(repeating: "1a", count: 20)
  static let new = String(repeating: "2b", count: 20)
  static let path = ".github/workflows/ci.yml"

  private static let checkout = RepositoryRefs(
    tags: ["v4": CommitID(new)!, "v4.2.2": CommitID(new)!, "v3": CommitID(old)!, "v3.6.0": CommitID(old)!],
    branches: ["main": CommitID(old)!, "my-feature": CommitID(new)!], server: "github.com")

  private struct Result {
    var report: Report
    var text: String
    var states: [String] { report.files.flatMap(\.sites).map(\.state.code) }
    var reasons: [String] {
      report.files.flatMap(\.sites).map {
        switch $0.state {
        case .skipped(let reason): reason.rule.id
        case .failed(let failure): failure.rule.id == "stale-comment" ? failure.rule.id : $0.state.code
        default: $0.state.code
        }
      }
    }
  }

  private func run(
    _ command: Report.Command, _ text: String, path: String = path, configuration: String = "", lock: String? = nil,
    listing: any RefListing = CountingListing(["actions/checkout": checkout]), change: (inout RunOptions) -> Void = { _ in }
  ) async throws -> Result {
    var options = RunOptions(command)
    options.isDryRun = true
    options.configuration = try Configuration(parsing: SourceText(configuration), file: ".tagpin.yaml", trust: .user)
    change(&options)
    var dialectOptions = DialectOptions()
    dialectOptions.ignoresActionsLock = options.configuration.actions.lockFile == .ignore
    dialectOptions.pinsPreCommit = options.configuration.actions.pinsPreCommit
    let scan = Scan(options: dialectOptions) { file in
      file.role != .context
        ? .success(Array(text.utf8))
        : lock.map { .success(Array($0.utf8)) } ?? .failure(.system(path: file.path, SystemError(code: ENOENT)))
    }
    let scanned = try #require(scan.scan(SourceFile(path: path, absolutePath: "/r/" + path)))
    let report = await Run(options, resolver: FixtureResolver(), listing: listing).report(on: [scanned])
    return Result(report: report, text: String(decoding: report.files[0].change?.bytes ?? Array(text.utf8), as: UTF8.self))
  }

  private func workflow(_ uses: String...) -> String {
    "jobs:\n  a:\n    steps:\n" + uses.map { "      - uses: \($0)\n" }.joined()
  }

  @Test func `one listing serves all refs of a repository`() async throws {
    let listing = CountingListing(["actions/checkout": Self.checkout])
    let text = workflow(
      "actions/checkout@v4", "actions/checkout@v3", "Actions/Checkout/deep@main", "actions/checkout@v4.2.2", "docker://alpine:3")
    let result = try await run(.pin, text, listing: listing)
    #expect(result.states == ["changed", "changed", "changed", "changed", "changed"])
    #expect(listing.asked == ["actions/checkout refs/heads/main refs/heads/v3 refs/heads/v4 refs/tags/main refs/tags/v3 refs/tags/v4"])
  }

  @Test func `a failed listing fails every reference of it and nothing is written`() async throws {
    var failed = try await run(.pin, workflow("acme/gone@v1", "acme/gone@v2", "actions/checkout@v4")) { $0.isDryRun = false }
    #expect(failed.states == ["failed", "failed", "changed"])
    #expect(failed.report.notWritten != nil)
    #expect(failed.report.exitCode() == 2)
    failed = try await run(.pin, workflow("actions/checkout@deadbee"))
    #expect(failed.states == ["failed"])
  }

  @Test(arguments: [
    ("actions/checkout@\(old) # v4", "actions/checkout@\(new) # v4"),
    ("actions/checkout@\(old) # tag=v4 # keep", "actions/checkout@\(new) # tag=v4 # keep"),
    ("actions/checkout@\(old) # ratchet:actions/checkout@v4", "actions/checkout@\(new) # ratchet:actions/checkout@v4"),
    ("actions/checkout@\(old) # zizmor: ignore[cache-poisoning] # v4", "actions/checkout@\(new) # zizmor: ignore[cache-poisoning] # v4"),
    ("actions/checkout@\(old) # nosemgrep # v4", "actions/checkout@\(new) # nosemgrep # v4"),
    ("actions/checkout@\(old) # v4.2.2 2026-06-19", "actions/checkout@\(new) # v4.2.2 2026-06-19"),
    ("actions/checkout@\(old) # v4, see issue 12", "actions/checkout@\(new) # v4, see issue 12"),
    ("actions/checkout@\(old) # renovate: tag=v4", "actions/checkout@\(new) # renovate: tag=v4"),
    ("actions/checkout@\(old) # my-feature", "actions/checkout@\(new) # my-feature"),
    ("actions/checkout@v4", "actions/checkout@\(new) # v4"), ("actions/checkout@my-feature", "actions/checkout@\(new) # my-feature"),
    ("actions/checkout@my-feature # keep", "actions/checkout@\(new) # pin@my-feature # keep"),
  ]) func `update follows the tag of the comment`(_ before: String, _ after: String) async throws {
    #expect(try await run(.update, workflow(before)).text == workflow(after))
  }

  @Test(arguments: [
    "v4 is broken here", "see issue #4", "keep", "pinned by hand", "2024-01-01", "4", "NOSONAR", "stable", "was v4", "nosemgrep # keep",
    "not v4, but what came before it",
  ]) func `prose is no tag, and an update leaves it alone`(_ comment: String) async throws {
    let result = try await run(.update, workflow("actions/checkout@\(Self.old) # \(comment)"))
    #expect(result.reasons == ["no-tag-recorded"])
    #expect(result.report.exitCode() == 0)
  }

  /// The pin still names its commit, so that nothing else has to wait for it.
  @Test(arguments: ["v9.9.9", "tag=v9", "zizmor: ignore[x] # v9.9", "pin@gone"])
  func `a comment that names no tag fails its reference alone`(_ comment: String) async throws {
    let text = workflow("actions/checkout@\(Self.old) # \(comment)", "actions/checkout@v4")
    let result = try await run(.update, text) { $0.isDryRun = false }
    #expect(result.reasons == ["stale-comment", "changed"])
    #expect(result.report.notWritten?.hasPrefix("a reference could not be resolved") != true)
    #expect(result.report.exitCode() == 2)
    guard case .failed(let failure) = result.report.files[0].sites[0].state else { return }
    #expect(
      failure.message(about: "a").contains("github.com has no tag and no branch 'v9") || comment.contains("gone"), "\(failure)")
    #expect(failure.message(about: "a").hasSuffix("write the tag that it is pinned to, or take the comment away"))
  }

  @Test func `a repository that cannot be asked fails the run, whatever the comment says`() async throws {
    let result = try await run(.update, workflow("acme/gone@\(Self.old) # v1", "actions/checkout@v4")) { $0.isDryRun = false }
    #expect(result.reasons == ["failed", "changed"])
    #expect(result.report.notWritten != nil)
  }

  @Test func `update leaves a pin that is up to date and one without a tag`() async throws {
    let result = try await run(
      .update, workflow("actions/checkout@\(Self.new) # v4", "actions/checkout@\(Self.new)", "actions/checkout@\(Self.new) # by hand"))
    #expect(result.reasons == ["pinned", "no-tag-recorded", "no-tag-recorded"])
  }

  @Test(arguments: [
    ("actions/checkout@\(old) # v4", "actions/checkout@v4"), ("actions/checkout@\(old) # pin@my-feature", "actions/checkout@my-feature"),
    ("actions/checkout@\(old) # my-feature", "actions/checkout@my-feature"),
    ("actions/checkout@\(old) # keep", "actions/checkout@\(old) # keep"),
    ("actions/checkout@\(old) # zizmor: ignore[x] # v4", "actions/checkout@v4 # zizmor: ignore[x]"),
    ("actions/checkout@\(old) # zizmor: ignore[x] # v4 # keep", "actions/checkout@v4 # zizmor: ignore[x] # keep"),
    ("actions/checkout@\(old) # v4, see issue 12", "actions/checkout@v4 # see issue 12"),
    ("actions/checkout@\(old) # v4 (2024-01-01)", "actions/checkout@v4 # (2024-01-01)"),
    ("actions/checkout@\(old) # v4 # keep", "actions/checkout@v4 # keep"),
    ("'actions/checkout@\(old)' # refs/heads/main", "'actions/checkout@refs/heads/main'"),
    ("actions/checkout@\(old) # ratchet:actions/checkout@v4", "actions/checkout@v4"),
    ("actions/checkout@\(old)", "actions/checkout@\(old)"),
  ]) func `unpin goes back to the tag of the comment`(_ before: String, _ after: String) async throws {
    #expect(try await run(.unpin, workflow(before)).text == workflow(after))
  }

  @Test func `the most specific tag is recorded where that is wanted`() async throws {
    let wanted = workflow("actions/checkout@\(Self.new) # v4.2.2")
    #expect(try await run(.pin, workflow("actions/checkout@v4")) { $0.expandsVersions = true }.text == wanted)
    #expect(try await run(.pin, workflow("actions/checkout@v4"), configuration: "actions: {comment: exact}").text == wanted)
    #expect(try await run(.update, workflow("actions/checkout@\(Self.old) # v4")) { $0.expandsVersions = true }.text == wanted)
    #expect(try await run(.unpin, wanted).text == workflow("actions/checkout@v4.2.2"))
  }

  @Test(arguments: [
    (" # v4", " # v4.2.2", "changed"), ("", " # v4.2.2", "changed"), (" # v3", " # v4.2.2", "changed"),
    (" # v4.2.2", " # v4.2.2", "pinned"),
    (" # zizmor: ignore[x] # v4", " # zizmor: ignore[x] # v4.2.2", "changed"), (" # keep", " # v4.2.2 # keep", "changed"),
    (" # main", " # main", "pinned"), (" # v9.9.9", " # v9.9.9", "stale-comment"),
  ]) func `a pin's comment is made to name its own most specific tag, and its commit stays`(
    _ before: String, _ after: String, _ state: String
  )
    async throws
  {
    let pin = "actions/checkout@\(Self.new)"
    let result = try await run(.pin, workflow(pin + before)) { $0.expandsVersions = true }
    #expect(result.text == workflow(pin + after))
    #expect(result.reasons == [state])
    #expect(try await run(.pin, workflow(pin + before), listing: NoRefs()).reasons == ["pinned"])
  }

  @Test func `an update names the tag of a pin that has none beside it, where tags are expanded`() async throws {
    let result = try await run(.update, workflow("actions/checkout@\(Self.old)")) { $0.expandsVersions = true }
    #expect(result.text == workflow("actions/checkout@\(Self.old) # v3.6.0"))
  }

  @Test(arguments: [
    // None stands there, or it lies.
    ("", " # v4.2.2", "changed"), (" # keep", " # v4.2.2 # keep", "changed"), (" # v3.6.0", " # v4.2.2", "changed"),
    (" # v9.9.9", " # v4.2.2", "changed"), (" # tag=v3.6.0 # keep", " # tag=v4.2.2 # keep", "changed"),
    // It tells the truth, or what it names has moved on, which an update follows.
    (" # v4", " # v4", "pinned"), (" # v4.2.2", " # v4.2.2", "pinned"), (" # v3", " # v3", "pinned"), (" # main", " # main", "pinned"),
  ]) func `an update of comments adds those that are missing and mends those that lie`(
    _ before: String, _ after: String, _ state: String
  ) async throws {
    let pin = "actions/checkout@\(Self.new)"
    let result = try await run(.update, workflow(pin + before)) { $0.update = .comments }
    #expect(result.text == workflow(pin + after))
    #expect(result.reasons == [state])
  }

  @Test func `an update of comments says where no tag names the commit, and pins nothing`() async throws {
    let other = String(repeating: "3c", count: 20)
    let result = try await run(
      .update, workflow("actions/checkout@\(other) # v4.2.2", "actions/checkout@\(other)", "actions/checkout@v3", "docker://alpine:3")
    ) { $0.update = .comments }
    #expect(result.reasons == ["stale-comment", "pinned", "unpinned", "unpinned"])
    guard case .failed(let failure) = result.report.files[0].sites[0].state else { return }
    #expect(failure.description.contains("names 'v4.2.2', but that is the commit 2b2b"), "\(failure)")
  }

  @Test(arguments: [
    ("dtolnay/rust-toolchain@stable", "must-stay-tag"), ("dtolnay/rust-toolchain@1.80.0", "must-stay-tag"),
    ("dtolnay/rust-toolchain-extra@v4", "failed"), ("pypa/gh-action-pypi-publish@v1.12.2", "must-stay-tag"),
    ("pypa/gh-action-pypi-publish@v1.12.4", "failed"), ("pypa/gh-action-pypi-publish@release/v1", "failed"),
    ("VirtusLab/bazel-steward@v1.7.2", "must-stay-tag"), ("VirtusLab/bazel-steward@v1", "failed"),
    ("VirtusLab/bazel-steward@v1.7.4", "failed"),
    ("slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0", "must-stay-tag"),
  ]) func `what a commit would break stays as it is`(_ uses: String, _ reason: String) async throws {
    // Nobody knows these repositories here: what is asked for fails.
    #expect(try await run(.pin, workflow(uses)).reasons == [reason])
  }

  @Test func `where no comment can stand the commit is written with a warning`() async throws {
    let result = try await run(.pin, "jobs: {a: {steps: [{uses: actions/checkout@v4}, {uses: actions/checkout@v3}]}}\n")
    #expect(result.text == "jobs: {a: {steps: [{uses: actions/checkout@\(Self.new)}, {uses: actions/checkout@\(Self.old)}]}}\n")
    #expect(result.report.files[0].sites.map(\.notes) == [[.tagNotRecorded("v4")], [.tagNotRecorded("v3")]])
  }

  @Test(arguments: [("images", ["not-selected", "changed"]), ("actions", ["changed", "not-selected"])])
  func `only one kind is pinned where that is wanted`(_ only: String, _ states: [String]) async throws {
    let result = try await run(.pin, workflow("actions/checkout@v4", "docker://alpine:3")) { $0.only = only == "images" ? .image : .action }
    #expect(result.reasons == states)
  }

  @Test(arguments: [
    ("actions/*", true), ("actions/checkout", true), ("Actions/Checkout", true), ("actions/checkout@v4", true), ("actions/*@main", false),
    ("acme/**", false),
  ]) func `rules leave actions alone`(_ pattern: String, _ isIgnored: Bool) async throws {
    let configuration = "ignore: [{ action: \"\(pattern)\" }]"
    for uses in ["actions/checkout/deep@v4", "actions/checkout@\(Self.old) # v4"] where !pattern.hasPrefix("acme") || !uses.contains("#") {
      guard !(uses.contains("deep") && pattern == "actions/*@main") else { continue }
      let result = try await run(.update, workflow(uses), configuration: configuration)
      #expect(result.reasons == [isIgnored ? "ignored-by-configuration" : "changed"], "\(uses)")
    }
  }

  @Test(arguments: [
    ("workflows: {'.github/workflows/ci.yml': ['actions/checkout@v4']}", ["locked", "changed", "changed"]),
    ("workflows:\n  .github/workflows/ci.yml:\n    - Actions/Checkout@v4:sha1-\(new)\n", ["locked", "changed", "changed"]),
    ("workflows: {'.github/workflows/other.yml': ['actions/checkout@v4']}", ["changed", "changed", "changed"]),
    ("workflows: {'.github/workflows/ci.yml': []}", ["changed", "changed", "changed"]), ("{", []),
    ("version: 'v9'", ["locked", "locked", "changed"]),
  ]) func `what the lock file lists is left to it`(_ lock: String, _ reasons: [String]) async throws {
    let text = workflow("actions/checkout/deep@v4", "actions/checkout@v3", "docker://alpine:3")
    #expect(try await run(.pin, text, lock: lock).reasons == reasons)
    #expect(
      try await run(.pin, text, configuration: "actions: {lockfile: ignore}", lock: lock).reasons == ["changed", "changed", "changed"])
  }

  @Test func `a project without a ref is mutable and left alone`() async throws {
    let text = "include:\n  - project: acme/ci\n    file: a.yml\n"
    #expect(try await run(.pin, text, path: ".gitlab-ci.yml").reasons == ["default-branch"])
    let checked = try await run(.check, text, path: ".gitlab-ci.yml")
    #expect(checked.states == ["unpinned"])
    #expect(checked.report.exitCode() == 1)
  }

  @Test func `hooks are pinned only where the configuration says so`() async throws {
    let url = "https://git.example.test/acme/hooks"
    let listing = CountingListing([url: Self.checkout])
    let text = "repos:\n  - repo: \(url)\n    rev: v4\n"
    #expect(try await run(.pin, text, path: ".pre-commit-config.yaml", listing: listing).reasons == ["turned-off"])
    #expect(listing.asked == [])
    let turnedOn = "actions: {pre-commit: true}"
    let pinned = try await run(.pin, text, path: ".pre-commit-config.yaml", configuration: turnedOn, listing: listing)
    #expect(pinned.text == "repos:\n  - repo: \(url)\n    rev: \(Self.new)  # frozen: v4\n")
    let back = try await run(.unpin, pinned.text, path: ".pre-commit-config.yaml", configuration: turnedOn, listing: listing)
    #expect(back.text == text)
  }

  @Test func `commands that only look ask nothing`() async throws {
    let text = workflow("actions/checkout@v4", "actions/checkout@\(Self.old)")
    for command in [Report.Command.check, .list, .unpin] {
      let result = try await run(command, text, listing: NoRefs())
      #expect(result.reasons == ["unpinned", command == .unpin ? "no-tag-recorded" : "pinned"])
    }
  }
}

@Suite struct ActionClaimTests {
  @Test(arguments: [
    (".github/workflows/ci.yml", "github-actions"), (".github/actions/setup/action.yaml", "github-actions"),
    ("tool/action.yml", "github-actions"),
    (".forgejo/workflows/ci.yaml", "forgejo-actions"), (".forgejo/actions/setup/action.yml", "forgejo-actions"),
    (".gitea/workflows/ci.yml", "gitea-actions"), (".gitea/actions/setup/action.yml", "gitea-actions"),
  ]) func `who runs an action is told by its folder`(_ path: String, _ dialect: String) {
    let scan = Scan { _ in .success(Array("runs: {steps: [{uses: a/b@v1}]}\n".utf8)) }
    #expect(scan.scan(SourceFile(path: path, absolutePath: "/r/" + path))?.dialect?.name == dialect)
  }
}
