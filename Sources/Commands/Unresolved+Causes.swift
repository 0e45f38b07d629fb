import Dialects
import Distribution
import Git
import HTTP

extension Unresolved {
  init(_ error: RegistryError) {
    let (kind, host) = error.trouble
    self.init(kind, host: host, why: error.description, whyOfHost: error.withoutRepository.description)
  }

  /// - Parameter why: where there is more to say than the error does.
  init(_ error: GitRemoteError, why: String? = nil) {
    let (kind, host) = error.trouble
    self.init(kind, host: host, why: why ?? error.description)
  }
}

private typealias Trouble = (kind: Unresolved.Kind, host: String?)

extension RegistryError {
  fileprivate var trouble: Trouble {
    switch self {
    case .tagNotFound(let host, _): (.absent, host)
    case .digestNotFound(let host), .repositoryNotFound(let host): (.missing, host)
    case .unauthorized(let host, _), .denied(let host, _): (.refused, host)
    case .credential(let error): (.refused, error.registry)
    case .rateLimited(let host, _, _): (.limited, host)
    case .network(let error): error.trouble
    case .unexpectedAnswer(let host, let status, _, _) where status >= 500: (.network, host)
    case .realmRefused(let host, _, _), .tokenServiceRedirected(_, let host, _), .redirectRefused(let host, _): (.misled, host)
    case .wantsTLS(let host, _): (.misled, host)
    case .invalidRegistry(let registry, _): (.misled, registry)
    case .afterMirrors(_, let error): error.trouble
    case .unexpectedAnswer, .unprovenAbsence, .schema1, .digestMismatch, .mediaTypeMismatch, .platformMissing, .invalidMirror, .blocked:
      (.other, nil)
    }
  }
}

extension GitRemoteError {
  fileprivate var trouble: Trouble {
    switch self {
    case .referenceAbsent(_, let host): (.absent, host)
    case .notFoundOrNoAccess(let host, _, _): (.missing, host)
    case .denied(let host, _, _), .sshKeysRefused(let host, _, _), .unknownHostKey(let host, _): (.refused, host)
    case .rateLimited(let host, _): (.limited, host)
    case .network(let error): error.trouble
    case .timeout(let host, _): (.network, host)
    case .unexpectedStatus(let host, let status, _) where status >= 500: (.network, host)
    case .redirectRefused(let host, _): (.misled, host)
    default: (.other, nil)
    }
  }
}

extension HTTPError {
  fileprivate var trouble: Trouble {
    switch self {
    case .unknownHost(let host), .connection(let host, _), .tls(let host, _), .proxy(let host, _), .timeout(let host, _),
      .nothingAllowed(let host, _), .silent(let host, _, _), .unfinished(let host, _, _), .protocolViolation(let host, _):
      (.network, host)
    case .localAddress(let host): (.misled, host)
    case .rateLimited(let host, _): (.limited, host)
    case .bodyTooLarge, .cancelled: (.other, nil)
    }
  }
}
