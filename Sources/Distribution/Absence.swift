/// What a registry's 404 proves (distribution specification, "Error Codes"; the registries' own ways are named below). Only the registry
/// itself can prove anything; a mirror cannot.
enum Absence: Hashable, Sendable {
  /// There is no such tag or digest in a repository that could be asked.
  case manifest
  /// There is no such repository.
  case repository
  /// Something was not found, but it may be the wrong host, a proxy's page, or a manifest that does exist.
  case unproven

  init(_ body: RegistryErrorBody) {
    let kinds = body.entries.map(Self.kind)
    guard let first = kinds.first, kinds.allSatisfy({ $0 != .unproven }) else {
      self = .unproven
      return
    }
    self = kinds.contains(.repository) ? .repository : first
  }

  private static func kind(_ entry: RegistryErrorBody.Entry) -> Absence {
    let message = entry.message.lowercased()
    switch entry.code {
    case "MANIFEST_UNKNOWN":
      // distribution: "OCI manifest found, but accept header does not support OCI manifests".
      return message.contains("accept header does not support") ? .unproven : .manifest
    case "TAG_EXPIRED":  // Quay
      return .manifest
    case "NOT_FOUND" where message.contains("artifact") && message.contains("not found"):  // Harbor
      return .manifest
    case "NAME_UNKNOWN":
      return .repository
    default:
      return .unproven
    }
  }
}

extension RegistryErrorBody {
  /// Whether it says so to a request that is about a repository as a whole: with NAME_UNKNOWN, or in Harbor's way.
  var saysRepositoryNotFound: Bool {
    Absence(self) == .repository
      || entries.contains { entry in
        let message = entry.message.lowercased()
        return entry.code == "NOT_FOUND" && message.contains("repository") && message.contains("not found")
      }
  }
}
