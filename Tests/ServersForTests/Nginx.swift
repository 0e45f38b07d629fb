import Foundation

/// Debian's `nginx` on a port of its own, over TLS before another server.
package struct Nginx: Sendable {
  package let port: Int
  private let logPath: String

  /// Which clients are let in.
  package enum Clients: Sendable {
    case all
    /// Those with a certificate of that authority, a PEM file.
    case certified(by: String)
    /// All, and each is asked for a certificate, of whatever authority.
    case asked

    fileprivate var settings: String {
      switch self {
      case .all: ""
      case .certified(let authority): "ssl_client_certificate \(authority);\n    ssl_verify_client on;"
      case .asked: "ssl_verify_client optional_no_ca;"
      }
    }
  }

  /// A line for each request: its target and the subject of the client's certificate, `-` where none was shown.
  package func log() async throws -> [String] { try await lines(logPath) }

  /// For each request the version over which it came, `HTTP/2.0`, and the number of its connection.
  package func connections() async throws -> [(version: String, number: Int)] {
    try await lines(logPath + ".connections").compactMap { line in
      let words = line.split(separator: " ")
      return words.count == 2 ? Int(words[1]).map { (String(words[0]), $0) } : nil
    }
  }

  /// An answer may come before its line. One process does all in turn: when it answers a request of our own, the lines before it are
  /// written.
  private func lines(_ path: String) async throws -> [String] {
    let curl = Program(name: "curl", directory: "/")
    _ = try await curl.checked(["--silent", "--insecure", "--noproxy", "*", "https://localhost:\(port)\(Self.ownTarget)"])
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private static let ownTarget = "/.are-the-lines-written"

  /// Runs one while `body` does; its files are in the directory. `tls` names PEM files.
  package static func serving<Result>(
    in directory: String, before upstream: String, tls: (certificate: String, key: String), clients: Clients = .all,
    speaksHTTP2: Bool = false, body: (Nginx) async throws -> Result
  ) async throws -> Result {
    let name = "\(directory)/nginx-\(UUID().uuidString)"
    return try await Port.serving(Program(name: "/usr/sbin/nginx", directory: directory), log: "\(name).log") { port in
      let text = """
        daemon off;
        master_process off;
        pid \(name).pid;
        error_log \(name).error;
        events {}
        http {
          log_format clients "$request_uri $ssl_client_s_dn";
          log_format connections "$server_protocol $connection";
          map $request_uri $is_logged { \(Self.ownTarget) 0; default 1; }
          access_log \(name).access clients if=$is_logged;
          access_log \(name).access.connections connections if=$is_logged;
          client_body_temp_path \(name).body;
          proxy_temp_path \(name).proxy;
          fastcgi_temp_path \(name).fastcgi;
          uwsgi_temp_path \(name).uwsgi;
          scgi_temp_path \(name).scgi;
          server {
            listen 127.0.0.1:\(port) ssl\(speaksHTTP2 ? " http2" : "");
            ssl_certificate \(tls.certificate);
            ssl_certificate_key \(tls.key);
            \(clients.settings)
            location = \(Self.ownTarget) { return 204; }
            location / {
              proxy_pass http://\(upstream);
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-Proto https;
            }
          }
        }

        """
      try text.write(toFile: "\(name).conf", atomically: false, encoding: .utf8)
      return ["-c", "\(name).conf", "-e", "\(name).error"]
    } body: { port in
      try await body(Nginx(port: port, logPath: "\(name).access"))
    }
  }
}
