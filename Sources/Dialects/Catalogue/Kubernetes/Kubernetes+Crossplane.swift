import Documents

extension Place {
  /// Packages of Crossplane are images. It installs one by its digest (<https://docs.crossplane.io/latest/packages/providers/>), but
  /// compares no digest with the versions that other packages ask for: those that depend on a package with a digest become unhealthy, also
  /// where a tag is before it (<https://github.com/crossplane/crossplane/issues/7458>).
  static let crossplane = [
    Place(
      "**.spec.package", by: CrossplanePackage(), if: .object(group: "pkg.crossplane.io", kinds: ["Provider", "Configuration", "Function"]))
  ]
}

/// The `package` of Crossplane's objects.
struct CrossplanePackage: PlaceReading {
  private let image = LeftAlone(
    ImageText(),
    "packages that depend on it ask for a version, which Crossplane finds in no digest; where none does, name this place in 'sites'")

  var words: String? { image.words }
  var whyLeftAlone: String? { image.whyLeftAlone }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    image.sites(at: match, in: document, of: file)?.map { site in
      // Crossplane puts a registry of its own in front of a name without one.
      let host = site.text.contains("/") ? site.text.prefix { $0 != "/" } : ""
      guard site.image != nil, !host.contains("."), !host.contains(":"), host != "localhost" else { return site }
      var site = site
      site.content = .skipped(.notPinnable("the registry is Crossplane's own setting; write it in front of the name"))
      return site
    }
  }
}
