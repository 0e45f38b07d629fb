import Dialects

extension LayeredConfiguration {
  /// What leaves a file out, as a message names it: `'exclude: k8s/**' in .tagpin.yaml:3`; nil where no file of the configuration does.
  package func whatLeavesOut(_ path: String) -> String? {
    if let pattern = patterns("exclude").first(where: { $0.glob.matches(path) }) {
      return "'exclude: \(pattern.text)' in \(pattern.origin)"
    }
    let included = patterns("include")
    guard let last = included.last, !included.contains(where: { $0.glob.matches(path) }) else { return nil }
    return "no pattern of 'include' in \(last.origin) matches one"
  }

  private func patterns(_ name: String) -> [(text: String, glob: Glob, origin: SettingOrigin)] {
    guard case .elements(let elements)? = keys.first(where: { $0.name == name })?.content else { return [] }
    return elements.compactMap { element in
      guard case .text(let text) = element.value, let glob = try? Glob(parsing: text, over: .trees) else { return nil }
      return (text, glob, element.origin)
    }
  }
}
