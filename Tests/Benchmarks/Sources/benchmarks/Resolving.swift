import Corpus
import LoopbackRegistry

/// `tagpin pin --dry-run` of many references against a registry whose every answer takes a while, against the time that the answers
/// alone take.
func measureResolving(_ tools: Tools, _ access: LoopbackRegistry.Access, directory: String, startUp: Double) throws {
  let references = 1000
  let delay = 20
  let runs = 5
  let registry = try LoopbackRegistry(access: access, delayInMilliseconds: delay)
  defer { try? registry.stop() }
  let repository = try Repository(
    Corpus.references(count: references, registry: "127.0.0.1:\(registry.port)"), at: directory + "/references-\(registry.port)")
  let rounds = access == .token ? 2 : 1
  let kind = access == .token ? "a token for each repository" : "no tokens"
  Table.heading("resolve, \(kind): \(references) references, \(delay) ms for each answer, \(runs) runs")
  Table.header()
  for jobs in [32, 64] {
    var series = Series("tagpin pin --dry-run --jobs \(jobs)")
    var counts = RequestCounts.Values()
    for run in 0...runs {
      _ = registry.counts.take()
      let measured = try tools.run([tools.tagpin, "pin", "--dry-run", "--jobs", String(jobs)], in: repository.path)
      counts = registry.counts.take()
      if run > 0 { series.append(measured) }
    }
    let ideal = Double(references * delay * rounds) / 1000 / Double(jobs)
    Table.series(series)
    Table.figure("ideal\(rounds > 1 ? " (token and manifest)" : "")", Table.seconds(ideal))
    Table.row(["  ratio to the ideal", Table.decimal(series.best / ideal), Table.decimal(series.median / ideal), "  aim: at most 1.30"])
    Table.row([
      "  ratio without the start-up", Table.decimal((series.best - startUp) / ideal), Table.decimal((series.median - startUp) / ideal),
    ])
    Table.figure(
      "requests",
      "\(counts.all): \(counts.manifests) manifests, \(counts.tokens) tokens, \(counts.challenges) challenges; "
        + "\(counts.connections) connections, at most \(counts.mostAtOnce) at once")
    Table.figure("peak memory", Table.megabytes(series.peak), aim: "under 64 MB")
  }
}
