import Foundation

/// Debian's `nginx` on a port of its own, over TLS before another server.
package struct Nginx: Sendable {
  package let port: Int

  /// Runs one while `body` does; its files are in the directory. `tls` names PEM files, and `clients` the authorities of the clients that are let in.
  package static func serving<Result>(
    in directory: String, before upstream: String, tls: (certificate: String, key: String), clients: String? = nil,
    body: (Nginx) async throws -> Result
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
          access_log off;
          client_body_temp_path \(name).body;
          proxy_temp_path \(name).proxy;
          fastcgi_temp_path \(name).fastcgi;
          uwsgi_temp_path \(name).uwsgi;
          scgi_temp_path \(name).scgi;
          server {
            listen 127.0.0.1:\(port) ssl;
            ssl_certificate \(tls.certificate);
            ssl_certificate_key \(tls.key);
            \(clients.map { "ssl_client_certificate \($0);\n    ssl_verify_client on;" } ?? "")
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
      try await body(Nginx(port: port))
    }
  }
}
