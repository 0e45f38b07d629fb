extension Dialect {
  /// Platforms of Test Kitchen. kitchen-docker writes the image into a `FROM`, which takes tag and digest; kitchen-dokken cuts it at its
  /// last colon (`parse_image_name`), so that a digest would be taken for a tag. With any other driver it is the image of a machine.
  static let kitchen = Dialect(
    name: "kitchen", title: "Test Kitchen",
    sources: ["https://github.com/test-kitchen/kitchen-docker", "https://github.com/test-kitchen/kitchen-dokken"],
    claim: .path(["**/{.,}kitchen{,.*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("driver.image", if: .sibling("name", .is("docker"))),
      Place("{platforms,suites}[].{driver,driver_config}.image", if: .around(2, "driver.name", .is("docker"))),
      Place("driver.image", role: .leftAlone(noDigest), if: .sibling("name", .is("dokken"))),
      Place("{platforms,suites}[].{driver,driver_config}.image", role: .leftAlone(noDigest), if: .around(2, "driver.name", .is("dokken"))),
    ])

  private static let noDigest = "kitchen-dokken takes the text behind the last colon for a tag, so it takes no digest"
}
