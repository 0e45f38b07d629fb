/// The paths by which a file is known: its own, and, where its ending names a template language, that of the file that the template makes.
/// `compose.yaml.j2` makes `compose.yaml`, and `deployment.j2` may make `deployment.yaml`.
package struct PathNames: Sendable {
  package let all: [String]
  package let isTemplate: Bool

  /// Jinja's (<https://jinja.palletsprojects.com/en/stable/templates/#template-file-extension>), Go's, as Helmfile, gomplate and others
  /// call them, and those of Terraform's `templatefile` (<https://developer.hashicorp.com/terraform/language/functions/templatefile>).
  private static let endings = [".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".gotmpl"]
  private static let lastBytes = Set(endings.compactMap(\.utf8.last))

  package init(_ path: String) {
    guard let last = path.utf8.last, Self.lastBytes.contains(last), let ending = Self.endings.first(where: { path.hasSuffix($0) }) else {
      all = [path]
      isTemplate = false
      return
    }
    let made = String(path.dropLast(ending.count))
    let name = made.split(separator: "/").last ?? ""
    all = name.contains(".") ? [path, made] : [path, made, made + ".yaml"]
    isTemplate = true
  }
}
