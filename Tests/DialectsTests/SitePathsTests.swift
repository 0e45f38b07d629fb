import Testing

@testable import Dialects

@Suite struct SitePathsTests {
  @Test(
    arguments: [
      ("a.b", ["a.b"]),
      ("{a,b.c}.d", ["a.d", "b.c.d"]),
      ("{,*.}image{,.name}", ["image", "image.name", "*.image", "*.image.name"]),
      ("steps{[],.*}.image", ["steps[].image", "steps.*.image"]),
      (#"**.{a,"b.c"}.d"#, ["**.a.d", #"**."b.c".d"#]),
      ("a[*]", ["a", "a[]", "a[][]"]),
      ("{a,b}.c[*]", ["a.c", "a.c[]", "a.c[][]", "b.c", "b.c[]", "b.c[][]"]),
    ] as [(SitePaths, [String])]) func `one text stands for these paths`(_ paths: SitePaths, _ expected: [String])
  {
    #expect(paths.all.map(\.description) == expected)
  }

  @Test func `the elements of a list go without saying`() {
    #expect(("{a,b}.c[*]" as SitePaths).shown.map(\.description) == ["a.c", "b.c"])
  }
}
