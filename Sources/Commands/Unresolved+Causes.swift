import Dialects
import Distribution
import Git
import HTTP

extension Unresolved {
  init(_ error: RegistryError) {
    let why = error.description
    switch error {
    case .tagNotFound(let host): self.init(.absent, host: host, why: why)
    case .digestNotFound(let host), .repositoryNotFound(let host): self.init(.missing, host: host, why: why)
    case .unauthorized(let host, _), .denied(let host, _): self.init(.refused, host: host, why: why)
    case .rateLimited(let host, _, _): self.init(.limited, host: host, why: why)
    case .network(let error): self.init(error, why: why)
    case .unexpectedAnswer(let host, let status, _, _) where status >= 500: self.init(.network, host: host, why: why)
    default: self.init(.other, why: why)
    }
  }

  init(_ error: GitRemoteError) {
    let why = error.description
    switch error {
    case .referenceAbsent(_, let host): self.init(.absent, host: host, why: why)
    case .denied(let host, _, _), .sshKeysRefused(let host, _, _), .unknownHostKey(let host, _): self.init(.refused, host: host, why: why)
    case .rateLimited(let host, _): self.init(.limited, host: host, why: why)
    case .network(let error): self.init(error, why: why)
    case .timeout(let host, _): self.init(.network, host: host, why: why)
    case .unexpectedStatus(let host, let status, _) where status >= 500: self.init(.network, host: host, why: why)
    case .notFoundOrNoAccess(let host, _, _): self.init(.missing, host: host, why: why)
    default: self.init(.other, why: why)
    }
  }

  private init(_ error: HTTPError, why: String) {
    switch error {
    case .unknownHost(let host), .connection(let host, _), .tls(let host, _), .proxy(let host, _), .timeout(let host, _),
      .protocolViolation(let host, _):
      self.init(.network, host: host, why: why)
    case .rateLimited(let host, _): self.init(.limited, host: host, why: why)
    default: self.init(.other, why: why)
    }
  }
}
