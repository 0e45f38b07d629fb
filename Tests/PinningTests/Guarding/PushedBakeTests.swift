import Pinning
import References
import SourceText
import Testing

@Suite struct PushedBakeTests {
  private static func read(_ text: String) throws(PushedReferenceError) -> PushedReferences {
    try PushedReferences(bake: SourceText(text), source: "bake.json")
  }

  private static func target(_ members: String) -> String { #"{"target": {"app": {"# + members + "}}}" }

  @Test func `what bake prints`() throws {
    let pushed = try Self.read(
      """
      {
        "group": {
          "default": {
            "targets": ["app", "docs", "test"]
          }
        },
        "target": {
          "app": {
            "context": ".",
            "dockerfile": "Dockerfile",
            "args": {"VERSION": "$${x}"},
            "tags": [
              "ghcr.io/acme/app:1.2.3",
              "ghcr.io/acme/app"
            ],
            "platforms": ["linux/amd64", "linux/arm64"],
            "output": [
              {
                "push": "true",
                "type": "image"
              }
            ]
          },
          "base": {
            "context": ".",
            "tags": ["base:1"],
            "output": [{"type": "cacheonly"}]
          },
          "docs": {
            "tags": ["acme/docs:1.2.3", "docker.io/acme/docs:1.2.3"]
          },
          "test": {
            "context": "."
          }
        }
      }
      """)
    #expect(pushed.references.map(\.reference.written) == ["ghcr.io/acme/app:1.2.3", "ghcr.io/acme/app", "acme/docs:1.2.3"])
    #expect(
      pushed.references.map(\.origin.description) == [
        "bake.json:13:9: target 'app'", "bake.json:14:9: target 'app'", "bake.json:30:16: target 'docs'",
      ])
    #expect(
      pushed.unpushed.map(\.description) == [
        "bake.json:24:5: target 'base' is not pushed: its output is type=cacheonly",
        "bake.json:32:5: target 'test' is not pushed: it has no tags",
      ])
  }

  /// The members of the target, and whether its tag `a:1` is pushed.
  @Test(arguments: [
    (#""tags": ["a:1"]"#, true),
    (#""tags": ["a:1"], "output": null"#, true),
    (#""tags": ["a:1"], "output": []"#, true),
    (#""tags": ["a:1"], "output": [{"type": "registry"}]"#, true),
    (#""tags": ["a:1"], "output": [{"type": "image"}]"#, true),
    (#""tags": ["a:1"], "output": [{"type": "image", "push": ""}]"#, true),
    (#""tags": ["a:1"], "output": [{"type": "image", "push": "false"}]"#, false),
    (#""tags": ["a:1"], "output": [{"type": "image", "push": "0"}]"#, false),
    (#""tags": ["a:1"], "output": [{"type": "docker"}]"#, false),
    (#""tags": ["a:1"], "output": [{"type": "docker"}, {"type": "image", "push": "true"}]"#, true),
    (#""tags": ["a:1"], "output": [{"type": "local", "dest": "out"}]"#, false),
    (#""tags": ["a:1"], "output": [{"type": "tar", "dest": "-"}]"#, false),
    (#""tags": ["a:1"], "output": [{"type": "oci", "dest": "a.tar"}]"#, false),
    (#""tags": ["a:1"], "output": [{"type": "something-new"}]"#, true),
    (#""output": [{"type": "image", "name": "a", "push": "true", "push-by-digest": "true"}]"#, false),
    (#""tags": ["a:1"], "output": ["type=registry"]"#, true),
    (#""tags": ["a:1"], "output": ["type=image,push=true"]"#, true),
    (#""tags": ["a:1"], "output": ["type=image,push=false"]"#, false),
    (#""tags": ["a:1"], "output": ["type=docker"]"#, false),
    (#""tags": ["a:1"], "output": ["type=docker,dest=a,b.tar"]"#, false),
    (#""tags": ["a:1"], "output": ["./out"]"#, false),
    (#""tags": ["a:1"], "output": ["-"]"#, false),
    (#""output": ["type=image,\"name=a:1,b:1\",push=true"]"#, true),
    (#""output": [{"type": "image", "name": "a:1,b:1", "push": "true"}]"#, true),
    (#""tags": [], "output": [{"type": "registry", "name": "a:1"}]"#, true),
    (#""tags": ["a:1"], "call": "build""#, true),
    (#""tags": ["a:1"], "call": "check""#, false),
  ]) func `an output says whether a target is pushed`(_ members: String, _ isPushed: Bool) throws {
    let text = #"{"target": {"app": {"# + members + #"}, "other": {"tags": ["other:1"]}}}"#
    let pushed = try Self.read(text)
    #expect(pushed.references.contains { $0.reference.written == "a:1" } == isPushed)
    #expect(pushed.unpushed.isEmpty == isPushed)
    if members.contains("b:1") { #expect(pushed.references.map(\.reference.written) == ["a:1", "b:1", "other:1"]) }
  }

  @Test(arguments: [
    ("", "bake.json:1:1: cannot be read as JSON: expected a value, found the end of the file"),
    ("target \"app\" {}", "bake.json:1:1: cannot be read as JSON"),
    ("[]", "bake.json:1:1: expected the output of 'docker buildx bake --print', an object with 'target', found a list"),
    ("{}", "bake.json:1:1: expected the output of 'docker buildx bake --print', an object with 'target', found a mapping"),
    (#"{"target": ["app"]}"#, "bake.json:1:1: expected the output of 'docker buildx bake --print', an object with 'target'"),
    (#"{"target": {"app": 1}}"#, "bake.json:1:20: expected an object, found '1'"),
    (target(#""tags": "a:1""#), "bake.json:1:29: expected a list of strings, found 'a:1'"),
    (target(#""tags": ["a:1", 2]"#), "bake.json:1:37: expected a string, found '2'"),
    (target(#""tags": ["a:1"], "output": "x""#), "expected a list of outputs, found 'x'"),
    (target(#""tags": ["a:1"], "output": [{"dest": "x"}]"#), "expected an output such as 'type=registry', found a mapping"),
    (target(#""tags": ["A:1"]"#), "bake.json:1:30: target 'app': cannot read 'A:1': the repository name 'A' must be lower case"),
    (target(#""tags": [""]"#), "bake.json:1:30: target 'app': cannot read '': the reference is empty"),
    (
      target(#""tags": ["a:${TAG}"]"#),
      "target 'app': 'a:${TAG}' is not resolved here: give the output of 'docker buildx bake --print'"
    ),
    (target(#""inherits": ["x"]"#), "target 'app': 'inherits' is not resolved here: give the output of 'docker buildx bake --print'"),
    (target(#""tags": ["a:1"], "matrix": {}"#), "'matrix' is not resolved here"),
    (
      target(#""tags": ["a:1"], "output": [{"type": "docker"}]"#),
      "bake.json: pushes no tag: give 'docker buildx bake --print' the options of the build, '--push' too (target 'app': its output is type=docker)"
    ),
    (#"{"target": {}}"#, "bake.json: pushes no tag: give 'docker buildx bake --print' the options of the build, '--push' too"),
  ]) func `what is not as bake prints it is an error`(_ text: String, _ expected: String) {
    #expect { try Self.read(text) } throws: { "\($0)".contains(expected) }
  }
}
