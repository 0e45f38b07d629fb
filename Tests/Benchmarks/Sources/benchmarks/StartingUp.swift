/// `tagpin --version`, against what git takes and against what any program takes. Gives the median of tagpin.
func measureStartingUp(_ tools: Tools, directory: String) throws -> Double {
  let runs = 50
  var tagpin = Series("tagpin --version")
  var git = Series("git --version")
  var nothing = Series("true")
  for run in 0...runs {
    let measured = (
      try tools.run([tools.tagpin, "--version"], in: directory),
      try tools.run(["git", "--version"], in: directory),
      try tools.run(["true"], in: directory)
    )
    guard run > 0 else { continue }
    tagpin.append(measured.0)
    git.append(measured.1)
    nothing.append(measured.2)
  }
  Table.heading("start-up, \(runs) runs")
  Table.header()
  [tagpin, git, nothing].forEach(Table.series)
  Table.ratio(tagpin, to: git)
  Table.ratio(tagpin, to: nothing)
  Table.figure("median", Table.seconds(tagpin.median), aim: "under 10 ms")
  return tagpin.median
}
