import Corpus

/// `tagpin list` over a catalogue of operators and on one named file of it, against looking for one word in all of them.
func measureCatalogue(_ tools: Tools, _ repository: Repository, named file: String, runs: Int) throws {
  var list = Series("tagpin list")
  var named = Series("tagpin list FILE")
  var grep = Series("git grep -n image:")
  for run in 0...runs {
    let measured = (
      try tools.run([tools.tagpin, "list"], in: repository.path),
      try tools.run([tools.tagpin, "list", file], in: repository.path),
      try tools.run(["git", "grep", "-n", "image:"], in: repository.path)
    )
    guard run > 0 else { continue }  // the first only fills the caches
    list.append(measured.0)
    named.append(measured.1)
    grep.append(measured.2)
  }
  Table.heading("scan, a catalogue of operators: \(repository.description), \(runs) runs")
  Table.header()
  [list, named, grep].forEach(Table.series)
  Table.ratio(list, to: grep, aim: "at most 1.20")
  Table.ratio(named, to: grep)
  Table.figure("peak memory", Table.megabytes(list.peak), aim: "under 150 MB")
}

/// `tagpin list` over a repository, against parsing the same bytes and against looking for one word in them. The worst case has no aims.
func measureScanning(_ tools: Tools, _ title: String, _ repository: Repository, runs: Int, hasAims: Bool) throws {
  var list = Series("tagpin list")
  var parse = Series("libyaml parsing in C")
  var grep = Series("git grep -n image:")
  for run in 0...runs {
    let measured = (
      try tools.run([tools.tagpin, "list"], in: repository.path),
      try tools.run([tools.libyamlParse, repository.list], in: repository.path),
      try tools.run(["git", "grep", "-n", "image:"], in: repository.path)
    )
    guard run > 0 else { continue }  // the first only fills the caches
    list.append(measured.0)
    parse.append(measured.1)
    grep.append(measured.2)
  }
  Table.heading("scan, \(title): \(repository.description), \(runs) runs")
  Table.header()
  [list, parse, grep].forEach(Table.series)
  Table.ratio(list, to: parse, aim: hasAims ? "at most 1.00" : nil)
  Table.ratio(list, to: grep)
  Table.figure("peak memory", Table.megabytes(list.peak), aim: hasAims ? "under 64 MB" : nil)
}
