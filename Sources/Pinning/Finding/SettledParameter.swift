import Dialects
import SourceText

/// What a parameter is used as in all files.
package struct SettledParameter: Sendable {
  var traits: ParameterFlow.Traits
  /// Why a digest may break it, or why nobody can tell what it is given to.
  var reason: String?

  /// What one of its values is.
  fileprivate enum Outcome {
    case site(Site)
    case none
    /// Nobody can tell: why, and what it may be.
    case unknown(String?, Site?)
  }

  /// `node` is the parameter.
  fileprivate func outcome(of value: ParameterNode.Value, _ node: ParameterNode) -> Outcome {
    guard traits.contains(.image) else { return traits.contains(.unknown) ? .unknown(reason, maybe(value, node)) : .none }
    var site = value.site
    guard traits.contains(.certainImage) || value.isTagged || site.isSkipped else { return .none }
    if traits.contains(.digestAlone) { site.form = .digest }
    site.isInScript = !traits.contains(.outsideScripts)
    if site.isSkipped { return .site(site) }
    if let why = reason ?? value.why { return .site(site.with(content: .skipped(.usedOtherwise(why)))) }
    // A word alone may be an image, or what an image is called somewhere else.
    let isWord = !value.isTagged && !site.text.contains("/")
    return .site(isWord ? site.with(content: .skipped(.tagElsewhere)) : site)
  }

  /// What a value that is handed on to something unknown may be. What is given to it directly, its dialect tells.
  private func maybe(_ value: ParameterNode.Value, _ node: ParameterNode) -> Site? {
    guard node.callees == nil, value.isTagged, let reason, !value.site.isSkipped,
      value.site.text.contains("/") || node.name.lowercased().contains("image")
    else { return nil }
    var site = value.site
    site.isLikely = !site.namesContent
    return site.isLikely ? site.with(content: .skipped(.notPinnable(reason))) : site
  }
}

extension Findings {
  /// Makes sites of the values that are images by what all files say of these parameters, which are its own. O(values and sites).
  mutating func settle(by uses: [SettledParameter]) {
    var outcomes: [Range<Int>: [SettledParameter.Outcome]] = [:]
    for (node, use) in zip(parameters, uses) {
      for value in node.values { outcomes[value.site.range, default: []].append(use.outcome(of: value, node)) }
    }
    guard !outcomes.isEmpty else { return }
    var settled: [Site] = []
    for site in sites {
      let outcomes = outcomes.removeValue(forKey: site.range)
      // What only an image can be is one whatever it is given to.
      if let outcomes, site.isLikely || site.isSkipped {
        if let site = Self.site(of: outcomes, instead: site) { settled.append(site) }
      } else {
        settled.append(site)
      }
    }
    settled += outcomes.values.compactMap { Self.site(of: $0, instead: nil) }
    sites = settled.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// What several calls make of one value, which an alias may have given to all of them.
  private static func site(of outcomes: [SettledParameter.Outcome], instead known: Site?) -> Site? {
    var sites: [Site] = []
    for outcome in outcomes {
      switch outcome {
      case .unknown(let why, let maybe): return known.map { $0.isLikely && $0.isSkipped ? $0.leftAlone(why) : $0 } ?? maybe
      case .site(let site): sites.append(site)
      case .none: break
      }
    }
    guard sites.count == outcomes.count else { return sites.isEmpty ? nil : known }
    return sites.first(where: \.isSkipped) ?? sites.first
  }
}

extension Site {
  fileprivate var isSkipped: Bool { if case .skipped = content { true } else { false } }

  fileprivate func leftAlone(_ why: String?) -> Site {
    guard case .skipped(.notPinnable) = content, let why else { return self }
    return with(content: .skipped(.notPinnable(why)))
  }
}
