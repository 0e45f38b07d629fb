import Distribution
import Testing

@Suite struct ChallengeTests {
  static let bearer = Challenge(
    scheme: "bearer",
    parameters: ["realm": "https://auth.docker.io/token", "service": "registry.docker.io", "scope": "repository:a:pull,push"])

  static let table: [([String], [Challenge])] = [
    ([#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a:pull,push""#], [bearer]),
    ([#"bEARER  Realm = "https://auth.docker.io/token" ,SERVICE=registry.docker.io , scope="repository:a:pull,push""#], [bearer]),
    (["Bearer realm=https://auth.docker.io/token,service=registry.docker.io,scope=\"repository:a:pull,push\""], [bearer]),
    // Several in one field, several fields, both.
    (
      [#"Basic realm="a, b", Bearer realm="r",service="s""#],
      [
        Challenge(scheme: "basic", parameters: ["realm": "a, b"]), Challenge(scheme: "bearer", parameters: ["realm": "r", "service": "s"]),
      ]
    ),
    (
      [#"Basic realm="x""#, #"Bearer realm="r""#],
      [
        Challenge(scheme: "basic", parameters: ["realm": "x"]), Challenge(scheme: "bearer", parameters: ["realm": "r"]),
      ]
    ),
    (["Negotiate, Basic realm=\"x\""], [Challenge(scheme: "negotiate"), Challenge(scheme: "basic", parameters: ["realm": "x"])]),
    (
      ["NTLM TlRMTVNTUAAC==, Basic realm=\"x\""],
      [
        Challenge(scheme: "ntlm", token68: "TlRMTVNTUAAC=="), Challenge(scheme: "basic", parameters: ["realm": "x"]),
      ]
    ),
    (["Basic"], [Challenge(scheme: "basic")]),
    // Empty values, quoted or not.
    ([#"Bearer realm="r",empty="",service="s""#], [Challenge(scheme: "bearer", parameters: ["realm": "r", "empty": "", "service": "s"])]),
    (["Bearer empty=,service=s"], [Challenge(scheme: "bearer", parameters: ["empty": "", "service": "s"])]),
    // Escapes and commas in quotes.
    ([#"Bearer realm="a\"b\\c,d""#], [Challenge(scheme: "bearer", parameters: ["realm": #"a"b\c,d"#])]),
    // Empty list elements, nothing at all, and what is no challenge.
    ([", ,Basic realm=x,,"], [Challenge(scheme: "basic", parameters: ["realm": "x"])]),
    ([""], []), ([], []), ([" , "], []),
    (["=x, Basic realm=y"], [Challenge(scheme: "basic", parameters: ["realm": "y"])]),
    (["realm=\"x\""], []),
    // A quote that never closes loses its own parameter only.
    ([#"Bearer service="s",realm="https://auth"#], [Challenge(scheme: "bearer", parameters: ["service": "s"])]),
    // Repeated names: the first counts, scopes add up.
    (
      [#"Bearer realm="a",realm="b",scope="repository:x:pull",scope="repository:y:pull""#],
      [
        Challenge(scheme: "bearer", parameters: ["realm": "a", "scope": "repository:x:pull repository:y:pull"])
      ]
    ),
  ]

  @Test(arguments: table)
  func `reads challenges`(_ fields: [String], _ expected: [Challenge]) {
    #expect(Challenge.parse(fields) == expected)
  }

  @Test(arguments: [
    ("repository:library/nginx:pull", "repository:library/nginx:pull"),
    ("repository:host:5000/a:push,pull,pull", "repository:host:5000/a:pull,push"),
    ("repository(plugin):a:pull", "repository(plugin):a:pull"),
    ("repository:a", nil), ("repository::pull", nil), ("repository:a:", nil), ("", nil), (":", nil),
  ])
  func `reads scopes, whose names may hold colons`(_ written: String, _ expected: String?) {
    #expect(TokenScope(written)?.description == expected)
  }

  @Test func `a list of scopes is separated by spaces`() {
    let names = TokenScope.list("repository:a:pull  repository:b:pull nonsense").map(\.resourceName)
    #expect(names == ["a", "b"])
  }
}
