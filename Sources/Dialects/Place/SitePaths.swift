/// One or several site paths, as the catalogue writes them in one text.
///
/// `{a,b}` stands for each of its parts: `steps{[],.*}.image` is `steps[].image` and `steps.*.image`, in that order. `[*]` at the end
/// stands for the value itself and for each element where it is a list, or a list of lists: `script[*]`.
package struct SitePaths: Hashable, Sendable, ExpressibleByStringLiteral {
  package let all: [SitePath]
  /// As they are shown to people, to whom the elements of a list go without saying.
  package let shown: [SitePath]

  package init(_ path: SitePath) {
    all = [path]
    shown = [path]
  }

  /// A literal that does not parse is a mistake in this program, which the first test that touches the catalogue meets.
  package init(stringLiteral text: StaticString) {
    let anyList = "[*]"
    let texts = Self.alternatives(of: "\(text)")
    shown = texts.map { Self.path($0.hasSuffix(anyList) ? String($0.dropLast(anyList.count)) : $0) }
    all = texts.flatMap { text -> [SitePath] in
      guard text.hasSuffix(anyList) else { return [Self.path(text)] }
      return ["", "[]", "[][]"].map { Self.path(text.dropLast(anyList.count) + $0) }
    }
  }

  private static func path(_ text: String) -> SitePath {
    do { return try SitePath(parsing: text) } catch { preconditionFailure("\(error)") }
  }

  /// The text once with each part of its first braces, and so on. Braces cannot be nested.
  private static func alternatives(of text: String) -> [String] {
    guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else { return [text] }
    let rest = alternatives(of: String(text[text.index(after: close)...]))
    let parts = text[text.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
    return parts.flatMap { part in rest.map { String(text[..<open]) + part + $0 } }
  }
}
