import Pinning
import Rules
import Testing

/// Templates are known by what they make.
@Suite struct TemplateNameTests {
  private static let compose = "services:\n  web:\n{% if a %}\n    image: nginx:1.25\n{% endif %}\n"
  private static let deployment =
    "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n{{- range .All }}\n        - image: nginx:1.25\n{{- end }}\n"

  @Test(arguments: [
    ("roles/web/templates/compose.yaml.j2", compose), ("compose.yml.tmpl", compose), ("docker-compose.j2", compose),
    ("roles/web/templates/stack.yml.j2", compose), ("deploy/web.yaml.gotmpl", deployment), ("deploy/web.yml.tpl", deployment),
    ("deployment.j2", deployment), ("values.yaml.gotmpl", "web:\n  image: nginx:1.25\n"), ("Dockerfile.j2", "FROM nginx:1.25\n"),
    ("web.container.j2", "[Container]\nImage=nginx:1.25\n{% if a %}\n{% endif %}\n"),
    (".gitlab-ci.yml.j2", "a:\n  image: nginx:1.25\n  script: [a]\n{% if a %}\n{% endif %}\n"),
    ("kustomization.yaml.tmpl", "images:\n  - {name: nginx, newTag: '1.25'}\n"),
  ]) func `a template of a known file`(_ path: String, _ text: String) async {
    #expect(await IncludedFilesTests.sites([(path, text)]) == ["\(path): unpinned nginx:1.25"])
  }

  @Test(arguments: [
    ("mail.html.j2", "<p>image: nginx:1.25</p>\n"), ("config.ini.j2", "image: nginx:1.25\n"),
    ("notes.tmpl", "services:\n  image: nginx:1.25\n"),
    ("page.tpl", "image: nginx:1.25\n"), ("readme.md.tmpl", "services:\n  web:\n    image: nginx:1.25\n"),
    ("motd.j2", "{{ a }}\nimage: nginx:1.25\n"), ("deployment.json.html.j2", "{\"image\": \"nginx:1.25\"}"),
  ]) func `a template of anything else`(_ path: String, _ text: String) async {
    #expect(await IncludedFilesTests.sites([(path, text)]) == [])
  }

  @Test(arguments: ["compose.yaml.tpl", "web.nomad.hcl.tpl", "values.yaml.gotmpl", ".gitlab-ci.yml.j2"])
  func `what cannot be read is no failure`(_ path: String) throws {
    let scan = Scan { _ in .success(Array("%{ if a }\n: [ <#if> image\n".utf8)) }
    let file = try #require(scan.scan(SourceFile(path: path, absolutePath: "/" + path)))
    #expect(file.state?.rule == .template)
  }
}
