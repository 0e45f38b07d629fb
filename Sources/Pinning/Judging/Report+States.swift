import Configuration
import Dialects
import Rules

extension Report {
  /// Gives each verdict the weight that the policies of the configuration say.
  package mutating func weighVerdicts(by configuration: Configuration) {
    for file in files.indices {
      for index in files[file].sites.indices {
        guard case .verified(let verdict) = files[file].sites[index].state else { continue }
        let weighed = configuration.weighed(verdict, on: files[file].sites[index].site, in: files[file].path)
        files[file].sites[index].state = .verified(weighed)
      }
    }
  }
}

extension Configuration {
  /// A verdict on a site with the weight that the policies say: of several layers' the greatest. Where no policy says anything it keeps its
  /// own. The repository's own policies cannot lower what a rule of a trusted configuration decided.
  func weighed(_ verdict: Verdict, on site: Site, in path: String) -> Verdict {
    guard !policy.isEmpty, verdict.rule.reasonForFixedWeight == nil else { return verdict }
    let policies = policies(on: verdict.rule, of: site.recorded, path: path, namespace: site.namespace).filter {
      $0.isTrusted || !verdict.isByTrustedRule
    }
    guard let worst = policies.max(by: { $0.severity < $1.severity }) else { return verdict }
    var weighed = verdict
    if worst.severity != verdict.severity {
      let weight = worst.severity == .error ? "an error" : "a \(worst.severity.rawValue)"
      weighed.evidence.append("\(worst.origin) makes that \(weight)" + (worst.reason.map { ": \($0)" } ?? ""))
    }
    weighed.severity = worst.severity
    return weighed
  }
}
