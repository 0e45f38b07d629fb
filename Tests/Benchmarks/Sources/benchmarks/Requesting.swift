import LoopbackRegistry

/// A command that asks a registry, beside the time that the registry's answers alone take.
struct Requesting {
  let tools: Tools
  let registry: LoopbackRegistry
  let directory: String
  let runs: Int
  /// Of the program, in seconds.
  let startUp: Double

  /// `ideal` is in seconds, `rounds` says what it is made of. Without `jobs`, as many as the program itself has.
  func measure(_ arguments: [String], jobs: Int?, ideal: Double, rounds: String) throws {
    var series = Series("tagpin \(arguments.prefix { !$0.contains(":") }.joined(separator: " "))\(jobs.map { " --jobs \($0)" } ?? "")")
    var counts = RequestCounts.Values()
    for run in 0...runs {
      _ = registry.counts.take()
      let measured = try tools.run([tools.tagpin] + arguments + (jobs.map { ["--jobs", String($0)] } ?? []), in: directory)
      counts = registry.counts.take()
      if run > 0 { series.append(measured) }  // the first only fills the caches
    }
    Table.series(series)
    Table.figure("ideal (\(rounds))", Table.seconds(ideal))
    Table.row(["  ratio to the ideal", Table.decimal(series.best / ideal), Table.decimal(series.median / ideal), "  aim: at most 1.30"])
    Table.row([
      "  ratio without the start-up", Table.decimal((series.best - startUp) / ideal), Table.decimal((series.median - startUp) / ideal),
    ])
    Table.figure(
      "requests",
      "\(counts.all): \(counts.manifests) manifests, \(counts.lists) lists, \(counts.tokens) tokens, \(counts.challenges) challenges; "
        + "\(counts.connections) connections, at most \(counts.mostAtOnce) at once")
    Table.figure("peak memory", Table.megabytes(series.peak), aim: "under 64 MB")
  }
}
