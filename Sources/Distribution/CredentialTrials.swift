import HTTP

/// Lets one request find out whether a credential is right before others send it: a directory may lock an account after a few wrong passwords.
actor CredentialTrials {
  struct Key: Hashable, Sendable {
    /// Where it is sent: a registry, or a token service.
    var origin: HTTPURL.Origin
    var credential: Credential
  }

  enum Outcome: Sendable {
    /// It was taken, or something else went wrong, which waiting does not mend.
    case usable
    case refused(RegistryError)
    /// A redirect. The next one tries.
    case undecided
  }

  private enum State {
    /// One request is on its way; these wait for what it finds out.
    case awaited([CheckedContinuation<Void, Never>])
    case usable
    case refused(RegistryError)
  }

  private var states: [Key: State] = [:]

  /// Whether the caller is the one that tries: then it calls `conclude`, whatever happens. Throws what refused the credential before.
  func begin(_ key: Key) async throws(RegistryError) -> Bool {
    while true {
      switch states[key] {
      case nil:
        states[key] = .awaited([])
        return true
      case .awaited(let waiting): await withCheckedContinuation { states[key] = .awaited(waiting + [$0]) }
      case .usable: return false
      case .refused(let error): throw error
      }
    }
  }

  func conclude(_ key: Key, _ outcome: Outcome) {
    if case .awaited(let waiting) = states[key] { waiting.forEach { $0.resume() } }
    states[key] =
      switch outcome {
      case .usable: .usable
      case .refused(let error): .refused(error)
      case .undecided: nil
      }
  }
}
