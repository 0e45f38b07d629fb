import Documents

extension Dialect {
  /// Packages of Zarf, which pulls the images that they list into an archive. It takes tag and digest together, and its own linter asks for
  /// digests. In `v1beta1` an image is a mapping with a `name`; one with `source: daemon` comes from the machine's Docker.
  /// `###ZARF_PKG_TMPL_NAME###` is filled in when the package is made.
  ///
  /// What `imageArchives` lists is taken out of an archive beside the file, which no registry is asked for.
  static let zarf = Dialect(
    name: "zarf", title: "Zarf packages",
    sources: ["https://docs.zarf.dev/ref/components/#container-images", "https://github.com/zarf-dev/zarf/issues/2247"],
    claim: .path(["**/zarf.yaml"], or: ["**/*.{yml,yaml}"], markers: ["^kind: ZarfPackageConfig|^kind: ZarfComponentConfig", "images"]) {
      root in
      ["ZarfPackageConfig", "ZarfComponentConfig"].contains(root["kind"]?.scalar?.value)
    }, syntax: .yaml,
    places: [
      Place(
        "components[].images[].name", role: .leftAlone("'source: daemon' takes it from the Docker of the machine"),
        if: .sibling("source", .is("daemon"))),
      Place("components[].images[]{,.name}"),
      Place("components[].actions.**.cmd", shell: .posix),
    ], holdsShell: true)
}
