import Dialects
import Documents
import SourceText
import Testing

@Suite struct HelmValuesTests {
  private func sites(_ text: String, options: DialectOptions = DialectOptions()) throws -> [Site] {
    try Dialect.helm.findings(in: SourceText(text), options: options).sites
  }

  @Test func `the digest goes behind the tag only where the configuration says so`() throws {
    let text = "image:\n  repository: ghcr.io/acme/web\n  tag: \"1.25\"\n"
    guard case .skipped(.notPinnable(let reason))? = try sites(text).first?.content else {
      Issue.record("a tag without a key for the digest is skipped")
      return
    }
    #expect(reason.contains("helm: {tag-digest: true}"))

    var options = DialectOptions()
    options.putsDigestInTag = true
    let site = try #require(try sites(text, options: options).first)
    let end = try #require(text.utf8.firstIndex(of: UInt8(ascii: "1"))?.utf16Offset(in: text)) + 4
    #expect(site.digestKey == DigestKey(name: "digest", range: end..<end, prefix: "@", removal: end..<end))
  }

  @Test func `a key for the digest wins over the tag`() throws {
    var options = DialectOptions()
    options.putsDigestInTag = true
    let text = "image: {repository: nginx, tag: \"1.25\", digest: ''}\n"
    let key = try #require(try sites(text, options: options).first?.digestKey)
    #expect(key.prefix == "")
    #expect(SourceText(text).string((key.range.lowerBound - 1)..<(key.range.upperBound + 1)) == "''")
  }

  @Test(arguments: [
    ("sha: ''", true), ("sha: '' # sha256:…", false), ("digest: ''", false), ("sha256: ''", true), ("imageSha: ''", true),
    ("sha: sha256:" + String(repeating: "a", count: 64), false), ("digest: " + String(repeating: "a", count: 64), true),
  ]) func `a digest is written as its key holds it`(_ line: String, _ isHexOnly: Bool) throws {
    let text = "image:\n  repository: nginx\n  tag: v1\n  \(line)\n"
    #expect(try sites(text).first?.digestKey?.isHexOnly == isHexOnly)
  }

  @Test func `a null digest is replaced`() throws {
    let text = "image:\n  repository: nginx\n  tag: v1\n  digest: null\n"
    let key = try #require(try sites(text).first?.digestKey)
    #expect(SourceText(text).string(key.range) == "null")
  }

  @Test(arguments: [
    "git: {repository: https://github.com/acme/x.git, tag: v1}",
    "git: {repo: acme/x, tag: v1}",
    "repository: ghcr.io/acme/chart\nchart: web\ntag: v1",
    "name: web\ntag: blue",
    "logo: {image: logo.png}",
    "image: https://acme.test/a.png",
    "image: {pullPolicy: Always}",
    "volume: {image: /var/lib/x.img, tag: v1}",
  ]) func `what is no image is left out`(_ text: String) throws {
    #expect(try sites(text).map(\.text) == [])
  }

  @Test func `an unquoted number is no tag`() throws {
    #expect(try sites("imageRepository: nginx\nimageTag: 1.10\n").first?.content == .failed(.numericTag("1.10")))
  }
}

@Suite struct KubernetesRecognitionTests {
  private func isLikely(_ text: String) -> Bool {
    var marks = ContentMarks(Array(text.utf8))
    return Dialects.named("kubernetes")?.isLikely(&marks) ?? false
  }

  @Test func `an artifact is read though no image is named`() {
    #expect(isLikely("apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nspec: {url: oci://ghcr.io/acme/x}\n"))
    #expect(isLikely("apiVersion: v1\nkind: Pod\nspec: {containers: [{image: nginx}]}\n"))
    #expect(!isLikely("apiVersion: v1\nkind: Service\n"))
    #expect(!isLikely("image: nginx\n"))
  }

  @Test(arguments: [
    ("chart/templates/deployment.yaml", "image: {{ .Values.image }}", true),
    ("chart/templates/_helpers.tpl", "{{ define \"x\" }}image: nginx:1{{ end }}", true),
    ("chart/templates/deployment.yaml", "image: nginx:1.25", false),
    ("templates/build.yml", "image: ${{ parameters.image }}", false),
  ]) func `Helm templates are told by path and content`(_ path: String, _ text: String, _ isHelm: Bool) throws {
    let dialect = try #require(Dialects.named("helm-templates"))
    var marks = ContentMarks(Array(text.utf8))
    #expect((dialect.claims(path) && dialect.isLikely(&marks)) == isHelm)
  }
}

extension Dialect {
  fileprivate static var helm: Dialect { Dialects.named("helm-values") ?? Dialects.all[0] }
}
