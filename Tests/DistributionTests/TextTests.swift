import Distribution
import HTTP
import References
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("no such tag", "no such tag"),
    (" a\u{1B}[31mred\u{7}\r\nb\u{202E}c ", "a [31mred b c"),
    ("::error::x\n::set-output", "::error::x ::set-output"),
    ("zero\u{200B}width\u{2028}line", "zero width line"),
    ("Zürich 東京", "Zürich 東京"),
    ("\u{0}\u{1}", nil), ("", nil),
  ])
  func `makes a server's text fit to be shown`(_ text: String, _ expected: String?) {
    #expect(ServerText.shown(text) == expected)
  }

  @Test func `long text is cut`() throws {
    let text = try #require(ServerText.shown(String(repeating: "ab ", count: 10_000)))
    #expect(text.unicodeScalars.count == ServerText.maximumLength + 1)
    #expect(text.hasSuffix("…"))
  }

  @Test func `secrets are taken out`() {
    _ = Secret("hunter22")
    #expect(ServerText.shown("bad password hunter22 for hunter22!") == "bad password *** for ***!")
  }

  @Test func `nothing prints a secret`() {
    let credential = Credential.password(user: "me", Secret("hunter22"))
    var dumped = ""
    dump(credential, to: &dumped)
    #expect(!"\(credential) \(String(reflecting: credential)) \(dumped)".contains("hunter22"))
  }

  @Test(arguments: [
    ("application/vnd.oci.image.index.v1+json", MediaType.index),
    ("Application/vnd.OCI.image.index.v1+json; charset=utf-8", .index),
    ("application/vnd.docker.distribution.manifest.v2+json;charset=utf-8", .dockerManifest),
    ("application/vnd.docker.distribution.manifest.list.v2+json", .dockerManifestList),
    ("application/vnd.oci.image.manifest.v1+json ", .manifest),
    ("application/json", nil), ("text/html", nil), ("", nil), ("application/vnd.docker.distribution.manifest.v1+json", nil),
  ])
  func `reads media types`(_ field: String, _ expected: MediaType?) {
    #expect(MediaType(contentType: field) == expected)
  }

  @Test func `every type is accepted in one field`() {
    #expect(
      MediaType.accept
        == "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
        + "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json")
  }

  @Test(arguments: [
    (Digest.Algorithm.sha256, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .sha384,
      "sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
    ),
    (
      .sha512,
      "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
  ])
  func `hashes bytes`(_ algorithm: Digest.Algorithm, _ expected: String) {
    #expect(Digest(of: Array("abc".utf8), algorithm).description == expected)
  }

  @Test(arguments: [
    ("linux/arm64", ["linux/arm64"]), ("linux/arm64/v8", ["linux/arm64"]), ("linux/aarch64", ["linux/arm64"]),
    ("linux/arm64/v9", ["linux/arm64/v9", "linux/arm64"]),
    ("linux/amd64", ["linux/amd64"]), ("linux/x86_64/v1", ["linux/amd64"]),
    ("linux/amd64/v3", ["linux/amd64/v3", "linux/amd64/v2", "linux/amd64"]),
    ("linux/arm", ["linux/arm/v7", "linux/arm/v6", "linux/arm/v5"]), ("linux/arm/6", ["linux/arm/v6", "linux/arm/v5"]),
    ("linux/armel", ["linux/arm/v6", "linux/arm/v5"]), ("linux/riscv64", ["linux/riscv64"]), ("macOS/arm64", ["darwin/arm64"]),
  ])
  func `knows which platforms do`(_ text: String, _ expected: [String]) throws {
    #expect(try #require(Platform(text)).acceptable.map(\.description) == expected)
  }
}
