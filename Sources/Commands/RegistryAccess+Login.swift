import Distribution
import HTTP
import References
import Reporting

extension RegistryAccess {
  /// Who this machine is at the registry of an image, and whether that works.
  func login(_ question: AuthCommand.Question, pushes: Bool) async -> AuthReport.Entry {
    let name = question.image.name.registry
    let check: LoginCheck
    do throws(RegistryError) {
      check = try await client.checkLogin(for: question.image, isKnown: question.isKnown, pushes: pushes)
    } catch {
      // What is configured keeps it from being asked.
      var entry = AuthReport.Entry(.registry, name, .refused, asked: "nothing")
      entry.problem = error.description
      return entry
    }
    var entry = AuthReport.Entry(.registry, name, check.failure?.loginState ?? .works, asked: check.asked)
    entry.login = check.login.map { AuthReport.Login(user: $0.credential.user, source: $0.source) }
    entry.places = check.places
    entry.mirrors = check.mirrors
    entry.proxy = (try? transport.proxy(for: check.url))?.authority
    if check.url.scheme == .https {
      let tls = transport.tls(for: check.url)
      entry.authorities = tls.authorities.map(\.path)
      entry.clientCertificate = tls.clientCertificate?.certificatePath
    }
    entry.tokenService = check.tokenService.map(\.authority)
    entry.problem = check.failure?.statement
    entry.nextStep = check.failure.flatMap { $0.nextStep(name, login: check.login) }
    return entry
  }
}

extension Credential {
  /// nil where only the token is known.
  fileprivate var user: String? {
    switch self {
    case .password(let user, _): user
    case .identityToken(let user, _): user
    case .registryToken: nil
    }
  }
}

extension RegistryError {
  /// Whether the login was refused, or it stays open whether it works.
  fileprivate var loginState: AuthReport.State {
    switch self {
    case .unauthorized, .denied, .credential, .blocked: .refused
    default: .unknown
    }
  }

  /// What to do, where the error's own words do not say it.
  fileprivate func nextStep(_ registry: String, login: SourcedCredential?) -> String? {
    switch self {
    case .unauthorized, .denied:
      if let login { return "log in again with 'docker login \(registry)' or 'podman login \(registry)', or correct \(login.source)" }
      return "'docker login \(registry)' or 'podman login \(registry)'"
    case .network(.tls):
      return "if \(registry) has an authority of its own, put its certificate into /etc/docker/certs.d/\(registry)/ca.crt"
    case .network(.timeout), .network(.connection), .network(.unknownHost):
      return "see whether this machine reaches \(registry), or needs a proxy (HTTPS_PROXY)"
    default: return nil
    }
  }
}
