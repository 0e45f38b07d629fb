import LoopbackRegistry

/// `tagpin guard` of many tags of one repository, none of which exists, against the time that the answers alone take: one to learn how the
/// registry wants to be asked (with tokens two more: the token, and the first request again), then all others, as many at once as are
/// allowed.
func measureGuarding(_ tools: Tools, _ access: LoopbackRegistry.Access, directory: String, startUp: Double) throws {
  let tags = 100
  let delay = 20
  let runs = 15
  let registry = try LoopbackRegistry(access: access, delayInMilliseconds: delay, hasTags: false)
  defer { try? registry.stop() }
  let references = (1...tags).map { "127.0.0.1:\(registry.port)/acme/app:1.\($0)" }
  let kind = access == .token ? "a token for the repository" : "no tokens"
  Table.heading("guard, \(kind): \(tags) tags of one repository, \(delay) ms for each answer, \(runs) runs")
  Table.header()
  let requesting = Requesting(tools: tools, registry: registry, directory: directory, runs: runs, startUp: startUp)
  for jobs in [32, 64] {
    let first = access == .token ? 2 : 1
    let others = access == .token ? tags : tags - 1
    let rounds = first + (others + jobs - 1) / jobs
    try requesting.measure(["guard"] + references, jobs: jobs, ideal: Double(rounds * delay) / 1000, rounds: "\(rounds) rounds")
  }
}
