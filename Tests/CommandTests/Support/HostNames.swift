import ServersForTests

/// Names of hosts that only the programs of one test know: each leads to 127.0.0.1.
struct HostNames: Sendable {
  /// For the programs that are to know them: nss_wrapper answers where the C library is asked.
  let environment: [String: String]

  init(_ names: [String], in sandbox: Sandbox) throws {
    let path = "\(sandbox.root)/hosts"
    try sandbox.write(names.map { "127.0.0.1 \($0)\n" }.joined(), to: path)
    environment = ["LD_PRELOAD": "libnss_wrapper.so", "NSS_WRAPPER_HOSTS": path]
  }
}
