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
  let requesting = Requesting(tools: tools, registry: registry, directory: repository.path, runs: runs, startUp: startUp)
  for jobs in [32, 64] {
    try requesting.measure(
      ["pin", "--dry-run"], jobs: jobs, ideal: Double(references * delay * rounds) / 1000 / Double(jobs),
      rounds: rounds > 1 ? "token and manifest" : "manifest")
  }
}

/// The same as users run it: fewer references, a distant registry, and no `--jobs`. Beside it what always 32 in flight take.
func measureResolvingByDefault(_ tools: Tools, _ access: LoopbackRegistry.Access, directory: String, startUp: Double) throws {
  let references = 300
  let delay = 30
  let runs = 5
  let registry = try LoopbackRegistry(access: access, delayInMilliseconds: delay)
  defer { try? registry.stop() }
  let repository = try Repository(
    Corpus.references(count: references, registry: "127.0.0.1:\(registry.port)"), at: directory + "/references-\(registry.port)")
  let kind = access == .token ? "a token for each repository" : "no tokens"
  Table.heading("resolve by default, \(kind): \(references) references, \(delay) ms for each answer, \(runs) runs")
  Table.header()
  let requesting = Requesting(tools: tools, registry: registry, directory: repository.path, runs: runs, startUp: startUp)
  // One that finds out how the registry wants to be asked, then 32, 64, 128 and the rest at once.
  let rounds = access == .token ? 1 + 4 + 4 : 4
  for jobs in [nil, 32] {
    try requesting.measure(
      ["pin", "--dry-run"], jobs: jobs, ideal: Double(rounds * delay) / 1000, rounds: "\(rounds) rounds of up to 128 at once")
  }
}
