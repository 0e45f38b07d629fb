import Git
import HTTP

// Usage: list-references URL COUNT JOBS: asks URL/0 to URL/COUNT-1 for one tag each, and prints the seconds it took.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

let arguments = CommandLine.arguments
guard arguments.count == 4, let count = Int(arguments[2]), let jobs = Int(arguments[3]) else { exit(64) }
let base = arguments[1]

var options = HTTPTransport.Options(userAgent: "benchmark")
options.jobs = jobs
let transport = HTTPTransport(options)
let remotes = GitRemotes(transport: transport)

let start = ContinuousClock.now
let failures = await withTaskGroup(of: Bool.self) { group in
  for index in 0..<count {
    group.addTask {
      do throws(GitRemoteError) {
        let references = try await remotes.references(of: "\(base)/\(index)", prefixes: RemoteReferences.prefixes(for: "v4"))
        return references.target(of: "v4") == .absent
      } catch { return true }
    }
  }
  return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
}
let elapsed = (ContinuousClock.now - start).components
print(Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
await transport.shutdown()
exit(failures > 0 ? 1 : 0)
