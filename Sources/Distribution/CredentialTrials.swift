import HTTP

/// Finds out whether a credential is right before many requests send it: a directory may lock an account after a few wrong passwords. Until
/// it was accepted once, one request at a time carries it, and two refusals end it.
///
/// A refusal is one of a repository: the next one may be allowed. Only where a second one is refused, too, or where no repository was asked
/// for, it is the credential that is wrong.
actor CredentialTrials {
  struct Key: Hashable, Sendable {
    /// Where it is sent: a registry, or a token service.
    var origin: HTTPURL.Origin
    var credential: Credential
  }

  enum Outcome: Sendable {
    case accepted
    case refused(RegistryError)
    /// Nothing was said of the credential; nil for a redirect. The next one tries.
    case undecided(RegistryError?)
  }

  private struct State {
    var isAccepted = false
    var isUnderWay = false
    /// By repository; nil where none was asked for.
    var refusals: [String?: RegistryError] = [:]
    /// Trials in a row that came to nothing.
    var failureCount = 0
    var waiting: [CheckedContinuation<Result<Void, RegistryError>, Never>] = []

    /// What a request for that repository ends with unasked.
    func refusal(of repository: String?) -> RegistryError? {
      if let own = refusals[repository] { return own }
      let isCondemned = refusals.count > 1 || refusals.keys.contains(nil)
      guard isCondemned, let any = refusals.min(by: { $0.key ?? "" < $1.key ?? "" })?.value else { return nil }
      return any.condemning(repository, after: refusals.keys.compactMap(\.self).sorted())
    }
  }

  private static let maximumFailureCount = 2

  private var states: [Key: State] = [:]

  /// Whether the caller is the one that tries: then it calls `conclude`, whatever happens. Throws what refused the credential before, and
  /// what went wrong with the server while it waited.
  func begin(_ key: Key, _ repository: String?) async throws(RegistryError) -> Bool {
    while true {
      let state = states[key, default: State()]
      if state.isAccepted { return false }
      if let refusal = state.refusal(of: repository) { throw refusal }
      guard state.isUnderWay else {
        states[key, default: State()].isUnderWay = true
        return true
      }
      try await withCheckedContinuation { states[key, default: State()].waiting.append($0) }.get()
    }
  }

  func conclude(_ key: Key, _ repository: String?, _ outcome: Outcome) {
    var state = states[key, default: State()]
    let waiting = state.waiting
    var release: Result<Void, RegistryError> = .success(())
    state.waiting = []
    state.isUnderWay = false
    switch outcome {
    case .accepted: state.isAccepted = true
    case .refused(let error):
      state.refusals[repository] = error
      state.failureCount = 0
    case .undecided(nil): break
    case .undecided(let error?):
      state.failureCount += 1
      // The server is down. Who waited would find that out one after the other.
      if state.failureCount >= Self.maximumFailureCount {
        release = .failure(error)
        state.failureCount = 0
      }
    }
    states[key] = state
    for waiter in waiting { waiter.resume(returning: release) }
  }
}

extension CredentialTrials.Outcome {
  /// Of a request to a registry that held the credential itself.
  init(_ result: Result<HTTPResponse, RegistryError>, _ host: String, refusal: (HTTPResponse) -> RegistryError) {
    switch result {
    case .failure(let error): self = .undecided(error)
    case .success(let response):
      switch response.status {
      case 401: self = .refused(refusal(response))
      case 300..<400: self = .undecided(nil)
      case 400, 408, 429, 500...: self = .undecided(RegistryError(unexpected: response, host: host))
      default: self = .accepted
      }
    }
  }

  /// Of a token service's answer without a token. With 403 it knows who asks.
  init(_ error: RegistryError) {
    switch error {
    case .unauthorized: self = .refused(error)
    case .denied: self = .accepted
    default: self = .undecided(error)
    }
  }
}
