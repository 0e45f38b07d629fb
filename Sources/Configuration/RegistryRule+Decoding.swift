import Documents

extension SettingReader {
  private enum RegistryKey: String, CaseIterable {
    case prefix, mirrors, insecure, ca
    case tokenServices = "token-services"
    case clientCertificate = "client-certificate"
    case clientKey = "client-key"
  }

  func registryRules(_ setting: Setting) throws(ConfigurationError) -> [RegistryRule] {
    var rules: [RegistryRule] = []
    for element in try elements(setting, "a list of mappings with 'prefix'") { rules.append(try registryRule(element)) }
    return rules
  }

  private func registryRule(_ setting: Setting) throws(ConfigurationError) -> RegistryRule {
    var prefix: RegistryPrefix?
    var mirrors: [(url: BaseURL, setting: Setting)] = []
    var isInsecure = false
    var ca: ConfiguredFile?
    var tokenServices: [HostAndPort] = []
    var certificate: (file: ConfiguredFile, setting: Setting)?
    var key: (file: ConfiguredFile, setting: Setting)?
    for (name, value) in try members(of: setting.node, in: setting.key, as: RegistryKey.self) {
      switch name {
      case .prefix:
        let text = try text(value, "a registry")
        do { prefix = try RegistryPrefix(parsing: text) } catch { throw self.error(at: value, error.description) }
      case .mirrors:
        for element in try elements(value, "a list of URLs") { mirrors.append((try mirror(element), element)) }
      case .insecure:
        isInsecure = try flag(value)
      case .ca:
        ca = try configuredFile(value)
      case .tokenServices:
        guard trust == .user else {
          throw error(at: value, "'token-services' says where credentials go; \(Configuration.onlyFromUser)")
        }
        for element in try elements(value, "a list of hosts") { tokenServices.append(try host(element)) }
      case .clientCertificate: certificate = (try loginFile(value), value)
      case .clientKey: key = (try loginFile(value), value)
      }
    }
    let isTrusted = trust == .user
    for (url, setting) in mirrors where url.scheme == .http && !url.authority.isLoopback && !(isInsecure && isTrusted) {
      throw error(
        at: setting,
        "'\(url)' is plain http to another machine; " + (isTrusted ? "it needs 'insecure: true' beside it" : Configuration.onlyFromUser))
    }
    if (certificate == nil) != (key == nil), let alone = certificate ?? key {
      let (written, missing) =
        certificate == nil ? (RegistryKey.clientKey, RegistryKey.clientCertificate) : (.clientCertificate, .clientKey)
      throw error(at: alone.setting, "'\(written.rawValue)' needs '\(missing.rawValue)' beside it, a PEM file, which can be the same one")
    }
    return RegistryRule(
      prefix: try required(prefix, "prefix", in: setting), mirrors: mirrors.map(\.url), usesPlainHTTP: isInsecure,
      plainHTTPCarriesCredentials: isInsecure && isTrusted, ca: ca, tokenServices: tokenServices,
      clientCertificate: certificate.flatMap { certificate in
        key.map { ClientCertificateFiles(certificate: certificate.file, key: $0.file) }
      })
  }

  func configuredFile(_ setting: Setting) throws(ConfigurationError) -> ConfiguredFile {
    let text = try text(setting, "the path of a file")
    do { return try ConfiguredFile(written: text, configurationFile: file, trust: trust) } catch {
      throw self.error(at: setting, error.description)
    }
  }

  /// A file of what this machine logs in with.
  private func loginFile(_ setting: Setting) throws(ConfigurationError) -> ConfiguredFile {
    guard trust == .user else {
      throw error(at: setting, "'\(setting.key)' is what this machine logs in with; \(Configuration.onlyFromUser)")
    }
    return try configuredFile(setting)
  }

  private func mirror(_ setting: Setting) throws(ConfigurationError) -> BaseURL {
    let text = try text(setting, "a URL")
    let url: BaseURL
    do { url = try BaseURL(parsing: text) } catch { throw self.error(at: setting, error.description) }
    guard url.path != "v2", !url.path.hasPrefix("v2/") else {
      throw error(at: setting, "'\(text)': leave '/v2' out; it is put in front of the path by itself")
    }
    return url
  }

  private func host(_ setting: Setting) throws(ConfigurationError) -> HostAndPort {
    let text = try text(setting, "a host")
    guard let host = HostAndPort(text) else {
      throw error(at: setting, "'\(text)' is not a host; write its name alone, with a port if it has one")
    }
    return host
  }
}
