import References
import Testing

@testable import Verifying

/// What is noted of tags, and how it is written down.
@Suite struct LedgerTests {
  private func observation(_ time: Int64, _ name: String, _ content: String) throws -> Observation {
    let name = try #require(ObservedName(name))
    let content: ReferenceContent =
      name.isImage ? .digest(sample(content)) : .commit(try #require(CommitID(String(sample(content).hex.prefix(40)))))
    return Observation(time: time, name: name, content: content)
  }

  @Test func `an observation is one line of JSON`() throws {
    let image = try observation(1_795_856_400, "docker.io/library/nginx:1.27", "a")
    #expect(
      image.line == #"{"time": "2026-11-28T09:00:00Z", "reference": "docker.io/library/nginx:1.27", "digest": "\#(sample("a"))"}"#)
    let action = try observation(0, "github.com/actions/checkout@feature/\"x\"", "b")
    #expect(
      action.line.hasSuffix(#""reference": "github.com/actions/checkout@feature/\"x\"", "commit": "\#(sample("b").hex.prefix(40))"}"#))
    for observation in [image, action] { #expect(try Observation(parsing: observation.line.utf8) == observation) }
  }

  @Test(arguments: [
    ("nginx", "docker.io/library/nginx:latest"), ("nginx:1.27", "docker.io/library/nginx:1.27"),
    ("localhost:5000/a:1", "localhost:5000/a:1"),
  ])
  func `an image has one name, however it is written`(_ written: String, _ name: String) throws {
    let observed = try #require(ObservedName(try ImageReference(parsing: written)))
    #expect(observed.description == name)
    #expect(ObservedName(name) == observed)
  }

  @Test(arguments: [
    ("actions/checkout@v4", ActionRepository.Service.github, "github.com/actions/checkout@v4"),
    ("GitHub/codeql-action/init@v3", .github, "github.com/github/codeql-action@v3"),
    ("actions/checkout@v4", .forgejo, "forgejo/actions/checkout@v4"),
    ("https://code.forgejo.org/actions/checkout@v4", .forgejo, "https://code.forgejo.org/actions/checkout@v4"),
  ])
  func `an action has the name of its repository`(_ written: String, _ service: ActionRepository.Service, _ name: String) throws {
    let observed = try #require(ObservedName(try ActionReference(parsing: written, on: service)))
    #expect(observed.description == name)
    #expect(ObservedName(name) == observed)
  }

  @Test func `a ledger is sorted by time, and of one content of a tag the earliest counts`() throws {
    let observations = [
      try observation(30, "docker.io/library/nginx:1", "b"), try observation(10, "docker.io/library/nginx:1", "a"),
      try observation(20, "docker.io/library/nginx:1", "a"), try observation(10, "docker.io/library/alpine:3", "c"),
    ]
    let ledger = Ledger(observations)
    #expect(ledger.observations == [observations[3], observations[1], observations[0]])
    #expect(ledger.text == ledger.observations.map { $0.line + "\n" }.joined())
    #expect(ledger.byMonth == ["1970-01": ledger])
    #expect(ledger.firstSeen(observations[1].content, as: observations[1].name) == 10)
  }

  @Test func `what two wrote is one, in whatever order`() throws {
    let first = Ledger([try observation(10, "docker.io/library/nginx:1", "a"), try observation(20, "docker.io/library/nginx:1", "b")])
    let second = Ledger([try observation(15, "docker.io/library/nginx:1", "b"), try observation(30, "github.com/actions/cache@v4", "c")])
    let union = first.union(second)
    #expect(union == second.union(first))
    #expect(union.observations.map(\.time) == [10, 15, 30])
    #expect(try Ledger(parsing: (first.text + second.text).utf8, file: "seen") == union)
    #expect(union.subtracting(first).observations.map(\.time) == [15, 30])
    #expect(first.subtracting(union).isEmpty)
  }

  @Test(arguments: [
    ("", "is not a JSON object"), ("[]", "is not a JSON object"), (#"{"time": "2026-11-28T09:00"#, "is not a JSON object"),
    (#"{"time": 5}"#, "has a key twice, or one whose value is not text"),
    (#"{"time": "2026-11-28"}"#, "has no 'time' such as 2026-11-28T09:00:00Z"),
    (
      #"{"time": "2026-11-28T09:00:00Z", "reference": "nginx:1"}"#,
      "has no 'reference' such as docker.io/library/nginx:1.27 or github.com/actions/checkout@v4"
    ),
    (
      #"{"time": "2026-11-28T09:00:00Z", "reference": "docker.io/library/nginx:1", "digest": "sha256:12"}"#,
      "has no 'digest' of all its digits"
    ),
    (
      #"{"time": "2026-11-28T09:00:00Z", "reference": "github.com/a/b@v1", "digest": "sha256:12"}"#,
      "has no 'commit' of all its digits"
    ),
    ("<<<<<<< HEAD", "is not a JSON object"),
  ])
  func `a line that is no observation fails all, and is named`(_ line: String, _ problem: String) throws {
    let good = try observation(10, "docker.io/library/nginx:1", "a").line
    #expect(throws: Ledger.LineError(file: "seen.jsonl", line: 2, problem: problem)) {
      try Ledger(parsing: "\(good)\n\(line)\n\(good)\n".utf8, file: "seen.jsonl")
    }
  }

  @Test func `a key that nobody knows is an error`() throws {
    let line = try observation(10, "docker.io/library/nginx:1", "a").line.dropLast() + #", "by": "ada"}"#
    #expect(throws: Observation.Malformed.self) { try Observation(parsing: line.utf8) }
  }

  @Test func `no bytes are an empty ledger`() throws { #expect(try Ledger(parsing: [], file: "seen").isEmpty) }
}
