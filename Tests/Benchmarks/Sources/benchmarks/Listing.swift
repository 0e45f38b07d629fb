import LoopbackGit

/// The refs of many repositories against a server whose every answer takes a while: one `ls-refs` request each, against the time that the
/// answers alone take and against libgit2's own listing.
func measureListing(_ tools: Tools) throws {
  let repositories = 200
  let delay = 20
  let runs = 7
  let jobs = 32
  let tags = 300
  let server = try LoopbackGit(tags: tags, delayInMilliseconds: delay)
  defer { try? server.stop() }
  var ours = Series("ls-refs over http (Git/Remotes)")
  var library = Series("git_remote_ls over http (libgit2)")
  for run in 0...runs {
    let measured = (
      try tools.timed("list-references", server.port, repositories, jobs), try tools.timed("libgit2-list", server.port, repositories, jobs)
    )
    guard run > 0 else { continue }
    ours.append(measured.0)
    library.append(measured.1)
  }
  let ideal = Double((repositories + jobs - 1) / jobs * delay) / 1000
  Table.heading("refs: \(repositories) repositories of \(tags) tags, \(delay) ms for each answer, \(jobs) at once, \(runs) runs")
  Table.row(["", "best", "median"])
  for series in [ours, library] { Table.row(["  " + series.title, Table.seconds(series.best), Table.seconds(series.median)]) }
  Table.figure("ideal", Table.seconds(ideal))
  Table.row(["  ratio to the ideal", Table.decimal(ours.best / ideal), Table.decimal(ours.median / ideal), "  aim: at most 1.30"])
  Table.row(["  libgit2's to the ideal", Table.decimal(library.best / ideal), Table.decimal(library.median / ideal)])
}

extension Tools {
  /// A program of ours that lists refs; the time is the one it took for that alone, and prints.
  fileprivate func timed(_ name: String, _ port: Int, _ count: Int, _ jobs: Int) throws -> Measurement {
    let text = try printed([directory + "/" + name, "http://127.0.0.1:\(port)", String(count), String(jobs)])
    guard let seconds = Double(text.split(whereSeparator: \.isWhitespace).first ?? "") else {
      throw BenchmarkError(description: "'\(name)' failed")
    }
    return Measurement(wall: seconds, cpu: .nan, peak: .nan, exitCode: 0)
  }
}
