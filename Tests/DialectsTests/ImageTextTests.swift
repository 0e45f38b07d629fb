import Documents
import References
import Testing

@testable import Dialects

@Suite struct ImageTextTests {
  private static let context = ImageText.Notation.behind("docker-image://")

  @Test(
    arguments: [
      (.whole, "a", "a"),
      (context, "docker-image://a", "a"), (context, "b=docker-image://a=c", "a=c"),
      (context, "b=c=docker-image://a", nil), (context, "a", nil),
    ] as [(ImageText.Notation, String, String?)])
  func `the image is these bytes of the value`(_ notation: ImageText.Notation, _ value: String, _ image: String?) {
    // White space around the value is no part of it, and what is found counts from the scalar's first byte.
    let scalar = Scalar(" \(value)\n", style: .literal)
    let range = ImageText(notation: notation).range(in: scalar, 1..<(value.utf8.count + 1))
    #expect(range.map(scalar.value.utf8Slice) == image)
  }

  @Test func `the quotes of an expression are no part of it`() {
    let scalar = Scalar(#""docker-image://${a}""#, style: .expression)
    let range = ImageText(notation: Self.context).range(in: scalar, 0..<scalar.value.utf8.count)
    #expect(range.map(scalar.value.utf8Slice) == "${a}")
  }

  @Test(
    arguments: [
      ("nginx", .certain, .pinned, "nginx"), ("nginx", .ifTagged, .pinned, "tag-elsewhere"), ("logo.png", .ifTagged, .pinned, nil),
      ("nginx:1", .ifTagged, .pinned, "nginx:1"), ("a b", .certain, .pinned, "invalid-reference"), ("a b", .ifTagged, .pinned, nil),
      ("nginx", .likely, .pinned, nil), ("nginx:1", .likely, .pinned, "nginx:1"), ("a b", .likely, .pinned, nil),
      ("$A", .ifTagged, .pinned, "not-literal"), ("IMAGE", .certain, .pinned, "not-literal"), ("~", .certain, .pinned, nil),
      ("nginx:1", .certain, .leftAlone("why"), "not-pinnable"), ("nginx:1", .certain, .built, "nginx:1"),
      ("[nginx]", .certain, .pinned, "not-understood"), ("[nginx]", .ifTagged, .pinned, nil),
      ("!Sub nginx", .ifTagged, .pinned, "not-literal"),
    ] as [(String, ImageText.Certainty, ImageText.Role, String?)])
  func `a text means this`(_ text: String, _ certainty: ImageText.Certainty, _ role: ImageText.Role, _ meaning: String?) throws {
    #expect(try ImageText(certainty: certainty, role: role).meanings("image: \(text)", at: "image") == (meaning.map { [$0] } ?? []))
  }

  @Test func `what is said of an image is said independently in the table, too`() {
    #expect(ImageText().words == "")
    #expect(ImageText(notation: .behind("a://"), certainty: .ifTagged).words == " (behind `a://`) (with a tag or a digest)")
    #expect(ImageText(role: .built).words == nil)
    #expect(ImageText(role: .leftAlone("why")).whyLeftAlone == "why")
  }
}
