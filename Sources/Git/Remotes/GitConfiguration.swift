/// Git's configuration as far as it was read: names and values in the order in which git reads them, so that a later one wins.
package struct GitConfiguration: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// Lower case.
    package var section: String
    /// As it is written; nil for none.
    package var subsection: String?
    /// Lower case.
    package var key: String
    package var value: String

    /// From a name such as `http.https://host/.extraHeader`; nil for one without a section or a key.
    package init?(_ name: String, _ value: String) {
      guard let firstDot = name.firstIndex(of: "."), let lastDot = name.lastIndex(of: "."), name.index(after: lastDot) < name.endIndex,
        firstDot > name.startIndex
      else { return nil }
      section = name[..<firstDot].lowercased()
      key = name[name.index(after: lastDot)...].lowercased()
      subsection = firstDot < lastDot ? String(name[name.index(after: firstDot)..<lastDot]) : nil
      self.value = value
    }
  }

  package var entries: [Entry]
  /// For `~/` in paths.
  package var homeDirectory: String?

  package init(entries: [Entry] = [], homeDirectory: String? = nil) {
    self.entries = entries
    self.homeDirectory = homeDirectory
  }

  /// The last value of that name; section and key in lower case.
  package func value(_ section: String, _ key: String) -> String? {
    entries.last { $0.section == section && $0.key == key && $0.subsection == nil }?.value
  }

  /// The same with a part between the two, as it is written: `gpg.ssh.program`.
  package func value(_ section: String, subsection: String, _ key: String) -> String? {
    entries.last { $0.section == section && $0.key == key && $0.subsection == subsection }?.value
  }

  /// The last value of that name as git reads booleans; nil where there is none.
  package func flag(_ section: String, _ key: String) -> Bool? { value(section, key).map(Self.isTrue) }

  /// The URL that git would go to: `url.<base>.insteadOf`, the longest match (git-config(1)).
  package func rewriting(_ url: String) -> String { rewriting(url, by: "insteadof") ?? url }

  /// The URL that git would push to, where the remote has none for that: `url.<base>.pushInsteadOf` wins.
  func rewritingForPush(_ url: String) -> String { rewriting(url, by: "pushinsteadof") ?? rewriting(url) }

  private func rewriting(_ url: String, by key: String) -> String? {
    var best: (base: String, count: Int)?
    for entry in entries where entry.section == "url" && entry.key == key {
      guard let base = entry.subsection, url.utf8.starts(with: entry.value.utf8), entry.value.utf8.count > best?.count ?? 0 else {
        continue
      }
      best = (base, entry.value.utf8.count)
    }
    guard let best else { return nil }
    return best.base + String(decoding: url.utf8.dropFirst(best.count), as: UTF8.self)
  }

  /// Whether credential helpers keep credentials for each repository apart, of some server at least.
  var usesPathInCredentials: Bool {
    entries.contains { $0.section == "credential" && $0.key == "usehttppath" && Self.isTrue($0.value) }
  }

  /// As git reads booleans: a word, or a number that is not 0. A name without a value is read as `true`; one with an empty value is false.
  static func isTrue(_ value: String) -> Bool { ["true", "yes", "on"].contains(value.lowercased()) || Int(value).map { $0 != 0 } ?? false }
}
