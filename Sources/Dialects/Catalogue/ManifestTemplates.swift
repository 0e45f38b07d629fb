extension Dialect {
  /// Compose files and Kubernetes manifests that Jinja fills in, as roles of Ansible and charts of kluctl keep them. What is YAML already is read as such, anything else line by line,
  /// as templates of Helm are.
  static let manifestTemplates = Dialect(
    name: "manifest-templates", title: "Compose and Kubernetes templates in Jinja",
    claim: .content(["**/*.{yml,yaml}.{j2,jinja,jinja2}"], markers: ["image:", "apiVersion:|^services:"]), syntax: .yaml,
    places: [Place("services.*.image")] + kubernetes.places, exclusions: kubernetesExclusions, customs: .kubernetes)
}
