import Documents
import References
import Testing

@testable import Dialects

@Suite struct ReferenceSpanTests {
  @Test(
    arguments: [
      (.image, "a", "a"),
      (.dockerURL, "Docker://a:1", "a:1"), (.dockerURL, "Dockerfile", nil),
      (.uses(.github), "docker://a", "a"), (.uses(.github), "a/b@v1", nil), (.component, "a/b/c@1", nil),
      (.imageOverride, "a=b:1=c", "b:1=c"), (.imageOverride, "a:1", "a:1"),
      (.behind("docker-image://"), "docker-image://a", "a"), (.behind("docker-image://"), "b=docker-image://a=c", "a=c"),
      (.behind("docker-image://"), "b=c=docker-image://a", nil), (.behind("docker-image://"), "a", nil),
      (.argument("image"), "name=b image=a:1", "a:1"), (.argument("image"), "image='a:1' b=c", "a:1"),
      (.argument("image"), "x='image=b' image=\"a\"", "a"), (.argument("image"), "image={{ a }}:1 b=c", "{{ a }}:1"),
      (.argument("image"), "myimage=a", nil), (.argument("image"), "image= b", nil), (.argument("image"), "image=a'", "a'"),
      (.dockerArguments, "--rm -e X a:1 b", "a:1"), (.dockerArguments, "--unknown a:1", nil),
    ] as [(Place.Reference, String, String?)])
  func isTheBytesOfTheImage(_ reference: Place.Reference, _ value: String, _ image: String?) {
    // White space around the value is no part of it, and what is found counts from the scalar's first byte.
    let scalar = Scalar(" \(value)\n", style: .literal)
    guard case .image(let range) = ReferenceSpan(of: reference, in: scalar, 1..<(value.utf8.count + 1)) else {
      #expect(image == nil)
      return
    }
    #expect(scalar.value.utf8Slice(range) == image)
  }

  @Test func quotesOfAnExpressionAreNoPart() {
    let scalar = Scalar(#""docker-image://${a}""#, style: .expression)
    guard case .image(let range) = ReferenceSpan(of: .behind("docker-image://"), in: scalar, 0..<scalar.value.utf8.count) else {
      Issue.record("no image")
      return
    }
    #expect(scalar.value.utf8Slice(range) == "${a}")
  }
}
