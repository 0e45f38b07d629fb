import Configuration
import SourceText
import Testing

@Suite struct ConfigurationErrorTests {
  /// As messages list them.
  static let keys =
    "'include', 'exclude', 'style', 'ignore', 'built-here', 'registries', 'actions', 'helm', 'scripts', 'likely', 'sites', 'files', 'commit', 'guard', 'known-bad', 'signatures', 'ledger', 'min-age', 'policy', 'registries-allowed', 'fail-on' and 'never-ignore'"

  private func firstError(_ text: String, _ trust: Configuration.Trust) -> String? {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(parsing: SourceText(text), file: ".tagpin.yaml", trust: trust)
    }
    return error?.description
  }

  static let cosign =
    "'cosign' has a 'key', or an 'identity' (or 'identity-regexp') with the 'issuer' (or 'issuer-regexp') that vouches for it"
  static let onlyFromUser =
    "that is taken from --config, TAGPIN_CONFIG, ~/.config/tagpin/config.yaml or /etc/tagpin.yaml only, since the repository's own file can come from a pull request"

  @Test(arguments: [
    // Keys.
    ("exclud: []", "1:1: unknown key 'exclud'; did you mean 'exclude'?"),
    ("# é\n\ninclude: ['**']\nIgnore: []", "4:1: unknown key 'Ignore'; did you mean 'ignore'?"),
    (
      "pushes: {}",
      "1:1: unknown key 'pushes'; known are \(Self.keys)"
    ),
    (
      "registries:\n  - prefix: docker.io\n    mirror: []",
      "3:5: unknown key 'mirror' in 'registries'; did you mean 'mirrors'?"
    ),
    (
      "registries: [{é: 1, prefix: a}]",
      "1:15: unknown key 'é' in 'registries'; known are 'prefix', 'mirrors', 'insecure', 'ca', 'token-services', 'client-certificate' and 'client-key'"
    ),
    (
      "registries: [{prefix: a.test, token_services: []}]",
      "1:31: unknown key 'token_services' in 'registries'; did you mean 'token-services'?"
    ),
    ("exclude: [a]\n'exclude': [b]", "2:1: duplicate key 'exclude': it is in line 1 already"),
    ("<<: {}", "1:1: merge keys are not read here; write the keys out"),
    ("? [a]\n: b", "1:3: expected a key, found a list"),
    ("actions: {comment: long}", "1:20: expected 'tag' or 'exact' for 'comment', found 'long'"),
    (
      "actions: {lockfile: true}",
      "1:21: expected 'respect' or 'ignore' for 'lockfile', found 'true', which YAML does not read as text unless it is quoted"
    ),
    (
      "actions: {pre-commit: yes}",
      "1:23: expected true or false for 'pre-commit', found 'yes', which YAML does not read as text unless it is quoted"
    ),
    // Shapes.
    (
      "- a",
      "1:1: expected a mapping with \(Self.keys), found a list"
    ),
    (
      "a",
      "1:1: expected a mapping with \(Self.keys), found 'a'"
    ),
    (
      "include: []",
      "1:10: the list of 'include' is empty and would match no file; name a pattern, '**' for all of them"
    ),
    ("exclude: [a]\n---\nexclude: [b]", "3:1: a second document begins here; a configuration is one"),
    ("exclude:", "1:9: expected a pattern or a list of patterns for 'exclude', found nothing"),
    ("exclude: {a: b}", "1:10: expected a pattern or a list of patterns for 'exclude', found a mapping"),
    ("exclude: [[a]]", "1:11: expected a pattern or a list of patterns for 'exclude', found a list"),
    (
      "exclude: [1.10]",
      "1:11: expected a pattern or a list of patterns for 'exclude', found '1.10', which YAML does not read as text unless it is quoted"
    ),
    ("exclude: [!env X]", "1:16: expected a pattern or a list of patterns for 'exclude', found a value with the tag '!env'"),
    (
      "include: &a [x]\nexclude: *a",
      "2:10: expected a pattern or a list of patterns for 'exclude', found the alias '*a'; aliases are not read here: write the value out, or, if it is a pattern, put it in quotes"
    ),
    (
      "style: [{files: [], style: digest}]",
      "1:17: the list of 'files' is empty and would match no file; name a pattern, '**' for all of them"
    ),
    ("style: tag", "1:8: expected 'tag-and-digest' or 'digest' for 'style', found 'tag'"),
    ("style: [digest]", "1:9: expected a mapping with 'files' and 'style' for 'style', found 'digest'"),
    ("style: [{files: a}]", "1:9: 'style' is missing in 'style'"),
    ("style: [{style: digest}]", "1:9: 'files' is missing in 'style'"),
    ("ignore: nginx", "1:9: expected a list of mappings with 'image', 'action' or 'files' for 'ignore', found 'nginx'"),
    ("ignore: [nginx]", "1:10: expected a mapping with 'image', 'action', 'files', 'reason' and 'until' for 'ignore', found 'nginx'"),
    ("built-here: acme/app", "1:13: expected a list of mappings with 'image' for 'built-here', found 'acme/app'"),
    ("built-here: [{pin: true}]", "1:14: 'image' is missing in 'built-here'"),
    (
      "built-here: [{image: a, pin: 1}]",
      "1:30: expected true or false for 'pin', found '1', which YAML does not read as text unless it is quoted"
    ),
    ("ignore: [{reason: why}]", "1:10: the rule would ignore everything: 'image', 'action' or 'files' is missing"),
    ("ignore: [{image: a, action: b/c}]", "1:10: a rule has an 'image' or an 'action', not both; write two"),
    ("ignore: [{action: b/c, image: a}]", "1:10: a rule has an 'image' or an 'action', not both; write two"),
    ("registries: {prefix: a}", "1:13: expected a list of mappings with 'prefix' for 'registries', found a mapping"),
    ("registries: [{insecure: true}]", "1:14: 'prefix' is missing in 'registries'"),
    (
      "registries: [{prefix: a.test, insecure: yes}]",
      "1:41: expected true or false for 'insecure', found 'yes', which YAML does not read as text unless it is quoted"
    ),
    ("registries: [{prefix: a.test, insecure: 'true'}]", "1:41: expected true or false for 'insecure', found 'true'"),
    ("registries: [{prefix: a.test, mirrors: https://m.test}]", "1:40: expected a list of URLs for 'mirrors', found 'https://m.test'"),
    (
      "scripts: all", "1:10: expected true or false for 'scripts', found 'all'"
    ),
    (
      "helm: true",
      "1:7: expected a mapping with 'tag-digest' for 'helm', found 'true', which YAML does not read as text unless it is quoted"
    ),
    ("sites: [{files: a}]", "1:9: 'path' is missing in 'sites'"),
    ("files: [{match: a}]", "1:9: 'dialect' is missing in 'files'"),
    ("files: [{match: a, dialect: compos}]", "1:29: there is no dialect 'compos'; did you mean 'compose'? 'tagpin dialects' lists them"),
    ("files: [{match: a, dialect: x.y}]", "1:29: there is no dialect 'x.y'; 'tagpin dialects' lists them"),
    ("actions: {server: 1}", "1:19: expected a URL for 'server', found '1', which YAML does not read as text unless it is quoted"),
    // Values.
    ("exclude: ['[a']", "1:11: '[a': '[' is not closed"),
    ("exclude: ''", "1:10: the pattern is empty"),
    ("ignore: [{image: 'docker://nginx'}]", "1:18: 'docker://nginx': an image has no scheme; leave 'docker://' away"),
    (
      "ignore: [{image: 'a@sha256:1'}]",
      "1:18: 'a@sha256:1': a rule names images, not digests; leave out what follows the name or the tag"
    ),
    ("ignore: [{image: '/a'}]", "1:18: '/a': a name is missing beside '/'"),
    ("ignore: [{image: 'a:'}]", "1:18: the pattern is empty"),
    ("sites: [{files: a, path: 'a..b'}]", "1:26: 'a..b': a name is missing before '.'"),
    ("registries: [{prefix: 'https://a.test'}]", "1:23: 'https://a.test' is a URL; write the registry alone, without 'https://'"),
    ("registries: [{prefix: nginx}]", "1:23: 'nginx' does not begin with a registry; on Docker Hub it is 'docker.io/nginx'"),
    ("registries: [{prefix: 'docker.io/nginx:1'}]", "1:23: 'docker.io/nginx:1' is neither a registry nor a path in one"),
    ("registries: [{prefix: 'docker.io/'}]", "1:23: 'docker.io/' is neither a registry nor a path in one"),
    ("registries: [{prefix: ''}]", "1:23: '' is neither a registry nor a path in one"),
    (
      "registries: [{prefix: a.test, mirrors: [m.test]}]",
      "1:41: 'm.test' is not a URL; write it with its scheme, as in 'https://mirror.example'"
    ),
    ("registries: [{prefix: a.test, mirrors: ['ftp://m.test']}]", "1:41: 'ftp://' is not supported; only http and https are"),
    (
      "registries: [{prefix: a.test, mirrors: ['https://me:secret@m.test']}]",
      "1:41: the URL holds credentials or an '@'; credentials are not written here: log in to that host instead"
    ),
    (
      "registries: [{prefix: a.test, mirrors: ['https://m.test/?token=secret']}]",
      "1:41: a base URL has no '?' and no '#'; leave out what follows the path"
    ),
    (
      "registries: [{prefix: a.test, mirrors: ['https://m.test/#a']}]",
      "1:41: a base URL has no '?' and no '#'; leave out what follows the path"
    ),
    ("registries: [{prefix: a.test, mirrors: ['https://']}]", "1:41: 'https://': '' is not a host"),
    ("registries: [{prefix: a.test, mirrors: ['https://m.test:0']}]", "1:41: 'https://m.test:0': 'm.test:0' is not a host"),
    ("registries: [{prefix: a.test, mirrors: ['https://-m.test']}]", "1:41: 'https://-m.test': '-m.test' is not a host"),
    (
      "registries: [{prefix: a.test, mirrors: ['https://m.test/a/../b']}]",
      "1:41: 'https://m.test/a/../b': '/a/../b' is not a plain path of letters, digits, '.', '_', '~' and '-'"
    ),
    (
      "registries: [{prefix: a.test, mirrors: ['https://m.test//']}]",
      "1:41: 'https://m.test//': '//' is not a plain path of letters, digits, '.', '_', '~' and '-'"
    ),
    (
      "registries: [{prefix: a.test, mirrors: ['https://m.test/v2/hub']}]",
      "1:41: 'https://m.test/v2/hub': leave '/v2' out; it is put in front of the path by itself"
    ),
    ("registries: [{prefix: a.test, ca: '~/ca.pem'}]", "1:35: '~/ca.pem': '~' is not expanded; write the whole path"),
    ("registries: [{prefix: a.test, ca: ''}]", "1:35: the path is empty"),
    ("actions: {server: github.com}", "1:19: 'github.com' is not a URL; write it with its scheme, as in 'https://mirror.example'"),
    ("actions: {server: []}", "1:19: the list of 'server' is empty; leave the key out for the default"),
    ("actions: {server: ['https://a.test', 'https://A.test/']}", "1:38: this server is in the list already"),
    ("actions: {server: [{}]}", "1:20: expected a URL for 'server', found a mapping"),
    ("actions: {gitlab: ['https://a.test']}", "1:19: expected a URL for 'gitlab', found a list"),
    ("policy: [{files: a}]", "1:10: 'require' is missing in 'policy'"),
    ("policy: [{require: tag}]", "1:20: expected 'digest', 'version', 'floating' or 'latest' for 'require', found 'tag'"),
    ("policy: [{require: digest, severity: fatal}]", "1:38: expected 'error', 'warning' or 'note' for 'severity', found 'fatal'"),
    ("policy: [{require: digest, until: 2026-02-30}]", "1:35: expected a day such as 2027-03-01 for 'until', found '2026-02-30'"),
    ("policy: [{require: digest, image: a, action: b/c}]", "1:10: a rule has an 'image' or an 'action', not both; write two"),
    ("policy: [{state: drift}]", "1:10: 'severity' is missing in 'policy'"),
    (
      "policy: [{state: drifted, severity: note}]",
      "1:18: 'drifted' is not a state of a pin that 'tagpin verify' names; 'tagpin explain' lists them"
    ),
    (
      "policy: [{state: [drift, known-bad], severity: note}]",
      "1:26: no policy changes what 'known-bad' weighs: what is on the list of a trusted configuration is an error"
    ),
    (
      "policy: [{state: not-verified, severity: note}]",
      "1:18: no policy changes what 'not-verified' weighs: what could not be found out fails the run"
    ),
    ("policy: [{state: drift, require: digest, severity: note}]", "1:10: a rule has a 'require' or a 'state', not both; write two"),
    ("ignore: [{image: a, until: soon}]", "1:28: expected a day such as 2027-03-01 for 'until', found 'soon'"),
    ("min-age: 3 days", "1:10: expected a time such as 12h, 3d or 2w for 'min-age', found '3 days'"),
    ("min-age: [{image: a}]", "1:11: 'age' is missing in 'min-age'"),
    ("min-age: [{image: a, action: b/c, age: 3d}]", "1:11: a rule has an 'image' or an 'action', not both; write two"),
    ("registries-allowed: [a, '']", "1:25: the pattern is empty"),
    ("fail-on: [tag-in-scripts]", "1:11: 'tag-in-scripts' is not a reason to leave something alone; did you mean 'tag-in-script'?"),
    ("fail-on: [pinned]", "1:11: 'pinned' is not a reason to leave something alone; 'tagpin explain' lists them"),
    ("never-ignore: [{rule: latest}]", "1:23: 'latest' is not a finding of a reference; did you mean 'latest-tag'?"),
    ("never-ignore: [{image: a, action: b/c}]", "1:16: a rule has an 'image' or an 'action', not both; write two"),
    (
      "never-ignore: [latest-tag]",
      "1:16: expected a mapping with 'image', 'action', 'files', 'rule' and 'reason' for 'never-ignore', found 'latest-tag'"
    ),
    ("actions: {server: 'http://git.test'}", "1:19: 'http://git.test' is plain http to another machine; write 'https://'"),
  ])
  func `a file's first error is told with its place`(text: String, message: String) {
    #expect(firstError(text, .repository) == ".tagpin.yaml:" + message)
    #expect(firstError(text, .user) == ".tagpin.yaml:" + message)
  }

  @Test(arguments: [
    ("actions: {server: 'file:///srv'}", "1:19: 'file:///srv' is a directory of this machine; \(onlyFromUser)"),
    ("actions: {gitlab: 'FILE:///srv'}", "1:19: 'FILE:///srv' is a directory of this machine; \(onlyFromUser)"),
    ("registries: [{prefix: a.test, ca: /etc/ca.pem}]", "1:35: '/etc/ca.pem' lies outside of the repository; \(onlyFromUser)"),
    ("registries: [{prefix: a.test, ca: a/../../ca.pem}]", "1:35: 'a/../../ca.pem' lies outside of the repository; \(onlyFromUser)"),
    ("ledger: seen.jsonl", "1:9: 'seen.jsonl' is a file that would be written; \(onlyFromUser)"),
    ("known-bad: [bad.txt]", "1:12: 'known-bad' alarms on what it lists; \(onlyFromUser)"),
    ("signatures: [{image: a, notation: true}]", "1:13: 'signatures' says whose signatures are believed; \(onlyFromUser)"),
    ("registries: [{prefix: a.test, token-services: [b.test]}]", "1:47: 'token-services' says where credentials go; \(onlyFromUser)"),
    (
      "registries: [{prefix: a.test, client-certificate: c.pem, client-key: k.pem}]",
      "1:51: 'client-certificate' is what this machine logs in with; \(onlyFromUser)"
    ),
    (
      "registries: [{prefix: a.test, client-key: c.pem, client-certificate: c.pem}]",
      "1:43: 'client-key' is what this machine logs in with; \(onlyFromUser)"
    ),
    (
      "registries: [{prefix: a.test, insecure: true, mirrors: ['https://m.test', 'http://m.test']}]",
      "1:75: 'http://m.test' is plain http to another machine; \(onlyFromUser)"
    ),
  ])
  func `the repository's own file is not trusted with what could send secrets elsewhere`(text: String, message: String) throws {
    #expect(firstError(text, .repository) == ".tagpin.yaml:" + message)
    _ = try Configuration(parsing: SourceText(text), file: "config.yaml", trust: .user)
  }

  @Test(arguments: [
    (
      "registries: [{prefix: a.test, mirrors: ['http://m.test']}]",
      "1:41: 'http://m.test' is plain http to another machine; it needs 'insecure: true' beside it"
    ),
    (
      "registries: [{prefix: a.test, token-services: ['https://b.test']}]",
      "1:48: 'https://b.test' is not a host; write its name alone, with a port if it has one"
    ),
    (
      "registries: [{prefix: a.test, client-certificate: c.pem}]",
      "1:51: 'client-certificate' needs 'client-key' beside it, a PEM file, which can be the same one"
    ),
    (
      "registries: [{prefix: a.test, client-key: k.pem}]",
      "1:43: 'client-key' needs 'client-certificate' beside it, a PEM file, which can be the same one"
    ),
    ("signatures: [{image: a}]", "1:14: an entry has a 'cosign' or a 'notation', one of them"),
    ("signatures: [{image: a, notation: true, cosign: {key: k}}]", "1:14: an entry has a 'cosign' or a 'notation', one of them"),
    ("signatures: [{notation: true}]", "1:14: 'image' is missing in 'signatures'"),
    ("signatures: [{image: a, notation: false}]", "1:35: leave 'notation' out where it is not to be asked"),
    ("signatures: [{image: a, cosign: {key: ''}}]", "1:39: expected a text for 'key', found ''"),
    ("signatures: [{image: a, cosign: {key: '~/k'}}]", "1:39: '~/k': '~' is not expanded; write the whole path"),
    ("signatures: [{image: a, cosign: {identity: b}}]", "1:33: \(cosign)"),
    ("signatures: [{image: a, cosign: {identity: b, identity-regexp: c, issuer: d}}]", "1:33: \(cosign)"),
    ("signatures: [{image: a, cosign: {key: b, identity: c, issuer: d}}]", "1:33: \(cosign)"),
    ("signatures: [{image: a, cosign: {key: b, issuer: d}}]", "1:33: \(cosign)"),
    ("registries: [{prefix: a.test, client-key: '~/k.pem'}]", "1:43: '~/k.pem': '~' is not expanded; write the whole path"),
    ("actions: {server: 'file://host/srv'}", "1:19: 'file://host/srv': write 'file://' and an absolute path, nothing percent-encoded"),
    ("actions: {server: 'file:///a%20b'}", "1:19: 'file:///a%20b': write 'file://' and an absolute path, nothing percent-encoded"),
  ])
  func `the user's own file still has to mean what it says`(text: String, message: String) {
    #expect(firstError(text, .user) == ".tagpin.yaml:" + message)
  }

  @Test(arguments: ["exclude: [**/x]", "exclude:\n  - **/x\n", "exclude: *.yaml"])
  func `YAML's own errors keep their place, and a bare star is explained`(text: String) throws {
    let message = try #require(firstError(text, .repository))
    #expect(message.hasSuffix("a pattern that begins with '*' has to stand in quotes"), "\(message)")
  }

  @Test func `other errors of YAML are told as they are`() throws {
    let message = try #require(firstError("include: [a\nexclude: b", .repository))
    #expect(message.hasPrefix(".tagpin.yaml:2:"))
    #expect(!message.contains("quotes"))
  }
}
