/// Counts what is done, whichever is done first.
package actor ProgressCounter {
  private var progress: Progress
  private let report: @Sendable (Progress) -> Void

  package init(total: Int, report: @escaping @Sendable (Progress) -> Void) {
    progress = Progress(done: 0, total: total)
    self.report = report
  }

  package func advance() {
    progress.done += 1
    report(progress)
  }
}
