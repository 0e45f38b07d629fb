import Dialects
import Pinning
import Rules
import Testing

/// What the other files of a role say of its variables.
@Suite struct AnsibleRoleTests {
  /// A line for each site of the defaults: state (for what is left alone, why), form and text.
  private func sites(_ defaults: String, _ files: [String: String]) async -> [String] {
    let texts = files.merging(["roles/web/defaults/main.yml": defaults]) { $1 }
    let scan = Scan { file in
      if let text = texts[file.path] { .success(Array(text.utf8)) } else { .failure(.system(path: file.path, SystemError(code: 2))) }
    }
    let sources = texts.keys.sorted().map { SourceFile(path: $0, absolutePath: "/" + $0, role: .selected) }
    let scanned = await scan.scan(sources, jobs: 2)
    var options = RunOptions(.pin)
    options.isDryRun = true
    let report = await Run(options, resolver: FixtureResolver()).report(on: scanned)
    return report.files.filter { $0.path.contains("/defaults/") }.flatMap(\.sites).map { site in
      switch site.state {
      case .skipped(let reason): "\(reason.rule.id) \(site.site.text)"
      case .changed(let new): "\(new.text.split(separator: "@")[0]) at \(site.position)"
      default: "\(site.state.code) \(site.site.text)"
      }
    }
  }

  private static func container(_ image: String, module: String = "containers.podman.podman_container") -> [String: String] {
    ["roles/web/tasks/main.yml": "- name: web\n  \(module):\n    name: web\n    image: \"\(image)\"\n"]
  }

  @Test func `a variable that is used whole as an image is one`() async {
    #expect(await sites("web_image: nginx:1.25\n", Self.container("{{ web_image }}")) == ["nginx:1.25 at 1:12"])
    #expect(await sites("web_image: nginx\n", Self.container("{{web_image}}")) == ["nginx:latest at 1:12"])
    #expect(
      await sites("web_image: nginx:1.25\n", ["roles/web/templates/compose.yaml.j2": "services:\n  web:\n    image: {{ web_image }}\n"])
        == ["nginx:1.25 at 1:12"])
    #expect(
      await sites("web_image: nginx:1.25\n", ["roles/web/templates/web.container.j2": "[Container]\nImage={{ web_image }}\n"])
        == ["nginx:1.25 at 1:12"])
  }

  @Test(arguments: ["false", "off"]) func `a variable that is turned off is none`(value: String) async {
    #expect(await sites("web_image: \(value)\n", Self.container("{{ web_image }}")) == [])
  }

  @Test func `Docker's module takes the digest alone`() async {
    let files = Self.container("{{ web_image }}", module: "community.docker.docker_container")
    #expect(await sites("web_image: nginx:1.25\n", files) == ["nginx at 1:12"])
    let parts = Self.container("nginx:{{ web_version }}", module: "docker_container")
    #expect(await sites("web_version: '1.25'\n", parts) == ["made-of-parts nginx:1.25"])
  }

  @Test func `the tag at the end of a name that is put together takes the digest`() async {
    let defaults =
      "web_image_repo: ghcr.io/acme/web # ours\n# renovate: datasource=docker depName=ghcr.io/acme/web\nweb_image_tag: \"1.25\"\n"
    #expect(await sites(defaults, Self.container("{{ web_image_repo }}:{{ web_image_tag }}")) == ["ghcr.io/acme/web:1.25 at 3:17"])
    #expect(
      await sites("web_version: 1.25.0\n", Self.container("ghcr.io/acme/web:v{{ web_version }}")) == ["ghcr.io/acme/web:v1.25.0 at 1:14"])
    let through = defaults + "web_image: \"{{ web_image_repo }}:{{ web_image_tag }}\"\n"
    #expect(await sites(through, Self.container("{{ web_image }}")).contains("ghcr.io/acme/web:1.25 at 3:17"))
  }

  @Test(arguments: [
    // The version is downloaded, too; the image is shown, compared, or handed on.
    "- get_url: {url: 'https://acme.test/{{ web_image }}.tar'}\n", "- debug: {msg: '{{ web_image }}'}\n",
    "- command: web\n  when: web_image != ''\n",
    "- include_role: {name: pull}\n  vars:\n    pull_image: '{{ web_image }}'\n", "- set_fact:\n    tag: \"{{ web_image.split(':') }}\"\n",
  ]) func `one that is used in another way, too, is left alone`(_ use: String) async {
    var files = Self.container("{{ web_image }}")
    files["roles/web/handlers/main.yml"] = use
    #expect(await sites("web_image: nginx:1.25\n", files) == ["used-otherwise nginx:1.25"])
    // Another role's use is none.
    files = Self.container("{{ web_image }}")
    files["roles/other/handlers/main.yml"] = use
    #expect(await sites("web_image: nginx:1.25\n", files) == ["nginx:1.25 at 1:12"])
  }

  @Test func `a tag that is a part of anything else is left alone`() async {
    let defaults = "web_version: 1.25.0\n"
    let image = "ghcr.io/acme/web:{{ web_version }}"
    var files = Self.container(image)
    files["roles/web/tasks/get.yml"] = "- get_url: {url: 'https://acme.test/{{ web_version }}.tar'}\n"
    #expect(await sites(defaults, files) == ["used-otherwise ghcr.io/acme/web:1.25.0"])
    files["roles/web/tasks/get.yml"] = "- podman_container:\n    image: 'ghcr.io/acme/side:{{ web_version }}'\n"
    #expect(await sites(defaults, files).map { $0.split(separator: " ")[0] } == ["used-otherwise"])
    #expect(await sites("web_version: 1.10\n", Self.container(image)) == ["made-of-parts ghcr.io/acme/web:1.10"])
    let registry = "registry: ghcr.io\nweb_version: 1.25.0\n"
    #expect(await sites(registry, Self.container("{{ registry }}/acme/web:{{ web_version }}")) == ["made-of-parts ghcr.io/acme/web:1.25.0"])
  }

  @Test(arguments: [
    // Machines of a cloud have images, too; a version alone is none.
    "- cloud.server:\n    image: \"{{ web_image }}\"\n", "- docker_container: {image: 'nginx:1'}\n", "- debug: {msg: x}\n",
  ]) func `without a use as a container's image it is likely at most`(_ use: String) async {
    let files = ["roles/web/tasks/main.yml": use]
    #expect(await sites("web_image: ghcr.io/acme/web:1.25\nweb_version: 1.25.0\n", files) == ["likely ghcr.io/acme/web:1.25"])
    #expect(await sites("web_image: debian-12\nweb_version: 1.25.0\n", files) == [])
  }
}
