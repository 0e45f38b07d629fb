import Corpus

/// `tagpin unpin --commit`, which asks nothing of the network, against `tagpin unpin` and then git for the commit.
func measureCommitting(_ tools: Tools, directory: String) throws {
  let count = 5000
  let runs = 5
  let repository = try Repository(Corpus.pinned(count: count), at: directory + "/committing")
  let git = ["git", "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.test"]
  try printed(git + ["commit", "--quiet", "--message", "pinned"], in: repository.path)
  let base = try printed(["git", "rev-parse", "HEAD"], in: repository.path).split(separator: "\n").joined()
  func reset() throws {
    try printed(["git", "reset", "--quiet", "--hard", base], in: repository.path)
    // Without the objects of the run before, which would not be written again.
    try printed(["git", "reflog", "expire", "--expire=now", "--all"], in: repository.path)
    try printed(["git", "gc", "--quiet", "--prune=now"], in: repository.path)
  }

  var alone = Series("tagpin unpin")
  var program = Series("git add + git commit")
  var together = Series("tagpin unpin --commit")
  for run in 0...runs {
    try reset()
    let rewritten = try tools.run([tools.tagpin, "unpin"], in: repository.path)
    let command = (git.map { "'\($0)'" } + ["commit --quiet --message x"]).joined(separator: " ")
    let committed = try tools.run(["sh", "-c", "git add --update && \(command)"], in: repository.path)
    try reset()
    let both = try tools.run(
      [tools.tagpin, "unpin", "--commit", "--author", "benchmark <benchmark@example.test>"], in: repository.path)
    guard run > 0 else { continue }  // the first only fills the caches
    alone.append(rewritten)
    program.append(committed)
    together.append(both)
  }
  Table.heading("commit: \(count) changed files, \(runs) runs")
  Table.header()
  [alone, program, together].forEach(Table.series)
  Table.row([
    "  ratio to both one after the other", Table.decimal(together.best / (alone.best + program.best)),
    Table.decimal(together.median / (alone.median + program.median)), "  aim: at most 1.00",
  ])
  Table.figure("peak memory", Table.megabytes(together.peak))
}
