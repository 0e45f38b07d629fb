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
  ]) func findsWhatIsFilledIn(_ text: String, _ construct: String) {
    #expect(Literal.placeholder(in: text) == construct)
  }

  @Test(arguments: [
    "nginx", "nginx:1.25", "nginx@sha256:0000", "nginx:1.25@sha256:0000", "ghcr.io/a/b:c", "a@b", "50%", "a$", "$", "<image", "(x)", "{x}",
    "%z", "a@sha256:0@sha256:1",
    "", "@", "@@", "%%",
  ]) func leavesLiteralTextAlone(_ text: String) {
    #expect(Literal.placeholder(in: text) == nil)
  }

  @Test func aDialectNamesTheConstructsItKnows() {
    #expect(Literal.placeholder(in: "{{x}}:$TAG", constructs: .dollar) == "$TAG")
    #expect(Literal.placeholder(in: "$TAG:((x))", constructs: [.concourse, .percent]) == "((x))")
    #expect(Literal.placeholder(in: "$TAG", constructs: []) == nil)
  }
}
