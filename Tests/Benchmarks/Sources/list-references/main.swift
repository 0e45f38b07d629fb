import Git
import HTTP
import LibC

// Usage: list-references URL COUNT JOBS: asks URL/0 to URL/COUNT-1 for one tag each, and prints the seconds it took.

/// How many of them did not have it.
func list(_ base: String, count: Int, with remotes: GitRemotes) async -> Int {
  await withTaskGroup(of: Bool.self) { group in
    for index in 0..<count {
      group.addTask {
        let references = try? await remotes.references(of: "\(base)/\(index)", prefixes: RemoteReferences.prefixes(for: "v4"))
        return references.map { $0.target(of: "v4") == .absent } ?? true
      }
    }
    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
  }
}

guard CommandLine.arguments.count == 4, let count = Int(CommandLine.arguments[2]), let jobs = Int(CommandLine.arguments[3]) else {
  exit(64)
}
var options = HTTPTransport.Options(userAgent: "benchmark")
options.jobs = jobs
let transport = HTTPTransport(options)
let start = ContinuousClock.now
let failures = await list(CommandLine.arguments[1], count: count, with: GitRemotes(transport: transport))
let elapsed = (ContinuousClock.now - start).components
print(Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
await transport.shutdown()
exit(failures > 0 ? 1 : 0)
