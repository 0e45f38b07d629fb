extension Dialect {
  /// Templates of Helm charts, which are Kubernetes objects after Helm has filled them in. What is YAML already is read as such, anything
  /// else line by line: images written out are pinned, templated ones are reported.
  static let helmTemplates = Dialect(
    name: "helm-templates", title: "Helm templates", sources: ["https://helm.sh/docs/chart_template_guide/getting_started/"],
    claim: .content(
      ["**/templates/**/*.{yaml,yml,tpl}"], markers: ["{{", "image", ".Values|.Release|.Chart|.Capabilities|include|define|template"]),
    syntax: .yaml, places: kubernetes.places, exclusions: kubernetesExclusions,
    notFiles: ["**/*.{j2,jinja,jinja2}"], customs: .kubernetes)
}
