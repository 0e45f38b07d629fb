/// A normalised image name: the registry, and the repository in it. `nginx` is `docker.io` and `library/nginx`.
package struct ImageName: Hashable, Sendable, CustomStringConvertible {
  /// Host, or host and port, as written; `docker.io` where none was (and for `index.docker.io`).
  package let registry: String
  /// The path in the registry, `library/` added where Docker Hub means it.
  package let repository: String

  package init(registry: String, repository: String) {
    self.registry = registry
    self.repository = repository
  }

  package static let dockerHub = "docker.io"

  package var description: String { "\(registry)/\(repository)" }

  /// The short form that people write: `nginx` for `docker.io/library/nginx`, `grafana/loki` for `docker.io/grafana/loki`.
  package var familiar: String {
    guard registry == Self.dockerHub else { return description }
    let official = "library/"
    if repository.hasPrefix(official), !repository.dropFirst(official.utf8.count).contains("/") {
      return String(repository.dropFirst(official.utf8.count))
    }
    return repository
  }
}
