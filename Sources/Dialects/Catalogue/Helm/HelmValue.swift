import Documents
import References

/// Any member of the values of a chart: it is an image if its key says so, or the name of an image in parts if other parts are beside it.
struct HelmValue: PlaceReading {
  var words: String? { " (`…image`, or in parts: `…repository` or `…name`, `…tag`, `…digest` or `…sha`)" }
  var pinnedPart: PinnedPart { .digestKey }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? { site(at: match, of: file).map { [$0] } }

  private func site(at match: Match, of file: ReadFile) -> Site? {
    guard let key = match.key, let mapping = match.mappings.last, let written = match.node.scalar?.value, !written.isEmpty else {
      return nil
    }
    guard let keys = HelmImageKeys(nameKey: key) else {
      if key == "reference", mapping["name"] != nil || isImageWord(match.outerKey ?? ""), isWhole(written), written.contains("/") {
        return wholeSite(match, written, file)
      }
      // `images.v1_2_0.proxy: quay.io/acme/proxy:1.2.0`, an annotation of a pod.
      if NamedImage.isNamed(key), isWhole(written), hasHost(written) { return wholeSite(match, written, file) }
      // A member of `images` itself, not of a mapping in a list of that name.
      return match.steps.suffix(2) == [.key("images"), .key(key)] ? wholeSite(match, written, file) : nil
    }
    // `{name: web, reference: ghcr.io/acme/web:1.2}`
    if keys.kind == .name, let whole = mapping["reference"]?.scalar?.value, isWhole(whole) { return nil }
    let isUnderImage = isImageWord(match.outerKey ?? "")
    // Some charts, Harbor's among them, call it `version`.
    let tagKey = keys.key(for: isUnderImage ? ["tag", "version"] : ["tag"], in: mapping)
    if keys.kind == .image, tagKey == nil || isWhole(written) { return wholeSite(match, written, file) }
    let hasImageWord = isUnderImage || isImageWord(keys.prefix)
    guard mayBeName(written), keys.kind != .name || hasImageWord else { return nil }
    let digestKey = keys.key(for: ["digest", "sha", "sha256"], in: mapping)
    let registryKey = keys.key(for: ["registry"], in: mapping)
    let hasParts = digestKey != nil || registryKey != nil
    guard keys.kind == .image || hasImageWord || tagKey != nil && isLikely(written, in: mapping, hasParts: hasParts) else { return nil }

    var site = file.site(
      of: ImageParts(
        name: match.node, nameText: written, registry: registryKey.flatMap { mapping[$0]?.scalar }.map { $0.isNull ? "" : $0.value } ?? "",
        mapping: mapping, tag: tagKey.flatMap { mapping[$0] }, digestKey: digestKey ?? "digest", insertion: .tagIfConfigured),
      place: keys.prefix.isEmpty && match.outerKey != nil ? SitePlace(match.steps.dropLast()) : match.path)
    if site.image != nil || site.content == .skipped(.tagElsewhere) {
      if let others = otherNames(than: key, keys, in: mapping, isUnderImage: isUnderImage) {
        // The first of them speaks for all.
        guard others.isFirst else { return nil }
        site.content = .skipped(.notPinnable("'\(others.list)' are both here; which one names the image is up to the chart"))
      } else if let why = whyUncertain(match, written, registryKey, mapping) {
        site.content = .skipped(.notPinnable(why))
      }
    }
    if !hasImageWord, case .failed(.invalidReference) = site.content { return nil }
    return site
  }

  /// Whether a text can be an image's name: no URL, no git repository, no prose. A templated one may become anything.
  private func mayBeName(_ written: String) -> Bool {
    let isAnother = written.contains("://") || written.hasPrefix("git@") || written.hasSuffix(".git")
    return !isAnother && !written.contains(where: \.isWhitespace) || Literal.placeholder(in: written) != nil
  }

  /// Whether a name with a tag, whose keys do not speak of an image, is that of one: git repositories and charts have such keys, too.
  private func isLikely(_ name: String, in mapping: Node, hasParts: Bool) -> Bool {
    (hasParts || hasHost(name) || ["pullPolicy", "imagePullPolicy"].contains { mapping[$0] != nil })
      && !["branch", "chart", "revision"].contains { mapping[$0] != nil }
  }

  /// An image written whole. A word without a registry and a tag is not an image: `pullSecret: hub`, `backgroundImage: sky`.
  private func wholeSite(_ match: Match, _ written: String, _ file: ReadFile) -> Site? {
    guard match.key == "image" || isWhole(written) || hasHost(written) || Literal.placeholder(in: written) != nil else { return nil }
    return ImageText(certainty: .ifTagged).site(at: match, of: file)
  }

  /// Other keys of this mapping that name an image, too: charts write `registry/repository/name` as well as `registry/repository` with a
  /// name for something else.
  private func otherNames(
    than key: String, _ keys: HelmImageKeys, in mapping: Node, isUnderImage: Bool
  ) -> (list: String, isFirst: Bool)? {
    guard keys.prefix.isEmpty else { return nil }
    let names = ["repository", "repo", "image"] + (isUnderImage ? ["name"] : [])
    let present = names.compactMap(mapping.members.position).sorted().map { mapping.members[$0] }
      .filter { $0.value.scalar.map { !$0.isNull && !$0.value.isEmpty } ?? false }.compactMap(\.key.scalar?.value)
    return present.count < 2 ? nil : (present.joined(separator: "' and '"), present.first == key)
  }

  /// Why the parts here may not be what the chart makes of them.
  private func whyUncertain(_ match: Match, _ name: String, _ registryKey: String?, _ mapping: Node) -> String? {
    if mapping["useDigest"]?.scalar?.value == "false" { return "'useDigest: false' beside it turns the digest off" }
    let global = match.mappings.lazy.compactMap { $0["global"]?["imageRegistry"]?.scalar }.first
    guard let global, !global.isNull, !global.value.isEmpty, global.value != registryKey.flatMap({ mapping[$0]?.scalar?.value }),
      registryKey != nil || !hasHost(name)
    else { return nil }
    return
      "'global.imageRegistry' is '\(global.value)', and whether the chart puts it before this name is not known; write it as this image's registry, too"
  }

  /// `imagePullSecrets` and its like are about images, and name none.
  private func isImageWord(_ key: String) -> Bool {
    let key = key.lowercased()
    return key.contains("image") && !["secret", "credential", "policy"].contains(where: key.contains)
  }

  private func isWhole(_ written: String) -> Bool {
    guard let image = try? ImageReference(parsing: written) else { return false }
    return image.tag != nil || image.digest != nil
  }

  private func hasHost(_ name: String) -> Bool {
    guard let slash = name.firstIndex(of: "/") else { return false }
    return name[..<slash].contains { $0 == "." || $0 == ":" } || name[..<slash] == "localhost"
  }
}
