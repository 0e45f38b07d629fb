import Corpus
import LoopbackRegistry

/// `tagpin verify` of many pins whose tags have not moved, against a registry whose every answer takes a while: two answers for each pin.
func measureVerifying(_ tools: Tools, directory: String, startUp: Double) throws {
  let pins = 1000
  let delay = 20
  let runs = 5
  let registry = try LoopbackRegistry(access: .open, delayInMilliseconds: delay)
  defer { try? registry.stop() }
  let repository = try Repository(Corpus.references(count: pins, registry: "127.0.0.1:\(registry.port)"), at: directory + "/verifying")
  _ = try tools.run([tools.tagpin, "pin", "--quiet"], in: repository.path)
  Table.heading("verify: \(pins) current pins, \(delay) ms for each answer, \(runs) runs")
  Table.header()
  let requesting = Requesting(tools: tools, registry: registry, directory: repository.path, runs: runs, startUp: startUp)
  for jobs in [32, 64] {
    try requesting.measure(
      ["verify"], jobs: jobs, ideal: Double(pins * delay * 2) / 1000 / Double(jobs), rounds: "the tag and the digest of each pin")
  }
}
