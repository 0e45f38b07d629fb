import Dialects
import Pinning
import References

/// What `tagpin init` writes: a configuration in which everything is a comment, made for what is in the repository.
package struct StartingConfiguration {
  /// The images that the repository builds, as they are written, each with the place that builds it.
  private let built: [(image: String, place: String)]
  /// Patterns for the images of each registry and owner.
  private let sources: [String]
  private let inScripts: Int
  private let likely: Int
  /// Files whose names do not say what they are, with the dialect that their content looks like.
  private let odd: [(path: String, dialect: String)]

  /// `report` is that of `list`. `others` are files that no dialect knew, with their first bytes.
  package init(_ report: Report, _ scanned: [ScannedFile], others: [(path: String, text: String)] = []) {
    var built: [(image: String, place: String)] = []
    for file in scanned where file.file.role != .context {
      for image in file.ownImages where !built.contains(where: { $0.image == image.name.familiar }) {
        built.append((image.name.familiar, "\(file.file.path):\(image.line)"))
      }
    }
    self.built = built
    let sites = report.files.flatMap(\.sites)
    let images = sites.filter { $0.state == .pinned || $0.state == .unpinned }.compactMap(\.site.image)
    sources = Set(images.map { Self.source(of: $0.name) }).sorted()
    inScripts = sites.count { $0.state == .skipped(.tagInScript) }
    likely = sites.count { $0.state == .skipped(.likely) }
    odd = others.compactMap { file in Self.dialect(of: file.text).map { (file.path, $0) } }
  }

  /// `docker.io/library/**`, `ghcr.io/acme/**`.
  private static func source(of name: ImageName) -> String {
    let owner = name.repository.split(separator: "/").dropLast().first.map { "/\($0)" } ?? ""
    return "\(name.registry)\(owner)/**"
  }

  /// By lines that few other files begin with.
  private static func dialect(of text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline)
    func begins(_ prefix: String) -> Bool { lines.contains { $0.hasPrefix(prefix) } }
    if begins("services:"), lines.contains(where: { $0.drop { $0 == " " }.hasPrefix("image:") }) { return "compose" }
    if begins("apiVersion:"), begins("kind:") { return "kubernetes" }
    if lines.first(where: { !$0.hasPrefix("#") })?.hasPrefix("FROM ") == true { return "dockerfile" }
    return nil
  }

  /// A YAML file that says nothing yet.
  package var text: String {
    var blocks = [
      """
      # yaml-language-server: $schema=.tagpin.schema.json
      # What tagpin does in this repository; nothing yet: every line is a comment. Editors check it where
      # 'tagpin schema > .tagpin.schema.json' has been run. All keys: 'tagpin help configuration'.
      """,
      block("References that are left alone.", "ignore", ["{ image: \"ghcr.io/acme/**\", reason: \"why\", until: 2027-03-01 }"]),
    ]
    if !built.isEmpty {
      let places = built.map { "\($0.image) (\($0.place))" }.joined(separator: ", ").visible
      blocks.append(
        block(
          "Built here, and so left alone where they are used: \(places). To pin one that is published:", "built-here",
          built.prefix(3).map { "{ image: \($0.image.yamlQuoted), pin: true }" }))
    }
    if !sources.isEmpty {
      blocks.append(
        block("Where images come from. With this, others are an error of 'tagpin check':", "registries-allowed", sources.map(\.yamlQuoted)))
    }
    if !odd.isEmpty {
      blocks.append(
        block(
          "Files whose names do not say what they are, and that look like this:", "files",
          odd.map { "{ match: \($0.path.yamlQuoted), dialect: \($0.dialect) }" }))
    }
    if inScripts > 0 {
      blocks.append("# Tags in scripts (\(inScripts) here) are listed; with this they are pinned, too.\n# scripts: true")
    }
    if likely > 0 { blocks.append("# What only may be an image (\(likely) here) is listed; with this it is pinned, too.\n# likely: true") }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// A few words for the person who ran it.
  package var summary: String {
    let counts = [
      (sources.count, "source of images", "sources of images"), (built.count, "image that is built here", "images that are built here"),
      (odd.count, "file with an odd name", "files with odd names"),
    ]
    let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    return words.isEmpty ? "nothing found to name in it" : words.joined(separator: ", ")
  }

  private func block(_ comment: String, _ key: String, _ elements: [String]) -> String {
    (["# \(comment)", "# \(key):"] + elements.map { "#   - \($0)" }).joined(separator: "\n")
  }
}
