import References

/// How far a run is, for whoever waits.
package struct Progress: Hashable, Sendable {
  package var done: Int
  package var total: Int
  /// The servers that have not answered yet, the one with the most open questions first.
  package var waitingFor: [String] = []
}

/// Counts what is done, whichever is done first, and knows who has not answered.
package actor ProgressCounter {
  private var done = 0
  private let total: Int
  private var open: [String: Int] = [:]
  private let report: @Sendable (Progress) -> Void

  package init(total: Int, report: @escaping @Sendable (Progress) -> Void) {
    self.total = total
    self.report = report
  }

  /// While `body` runs, that server is waited for.
  package func counting<Answer: Sendable>(_ server: String, _ body: @Sendable () async -> Answer) async -> Answer {
    open[server, default: 0] += 1
    tell()
    let answer = await body()
    done += 1
    open[server, default: 0] -= 1
    tell()
    return answer
  }

  private func tell() {
    let servers = open.filter { $0.value > 0 }.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    report(Progress(done: done, total: total, waitingFor: servers.map(\.key)))
  }
}
