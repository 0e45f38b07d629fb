import Distribution
import Pinning
import References
import Rules

/// Two images for one platform: what is pinned, and what the tag names now.
struct ImageComparison {
  var old: ImageDetail
  var new: ImageDetail
  var platform: Platform?

  func verdict(current: Digest) -> Verdict {
    let changes = changesOfProcess + changesOfLabels
    if !changes.isEmpty { return verdict(.mutant, .error, changes, current) }
    let shares = hasHalfOfLayers
    guard old.origin.comparableSource != nil else {
      let named = ["neither image says from which source it was built"]
      return shares
        ? verdict(.rebuilt, .warning, named + [layers], current) : verdict(.unexplained, .warning, named + [layers], current)
    }
    switch (old.origin.revision, new.origin.revision) {
    case (let before?, let after?) where before == after:
      return verdict(.rebuilt, shares ? .note : .warning, ["the same source and revision \(shown(after))"] + base + [layers], current)
    case (let before?, let after?):
      return verdict(.reReleased, .warning, ["the same source, revision \(shown(before)) before and \(shown(after)) now", layers], current)
    default:
      return verdict(.unexplained, .warning, ["the same source, and no revision that could be compared", layers], current)
    }
  }

  // MARK: What no rebuild explains

  private var changesOfProcess: [String] {
    var changes: [String] = []
    if old.process.effective != new.process.effective {
      changes.append("it starts '\(new.process.effective.shown)', where it started '\(old.process.effective.shown)'")
    }
    if old.process.account != new.process.account {
      changes.append("it runs as '\(new.process.account)', where it ran as '\(old.process.account)'")
    }
    return changes
  }

  private var changesOfLabels: [String] {
    var changes: [String] = []
    if let before = old.origin.source, old.origin.comparableSource != new.origin.comparableSource {
      changes.append("its source was '\(before)' and is \(new.origin.source.map { "'\($0)'" } ?? "not named") now")
    }
    if let before = old.origin.version, before != new.origin.version {
      changes.append("its version label was '\(before)' and is \(new.origin.version.map { "'\($0)'" } ?? "not there") now")
    }
    return changes
  }

  // MARK: Evidence

  private var sharedLayerCount: Int { Set(old.layers).intersection(new.layers).count }

  /// Half of the old layers or more are in the new image.
  private var hasHalfOfLayers: Bool { !old.layers.isEmpty && sharedLayerCount * 2 >= old.layers.count }

  private var layers: String { "\(sharedLayerCount) of \(old.layers.count) layers are the same" }

  private var base: [String] {
    guard let before = old.origin.baseDigest, let after = new.origin.baseDigest, before != after else { return [] }
    return ["built on another base (\(shown(before)) before, \(shown(after)) now)"]
  }

  private func verdict(_ rule: Rule, _ severity: Severity, _ evidence: [String], _ current: Digest) -> Verdict {
    let place = platform.map { "\($0): " } ?? ""
    return Verdict(
      rule, severity,
      evidence.map { place + $0 } + ["the labels are the publisher's word"].filter { _ in rule != .mutant && old.origin.source != nil },
      current: current.description)
  }

  /// A commit or a digest, short enough for a line.
  private func shown(_ text: String) -> String {
    if let digest = Digest(text) { return digest.abbreviated }
    return text.utf8.count > 16 ? "\(text.prefix(12))…" : text
  }
}

extension ImageProcess {
  /// What is started: the entrypoint, and without one the command.
  fileprivate var effective: [String] { entrypoint.isEmpty ? command : entrypoint }

  /// Who it runs as, by one name where there are several.
  fileprivate var account: String {
    let name = user.prefix { $0 != ":" }
    return name.isEmpty || name == "0" ? "root" : String(name)
  }
}

extension [String] {
  /// Short enough for a line.
  fileprivate var shown: String {
    let text = joined(separator: " ")
    return text.isEmpty ? "nothing" : text.count > 80 ? "\(text.prefix(79))…" : text
  }
}
