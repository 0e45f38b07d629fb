import Documents
import References
import SourceText
import Testing

@testable import Dialects

@Suite struct ConditionTests {
  private static let text = """
    labels: {backend: local, zones: [a]}
    steps:
      - {uses: acme/build@v1, kind: Pulled, image: "docker://nginx:1"}
      - {uses: {acme: build}, kind: [Pulled], image: "nginx:2"}
      - {image: "library/nginx:3"}
    """

  /// The tags of the images for which the condition holds.
  @Test(
    arguments: [
      (.always, "123"),
      (.all([]), "123"),
      (.all([.sibling("kind"), .value(.lacks("docker://"))]), "2"),
      (.value(.any), "123"),
      (.value(.begins("docker://")), "1"),
      (.value(.lacks("/")), "2"),
      (.value(.endsWithOneOf([":2", ":3"])), "23"),
      (.sibling("kind"), "12"),
      (.sibling("kind", .is("Pulled")), "1"),
      // What is no text passes no other test.
      (.sibling("kind", .lacks("x")), "1"),
      (.sibling("uses", .containsOneOf(["push", "build@"])), "1"),
      (.sibling("uses.acme"), "2"),
      (.around(1, "steps"), "123"),
      (.around(1, "labels.backend", .isOneOf(["local", "docker"])), "123"),
      (.around(1, "labels.zones", .is("a")), ""),
      (.around(2, "steps"), ""),
      (.underKey("st*"), "123"),
      (.underKey("labels"), ""),
      (.key(.is("image")), "123"), (.key(around: 1, .is("steps")), "123"), (.key(around: 1, .is("image")), ""),
      (.key(around: 2, .is("steps")), ""),
    ] as [(Place.Condition, String)]) func holds(_ condition: Place.Condition, _ tags: String) throws
  {
    let dialect = Dialect(
      name: "test", title: "", claim: .path([]), syntax: .yaml,
      places: [Place("steps[].image", written: .behind("docker://"), if: condition), Place("steps[].image", if: condition)])
    let sites = try dialect.findings(in: SourceText(Self.text)).sites
    #expect(sites.compactMap(\.image?.tag).map(\.description).joined() == tags)
  }
}
