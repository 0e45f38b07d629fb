import Foundation

/// `tagpin history` of a repository with many commits, each of which moves one pin in one of many manifests, against `git log` of the same
/// commits with the files that they change.
func measureRemembering(_ tools: Tools, directory: String) throws {
  let commits = 5000
  let manifests = 200
  let runs = 5
  let path = directory + "/remembering"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  try printed(["git", "init", "--quiet", "--initial-branch=main", "."], in: path)
  let stream = directory + "/remembering.stream"
  try Data(history(commits: commits, manifests: manifests).utf8).write(to: URL(fileURLWithPath: stream))
  try printed(["sh", "-c", "git fast-import --quiet < '\(stream)' && git reset --quiet --hard main"], in: path)
  let series = try tools.inTurns(
    [
      ("tagpin history", [tools.tagpin, "history", "--format", "json"]),
      ("git log --raw", ["git", "log", "--first-parent", "--raw", "--format=%H"]),
    ], in: path, runs: runs)
  Table.heading("history: \(commits) commits, \(manifests) manifests, \(runs) runs")
  Table.header()
  series.forEach(Table.series)
  Table.figure("tagpin history, median", Table.seconds(series[0].median), aim: "under 5,000 ms")
  Table.ratio(series[0], to: series[1])
  Table.figure("peak memory", Table.megabytes(series[0].peak))
}

/// What `git fast-import` reads.
private func history(commits: Int, manifests: Int) -> String {
  var stream = ""
  for number in 0..<commits {
    stream += "commit refs/heads/main\ncommitter benchmark <benchmark@example.test> \(1_700_000_000 + number * 3600) +0000\n"
    stream += "data 4\nmove\n"
    // The first one has all of the files.
    for file in number == 0 ? Array(0..<manifests) : [number % manifests] {
      let text = manifest(file, version: number)
      stream += "M 100644 inline apps/\(file)/deployment.yaml\ndata \(text.utf8.count)\n\(text)\n"
    }
  }
  return stream
}

private func manifest(_ number: Int, version: Int) -> String {
  let digest = String(repeating: "0", count: 56) + String(10_000_000 + version)
  return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: app-\(number)
    spec:
      replicas: 2
      selector: {matchLabels: {app: app-\(number)}}
      template:
        metadata: {labels: {app: app-\(number)}}
        spec:
          containers:
            - name: app
              image: registry.example.test/team/app-\(number):1.4@sha256:\(digest)
              ports: [{containerPort: 8080}]

    """
}
