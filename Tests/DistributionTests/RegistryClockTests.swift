import Distribution
import HTTP
import References
import Testing

/// When tags came to name digests, by the clocks of registries.
@Suite struct RegistryClockTests {
  static let (old, new) = (Samples.digest("old"), Samples.digest("new"))

  private func times(_ text: String, _ url: String, _ body: String, status: Int = 200) async throws -> [TagTime] {
    let sender = ScriptedSender([.on("GET \(url)", status, [:], body)])
    defer { sender.expectAllUsed() }
    return try await RegistryClient(sender).tagTimes(of: try reference(text))
  }

  @Test func `Docker Hub tells when a tag was last pushed, and what it named then`() async throws {
    let found = try await times(
      "nginx:1.27", "https://hub.docker.com/v2/repositories/library/nginx/tags/1.27",
      #"{"name":"1.27","tag_last_pushed":"2026-11-26T09:00:00.5064Z","digest":"\#(Self.new)","images":[{"digest":"\#(Self.old)"},{"os":"linux"}]}"#
    )
    #expect(found == [TagTime(digest: Self.new, seconds: 1_795_683_600), TagTime(digest: Self.old, seconds: 1_795_683_600)])
  }

  @Test func `Quay tells all that a tag ever named`() async throws {
    let found = try await times(
      "quay.io/acme/app:v1", "https://quay.io/api/v1/repository/acme/app/tag/?specificTag=v1&onlyActiveTags=false&limit=100",
      #"{"has_additional":false,"tags":[{"name":"v1","start_ts":200,"manifest_digest":"\#(Self.new)"},{"name":"v1","start_ts":100,"end_ts":200,"manifest_digest":"\#(Self.old)"}]}"#
    )
    #expect(found == [TagTime(digest: Self.new, seconds: 200), TagTime(digest: Self.old, seconds: 100)])
  }

  @Test func `Chainguard tells the history of a tag to who has a token for its repository`() async throws {
    let url = "https://cgr.dev/v2/chainguard/static/_chainguard/history/latest"
    let challenge: HTTPFields = [
      "WWW-Authenticate": #"Bearer realm="https://cgr.dev/token",service="cgr.dev",scope="repository:chainguard/static:pull""#
    ]
    let sender = ScriptedSender([
      .on("GET \(url)", 401, challenge),
      .on(
        "GET https://cgr.dev/token?service=cgr.dev&scope=repository%3Achainguard%2Fstatic%3Apull", 200, [:], #"{"token":"anonymous-pull"}"#),
      .on(
        "GET \(url)", "Bearer anonymous-pull", 200, [:],
        #"{"history":[{"updateTimestamp":"2026-11-26T09:00:00.135Z","digest":"\#(Self.new)"}]}"#),
    ])
    let found = try await RegistryClient(sender).tagTimes(of: try reference("cgr.dev/chainguard/static"))
    #expect(found == [TagTime(digest: Self.new, seconds: 1_795_683_600)])
    sender.expectAllUsed()
  }

  @Test(arguments: [#"{"message":"object not found"}"#, "<html>", "{}", #"{"tag_last_pushed":null,"digest":"sha256:1"}"#])
  func `an answer that says nothing is no evidence`(_ body: String) async throws {
    #expect(try await times("nginx:1.27", "https://hub.docker.com/v2/repositories/library/nginx/tags/1.27", body).isEmpty)
  }

  @Test func `a refusal is no evidence, and other registries are not asked`() async throws {
    #expect(try await times("nginx:1.27", "https://hub.docker.com/v2/repositories/library/nginx/tags/1.27", "", status: 403).isEmpty)
    #expect(try await RegistryClient(ScriptedSender([])).tagTimes(of: try reference("ghcr.io/acme/app:1")).isEmpty)
    #expect(RegistryClient.clockName(of: try reference("ghcr.io/acme/app:1")) == nil)
  }
}
