import Documents

extension Match {
  /// The namespace that the reference runs in, where the file says it: the target of a Helm release or an Argo CD application, an object's
  /// own, or the one that a kustomization gives to all of its objects.
  var namespace: String? {
    if let object = objects.last {
      let spec = object["spec"]
      let name = spec?["targetNamespace"] ?? spec?["destination"]?["namespace"] ?? object["metadata"]?["namespace"]
      if let name = name?.scalar?.value { return name }
      guard object["kind"]?.scalar?.value == "Kustomization" else { return nil }
    }
    // The keys of a kustomization are few; a file with very many at its top is not a kustomization, and may hold very many sites.
    guard let root = mappings.first, root.members.count < 50 else { return nil }
    return root["namespace"]?.scalar?.value
  }
}
