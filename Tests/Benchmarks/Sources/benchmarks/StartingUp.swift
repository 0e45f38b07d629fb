/// `tagpin --version`, against what git takes and against what any program takes. Gives the median of tagpin.
func measureStartingUp(_ tools: Tools, directory: String) throws -> Double {
  let runs = 50
  let series = try tools.inTurns(
    [("tagpin --version", [tools.tagpin, "--version"]), ("git --version", ["git", "--version"]), ("true", ["true"])], in: directory,
    runs: runs)
  Table.heading("start-up, \(runs) runs")
  Table.header()
  series.forEach(Table.series)
  Table.ratio(series[0], to: series[1])
  Table.ratio(series[0], to: series[2])
  Table.figure("median", Table.seconds(series[0].median), aim: "under 10 ms")
  return series[0].median
}
