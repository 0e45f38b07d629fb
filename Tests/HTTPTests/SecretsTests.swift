import HTTP
import Testing

/// What is blanked in output. Each test has secrets of its own: the process knows them from then on.
@Suite struct SecretsTests {
  @Test(arguments: [
    #"pa"ss\w%rd&<é>|'x:1,"#,  // as it is
    #"pa\"ss\\w%rd&<é>|'x:1,"#,  // JSON
    "pa%22ss%5Cw%25rd%26%3C%C3%A9%3E%7C%27x%3A1%2C", "pa%22ss%5cw%25rd%26%3c%c3%a9%3e%7c%27x%3a1%2c",  // a query's value
    "pa%22ss%5Cw%25rd%26%3C%C3%A9%3E%7C'x%3A1%2C",  // encodeURIComponent
    #"pa"ss\w%25rd&<é>|'x:1,"#, #"pa"ss\w%25rd&<é>|'x%3A1%2C"#,  // GitHub's commands
    #"pa"ss\w%rd&<é>\|'x:1,"#,  // a table of Markdown
    #"pa&quot;ss\w%rd&amp;&lt;é&gt;|&#39;x:1,"#, #"pa&quot;ss\w%rd&amp;&lt;é&gt;|&apos;x:1,"#,  // XML
    "cGEic3NcdyVyZCY8w6k+fCd4OjEs", "cGEic3NcdyVyZCY8w6k-fCd4OjEs",  // base64, both alphabets
    "bWU6cGEic3Ncdyclient", "Basic bWU6cGEic3NcdyVyZCY8w6k+fCd4OjEs", "bWU6cGEic3NcdyVyZCY8w6k-fCd4OjEs",  // with the user
  ])
  func `hides a password in every form in which it may come back`(_ form: String) {
    let secret = Secret(#"pa"ss\w%rd&<é>|'x:1,"#)
    _ = secret.basic(user: "me")
    let isSecret = !form.hasSuffix("client")
    let shown = Secrets.hidden(in: "before \(form) after")
    #expect(shown == (isSecret ? "before \(form.hasPrefix("Basic ") ? "Basic " : "")*** after" : "before \(form) after"))
  }

  /// See `Reporting/RunnerCommands`.
  @Test(arguments: ["##[a]passw0rd", "#\\u0023[a]passw0rd", "\\x23#[a]passw0rd"])
  func `a secret is hidden where it is kept from being a command, too`(_ form: String) {
    _ = Secret("##[a]passw0rd")
    #expect(Secrets.hidden(in: "before \(form) after") == "before *** after")
  }

  @Test func `base64 is hidden with its padding and without`() {
    _ = Secret("padded-passw0rd").basic(user: "u")
    #expect(Secrets.hidden(in: "<dTpwYWRkZWQtcGFzc3cwcmQ=> <dTpwYWRkZWQtcGFzc3cwcmQ>") == "<***> <***>")
  }

  @Test func `secrets that overlap or touch are one`() {
    for text in ["overlap-one", "one-overlap-two", "touching1", "touching2"] { _ = Secret(text) }
    #expect(Secrets.hidden(in: "x overlap-one-overlap-two y touching1touching2 z overlap-on") == "x *** y *** z overlap-on")
  }

  @Test func `a short password damages nothing but servers' words`() {
    _ = Secret("4711").basic(user: "someone")
    let digest = "sha256:4711471147114711"
    #expect(Secrets.hidden(in: digest) == digest)
    #expect(Secrets.hidden(in: "Basic c29tZW9uZTo0NzEx") == "Basic ***")
    #expect(ServerText.shown("bad password 4711, not 147112") == "bad password ***, not 147112")
    _ = Secret("x7y")
    #expect(ServerText.shown("bad password x7y") == "bad password x7y")
  }

  @Test func `a server blanks no words by calling them a token`() {
    let report =
      "compose.yaml:12:12: error: cannot resolve docker.io/library/nginx:1.27@sha256:9a1b2c3d4e5f9a1b2c3d4e5f9a1b2c3d4e5f9a1b2c3d4e5f"
    for text in [
      "compose.yaml:12:12", "docker.io/library/nginx", "9a1b2c3d4e5f9a1b2c3d4e5f9a1b2c3d4e5f9a1b2c3d4e5f", "error: cannot resolve",
    ] {
      _ = Secret(given: text)
    }
    #expect(Secrets.hidden(in: report) == report)
    _ = Secret(given: "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhIjoxfQ.c2ln")
    #expect(Secrets.hidden(in: "got eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhIjoxfQ.c2ln.") == "got ***.")
    #expect(ServerText.shown("of no use: 'docker.io/library/nginx'") == "of no use: '***'")
  }

  @Test func `a header that somebody added to git's configuration is known, and the token in it`() {
    Secrets.addHeader("AUTHORIZATION", "basic eC1hY2Nlc3MtdG9rZW46Z2hzX2FjdGlvbnNUb2tlbg==")
    #expect(Secrets.hidden(in: "basic eC1hY2Nlc3MtdG9rZW46Z2hzX2FjdGlvbnNUb2tlbg== ghs_actionsToken") == "basic *** ***")
    Secrets.addHeader("Accept", "application/x-of-this-test")
    #expect(Secrets.hidden(in: "application/x-of-this-test") == "application/x-of-this-test")
    #expect(ServerText.shown("got application/x-of-this-test") == "got ***")
  }

  @Test func `a proxy's password is known in the forms in which it is written and sent`() {
    _ = Proxy("http://someone:pr%6Fxy%2Dpassw0rd@127.0.0.1:3128")
    #expect(
      Secrets.hidden(in: "proxy-passw0rd pr%6Fxy%2Dpassw0rd c29tZW9uZTpwcm94eS1wYXNzdzByZA== someone") == "*** *** *** someone")
  }

  @Test func `a secret at the place where a server's text is cut is hidden first`() {
    _ = Secret("cut-in-the-middle-passw0rd")
    let text = String(repeating: "a", count: ServerText.maximumLength - 10) + "cut-in-the-middle-passw0rd"
    #expect(ServerText.shown(text) == String(repeating: "a", count: ServerText.maximumLength - 10) + "***")
  }

  @Test func `a long report is searched for many secrets in little time`() {
    for number in 0..<500 { _ = Secret("many-secrets-\(number)-with-one-beginning") }
    let report = String(repeating: "services: many image: registry.acme.test/team/app:1.2.3@sha256:0123456789abcdef\n", count: 50_000)
    let time = ContinuousClock().measure { #expect(Secrets.hidden(in: report) == report) }
    // To look for one after the other takes minutes.
    #expect(time < .seconds(30))
  }
}
