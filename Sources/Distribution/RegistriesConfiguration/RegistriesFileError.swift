/// Why the machine's configuration of registries cannot be used. Nothing is asked then: it may forbid what would be asked.
package enum RegistriesFileError: Error, Hashable, Sendable {
  /// `CONTAINERS_REGISTRIES_CONF` names a file that does not exist.
  case missing(file: String)
  /// The reason names the file or directory.
  case unreadable(reason: String)
  /// `/etc/containers/registries.conf:12:1`
  case invalid(place: String, problem: String)
}

extension RegistriesFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let file): "CONTAINERS_REGISTRIES_CONF names '\(file)', which does not exist: unset it, or write that file"
    case .unreadable(let reason): reason
    case .invalid(let place, let problem): "\(place): \(problem)"
    }
  }
}
