import Dialects
import Testing

@Suite struct LiteralTests {
  @Test(arguments: [
    ("nginx:$TAG", "$TAG"),
    ("nginx:${TAG}", "${TAG}"),
    ("nginx:${TAG:-1.25}", "${TAG:-1.25}"),
    ("${A:-${B}}/x", "${A:-${B}}"),
    ("$(REGISTRY)/app", "$(REGISTRY)"),
    ("app:$(git rev-parse $(ref))-x", "$(git rev-parse $(ref))"),
    ("app:$$TAG", "$$TAG"),
    ("app:$1", "$1"),
    ("{{ .Values.image }}", "{{ .Values.image }}"),
    ("a/{{x}}/{{y}}", "{{x}}"),
    ("{% if x %}", "{% if x %}"),
    ("<%= image %>", "<%= image %>"),
    ("app:${{ github.sha }}", "${{ github.sha }}"),
    ("<< parameters.image >>", "<< parameters.image >>"),
    ("$[[ inputs.image ]]", "$[[ inputs.image ]]"),
    ("$[ variables.tag ]", "$[ variables.tag ]"),
    ("((image-tag))", "((image-tag))"),
    ("%REGISTRY%/app", "%REGISTRY%"),
    ("app:%s", "%s"),
    ("app:%d", "%d"),
    ("app:%(tag)s", "%(tag)s"),
    ("@REGISTRY@/app", "@REGISTRY@"),
    ("app:@project.version@", "@project.version@"),
    ("nginx:${TAG", "${TAG"),
    ("é/${TAG}", "${TAG}"),
    ("app:###ZARF_PKG_TMPL_TAG###", "###ZARF_PKG_TMPL_TAG###"),
    ("[YOUR ALIAS]/app:1", "[YOUR ALIAS]"),
    ("docker.io/[YOUR_ALIAS]/app", "[YOUR_ALIAS]"),
  ]) func `finds what is filled in`(_ text: String, _ construct: String) {
    #expect(Literal.placeholder(in: text) == construct)
  }

  @Test(arguments: [
    "nginx", "nginx:1.25", "nginx@sha256:0000", "nginx:1.25@sha256:0000", "ghcr.io/a/b:c", "a@b", "50%", "a$", "$", "<image", "(x)", "a##b",
    "[A-Z]", "[0]", "[your alias]", "[YOUR ALIAS", "[]", "{x}",
    "%z", "a@sha256:0@sha256:1",
    "", "@", "@@", "%%",
  ]) func `leaves literal text alone`(_ text: String) {
    #expect(Literal.placeholder(in: text) == nil)
  }

  @Test func `a dialect names the constructs it knows`() {
    #expect(Literal.placeholder(in: "{{x}}:$TAG", constructs: .dollar) == "$TAG")
    #expect(Literal.placeholder(in: "$TAG:((x))", constructs: [.concourse, .percent]) == "((x))")
    #expect(Literal.placeholder(in: "$TAG", constructs: []) == nil)
  }
}

@Suite struct ShoutedNameTests {
  @Test(arguments: [
    ("IMAGE", "IMAGE"), ("REPLACE_ME:latest", "REPLACE_ME"), ("ghcr.io/OWNER/app:1", "OWNER"), ("gcr.io/PROJECT_ID/app", "PROJECT_ID"),
    ("REGISTRY/IMAGE", "IMAGE"), ("acme/APP2:TAG", "APP2"),
    ("YOUR_REGISTRY/app:1", "YOUR_REGISTRY"), ("YOUR-REGISTRY/app", "YOUR-REGISTRY"), ("BASEIMAGE", "BASEIMAGE"),
  ]) func `a name in capitals is filled in elsewhere`(_ text: String, _ name: String) {
    #expect(Literal.shoutedName(in: text) == name)
  }

  @Test(arguments: [
    "nginx", "Nginx:1", "REGISTRY.example.test/app:1", "HOST:5000/app", "REGISTRY/app", "app:TAG", "app:1@sha256:ABC", "a/12:1", "X", "aPP",
    "",
  ]) func `any other is not`(_ text: String) {
    #expect(Literal.shoutedName(in: text) == nil)
  }

  @Test(arguments: [("<your-registry>/app:1", "<your-registry>"), ("<IMAGE1_NAME>", "<IMAGE1_NAME>"), ("a/<name of it>", "<name of it>")])
  func `words in angle brackets are filled in elsewhere`(_ text: String, _ construct: String) {
    #expect(Literal.placeholder(in: text) == construct)
  }

  @Test(arguments: ["<", "<>", "<a", "<a/b>", "a>b", "<a:1>"]) func `other angle brackets are none`(_ text: String) {
    #expect(Literal.placeholder(in: text) == nil)
  }
}
