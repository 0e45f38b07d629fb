import Reporting
import Testing

@Suite struct AuthReportTests {
  private static func report(_ states: [AuthReport.State]) -> AuthReport {
    AuthReport(states.map { AuthReport.Entry(.registry, "r.test", $0, asked: "x") })
  }

  private var full: AuthReport {
    var refused = AuthReport.Entry(.registry, "ghcr.io", .refused, asked: "pull of acme/app")
    refused.login = AuthReport.Login(user: "alice", source: "'auths.ghcr.io' in /home/alice/.docker/config.json")
    refused.mirrors = ["https://cache.test"]
    refused.proxy = "proxy.test:3128"
    refused.authorities = ["/etc/docker/certs.d/ghcr.io/ca.crt"]
    refused.clientCertificate = "/etc/docker/certs.d/ghcr.io/me.cert"
    refused.tokenService = "ghcr.io"
    refused.problem = "ghcr.io answered 403 (access denied)"
    refused.nextStep = "log in again"
    var anonymous = AuthReport.Entry(.git, "github.com", .unknown, asked: "the refs of actions/checkout")
    anonymous.places = ["TAGPIN_GIT_TOKEN", "a\u{1B}[31mb"]
    anonymous.problem = "github.com did not answer"
    return AuthReport([refused, anonymous])
  }

  @Test(
    arguments: [
      ([], 0), ([.works], 0), ([.works, .unknown], 2), ([.unknown, .refused, .works], 1),
    ] as [([AuthReport.State], Int32)])
  func `one that does not work weighs more than one that cannot be told`(_ states: [AuthReport.State], _ expected: Int32) {
    #expect(Self.report(states).exitCode == expected)
  }

  @Test func `text is a block for each, aligned, with nothing that moves a terminal`() {
    #expect(
      full.text() == """
        ghcr.io: does not work
          login          alice, from 'auths.ghcr.io' in /home/alice/.docker/config.json
          mirror         https://cache.test
          proxy          proxy.test:3128
          CA             /etc/docker/certs.d/ghcr.io/ca.crt
          certificate    /etc/docker/certs.d/ghcr.io/me.cert
          token service  ghcr.io
          asked          pull of acme/app
          problem        ghcr.io answered 403 (access denied)
          next           log in again

        github.com: cannot tell
          login          none in TAGPIN_GIT_TOKEN, a\\x1b[31mb
          asked          the refs of actions/checkout
          problem        github.com did not answer

        """)
    #expect(Self.report([.works]).text() == "r.test: works\n  login          none\n  asked          x\n")
    #expect(Self.report([.works]).text(colour: true).hasPrefix("r.test: \u{1B}[32mworks\u{1B}[0m\n"))
  }

  @Test func `JSON has the same`() {
    var entry = AuthReport.Entry(.registry, "r.test", .works, asked: "pull of a")
    entry.login = AuthReport.Login(user: nil, source: "CI_REGISTRY_USER and CI_REGISTRY_PASSWORD")
    #expect(
      AuthReport([entry]).json == """
        {
          "version": 1,
          "command": "auth",
          "exitCode": 0,
          "servers": [
            {
              "kind": "registry",
              "name": "r.test",
              "state": "works",
              "login": {
                "user": null,
                "source": "CI_REGISTRY_USER and CI_REGISTRY_PASSWORD"
              },
              "places": [],
              "mirrors": [],
              "proxy": null,
              "authorities": [],
              "clientCertificate": null,
              "tokenService": null,
              "asked": "pull of a",
              "problem": null,
              "nextStep": null
            }
          ]
        }

        """)
  }
}
