import CLibgit2
import HTTP

/// What libgit2 asks while it connects over ssh: is this the right host, and who are we. It lives on the thread of one connection.
final class SSHLogin {
  private var rest: [SSHKeys.Key]
  private let defaultUser: String
  let missingAgent: String?
  private(set) var offered: [String] = []
  /// Whether every key was refused.
  private(set) var isExhausted = false
  /// Of the host's key, where it is not known.
  private(set) var refusedFingerprint: String?

  init(_ keys: SSHKeys?) {
    rest = keys?.keys ?? []
    defaultUser = keys?.user ?? "git"
    missingAgent = keys?.missingAgent
  }

  /// The callbacks hold no reference: the login has to outlive the connection.
  func install(in callbacks: inout git_remote_callbacks) {
    callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
    callbacks.certificate_check = { certificate, isValid, _, payload in
      guard let payload else { return GIT_ECERTIFICATE.rawValue }
      return Unmanaged<SSHLogin>.fromOpaque(payload).takeUnretainedValue().check(certificate, isValid: isValid != 0)
    }
    callbacks.credentials = { credential, _, user, allowed, payload in
      guard let payload else { return GIT_EAUTH.rawValue }
      return Unmanaged<SSHLogin>.fromOpaque(payload).takeUnretainedValue().offer(credential, user: user, allowed: allowed)
    }
  }

  /// libgit2 1.5.1 looks the key up in `~/.ssh/known_hosts` and says here whether it was found; before that it always says no. So what it
  /// does not vouch for is refused.
  func check(_ certificate: UnsafeMutablePointer<git_cert>?, isValid: Bool) -> Int32 {
    if isValid { return 0 }
    refusedFingerprint = Self.fingerprint(of: certificate) ?? "that libgit2 does not tell"
    return GIT_ECERTIFICATE.rawValue
  }

  private static func fingerprint(of certificate: UnsafeMutablePointer<git_cert>?) -> String? {
    guard let certificate, certificate.pointee.cert_type == GIT_CERT_HOSTKEY_LIBSSH2 else { return nil }
    return certificate.withMemoryRebound(to: git_cert_hostkey.self, capacity: 1) { key in
      guard key.pointee.type.rawValue & GIT_CERT_SSH_SHA256.rawValue != 0 else { return nil }
      let hash = withUnsafeBytes(of: key.pointee.hash_sha256) { Array($0) }
      return "SHA256:" + Base64.encode(hash).filter { $0 != "=" }
    }
  }

  /// The next key. libgit2 asks again after each refusal, for ever: the end of the list ends it.
  func offer(
    _ credential: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?, user: UnsafePointer<CChar>?, allowed: UInt32
  ) -> Int32 {
    let name = user.map { String(cString: $0) } ?? defaultUser
    if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0 { return git_credential_username_new(credential, name) }
    guard allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0, !rest.isEmpty else {
      isExhausted = true
      // Not GIT_EAUTH, which libgit2 takes for a refused key.
      return GIT_EUSER.rawValue
    }
    let key = rest.removeFirst()
    offered.append(key.description)
    switch key {
    case .agent: return git_credential_ssh_key_from_agent(credential, name)
    case .file(let path): return git_credential_ssh_key_new(credential, name, nil, path, "")
    }
  }
}
