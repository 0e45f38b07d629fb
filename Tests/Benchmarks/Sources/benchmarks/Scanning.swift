import Corpus

/// `tagpin list` over a catalogue of operators and on one named file of it, against looking for one word in all of them.
func measureCatalogue(_ tools: Tools, _ repository: Repository, named file: String, runs: Int) throws {
  let series = try tools.inTurns(
    [("tagpin list", [tools.tagpin, "list"]), ("tagpin list FILE", [tools.tagpin, "list", file]), wordSearch], in: repository.path,
    runs: runs)
  Table.heading("scan, a catalogue of operators: \(repository.description), \(runs) runs")
  Table.header()
  series.forEach(Table.series)
  Table.ratio(series[0], to: series[2], aim: "at most 1.20")
  Table.ratio(series[1], to: series[2])
  Table.figure("peak memory", Table.megabytes(series[0].peak), aim: "under 150 MB")
}

/// `tagpin list` over a repository, against parsing the same bytes and against looking for one word in them. The worst case has no aims.
func measureScanning(_ tools: Tools, _ title: String, _ repository: Repository, runs: Int, hasAims: Bool) throws {
  let series = try tools.inTurns(
    [("tagpin list", [tools.tagpin, "list"]), ("libyaml parsing in C", [tools.libyamlParse, repository.list]), wordSearch],
    in: repository.path, runs: runs)
  Table.heading("scan, \(title): \(repository.description), \(runs) runs")
  Table.header()
  series.forEach(Table.series)
  Table.ratio(series[0], to: series[1], aim: hasAims ? "at most 1.00" : nil)
  Table.ratio(series[0], to: series[2])
  Table.figure("peak memory", Table.megabytes(series[0].peak), aim: hasAims ? "under 64 MB" : nil)
}

/// `tagpin check` over a large repository, as a gate runs it, against a search for the words of references.
func measureChecking(_ tools: Tools, _ repository: Repository, runs: Int) throws {
  let search = ["git", "grep", "-n", "-E", "image:|FROM|uses:"]
  let series = try tools.inTurns(
    [("tagpin check", [tools.tagpin, "check"]), ("git grep -n -E 'image:|FROM|uses:'", search)], in: repository.path, runs: runs,
    accepting: [0, 1])
  Table.heading("check: \(repository.description), \(runs) runs")
  Table.header()
  series.forEach(Table.series)
  Table.ratio(series[0], to: series[1], aim: "at most 1.00")
  Table.figure("peak memory", Table.megabytes(series[0].peak), aim: "under 64 MB")
}

private let wordSearch = (title: "git grep -n image:", command: ["git", "grep", "-n", "image:"])
