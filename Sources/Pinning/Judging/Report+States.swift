import Configuration
import Dialects
import Rules

extension Report {
  /// Gives each verdict the weight that the policies of the configuration say: of several layers' the greatest. Where none says anything it
  /// keeps its own.
  package mutating func weighVerdicts(by configuration: Configuration) {
    guard !configuration.policy.isEmpty else { return }
    for file in files.indices {
      for index in files[file].sites.indices {
        let site = files[file].sites[index].site
        guard case .verified(var verdict) = files[file].sites[index].state, verdict.rule.reasonForFixedWeight == nil else { continue }
        let policies = configuration.policies(
          on: verdict.rule, of: site.recorded, path: files[file].path, namespace: site.namespace)
        guard let worst = policies.max(by: { $0.severity < $1.severity }) else { continue }
        if worst.severity != verdict.severity {
          let weight = worst.severity == .error ? "an error" : "a \(worst.severity.rawValue)"
          verdict.evidence.append("\(worst.origin) makes that \(weight)" + (worst.reason.map { ": \($0)" } ?? ""))
        }
        verdict.severity = worst.severity
        files[file].sites[index].state = .verified(verdict)
      }
    }
  }
}
