import Dialects
import Pinning
import Testing

/// Files with a key `image`, or a text that looks like a reference, and no container image in them. None of them has a site, and nobody is
/// told of them.
@Suite struct NoImagesTests {
  struct File: Sendable, CustomTestStringConvertible {
    var path: String
    var content: String
    var testDescription: String { path }
  }

  static let files = [
    File(path: "_config.yml", content: "title: Blog\nimage: /assets/cover:wide.png\nkind: blog\napiVersion: none\n"),
    File(path: "content/posts/first.yaml", content: "title: First\nimage: cover.jpg\ncover: {image: \"https://example.test/a:1.png\"}\n"),
    File(path: "_data/team.yml", content: "- name: A\n  image: a:small.png\n- {name: B, image: b}\n"),
    File(path: "locales/de.yml", content: "de:\n  image: \"Bild:groß\"\n  containers:\n    - image: Behälter\n"),
    File(
      path: "openapi.yaml",
      content: "openapi: 3.0.0\ncomponents:\n  examples:\n    pod: {value: {image: \"nginx:1.27\", kind: Pod, apiVersion: v1}}\n"),
    File(path: "home-assistant/automations.yaml", content: "- alias: photo\n  action: {data: {image: \"/local/cam:1.jpg\", tag: cam}}\n"),
    File(path: "cloud-config.yaml", content: "#cloud-config\nimage: \"ubuntu:24.04\"\n"),
    File(path: "lxd/profile.yaml", content: "config: {image.os: ubuntu}\nimage: \"ubuntu:24.04\"\ndevices: {}\n"),
    File(
      path: "init/agent.nomad",
      content: "description \"agent\"\nstart on runlevel [2345]\nscript\n  exec agent --image nginx:1.27\nend script\n"),
    File(path: "molecule.yml", content: "platforms:\n  - name: x\n    box: debian/bookworm64\n"),
    File(path: "package.json", content: #"{"name": "x", "image": "nginx:1.27", "containers": [{"image": "nginx:1.27"}]}"#),
    File(path: "data/products.json", content: #"[{"kind": "shoe", "apiVersion": "1", "image": "shoe:red"}]"#),
    File(
      path: "schema.json", content: #"{"properties": {"image": {"type": "string", "default": "nginx:1.27"}, "kind": {}, "apiVersion": {}}}"#
    ),
    File(
      path: "playbooks/cloud.yml",
      content: "- hetzner.hcloud.server: {image: \"debian-12\"}\n- amazon.aws.ec2_instance: {image_id: \"ami:1\"}\n"),
    File(path: "ceph/pool.yaml", content: "pools:\n  - rbd: {image: \"disk:1\"}\n"),
    File(
      path: "packer.pkr.hcl",
      content: "source \"docker\" \"x\" {\n  export_path = \"image.tar\"\n}\nvariable \"image\" { default = \"ubuntu:24.04\" }\n"),
    File(
      path: "main.tf",
      content:
        "resource \"lxd_instance\" \"a\" {\n  image = \"ubuntu:24.04\"\n}\nmodule \"m\" {\n  source = \"./m\"\n  image  = \"debian:12\"\n}\n"
    ),
    File(path: "disk.image", content: "\u{0}\u{1}[Image]=\n"),
    File(path: "notes.container", content: "A container for Image=notes, [see] below\n"),
    File(path: "src/Main.groovy", content: "class Main { def image = 'nginx:1.27' }\n"),
    File(path: "bin/tool", content: "\u{7F}ELF\u{2}image: nginx:1.27"),
    File(path: "docs/example.md", content: "```yaml\nimage: nginx:1.27\n```\n"),
    File(path: "Dockerfile.md", content: "FROM nginx:1.27\n"),
    File(path: "Dockerfile.license", content: "SPDX-FileCopyrightText: 2026 Acme\nSPDX-License-Identifier: MIT\n"),
    File(path: "Containerfile.license", content: "SPDX-License-Identifier: CC0-1.0\n"),
    File(path: "Sources/Dockerfile.swift", content: "struct Dockerfile { let from = \"nginx:1.27\" }\n"),
    File(path: "garden.yml", content: "plants:\n  - {kind: rose, image: \"rose:red\"}\n"),
    File(path: "config/garden.yaml", content: "kind: Garden\napiVersion: acme.test/v1\nspec: {title: \"rose:red\"}\n"),
    File(path: "build.yaml", content: "image: \"logo:1\"\nfrom: \"a:1\"\n"),
    File(path: "kitchen.yml", content: "driver: {name: vagrant}\nplatforms:\n  - {name: a, driver: {image: \"debian:12\"}}\n"),
    File(path: "recipes/kitchen.yaml", content: "recipes:\n  - {name: Soup, image: \"soup:hot\"}\n"),
    File(path: "molecule/default/molecule.yml", content: "driver: {name: openstack}\nplatforms:\n  - {name: a, image: \"ubuntu:24.04\"}\n"),
    File(path: "config.toml", content: "[runners]\nimage = \"fast:1\"\n[params]\nimage = \"cover.png\"\n"),
    File(path: "hugo.toml", content: "title = \"[[runners]]\"\n[params]\nimage = \"cover:1\"\n"),
    File(path: "zarf.yml", content: "kind: Package\ncomponents:\n  - {images: [\"a:1\"]}\n"),
    File(path: "okteto.yml", content: "name: [a]\nbuild: {api: {context: .}}\ndev: {api: {command: bash, image: \"\"}}\n"),
    File(path: "pom.xml", content: "<project><repositories><Repository>acme:1</Repository></repositories><Container/></project>\n"),
    File(path: "data/boxes.xml", content: "<Container><Box>a:1</Box></Container><!-- <Repository> -->\n"),
    File(path: "tests/earth.txt", content: "VERSION 0.8\nFROM alpine:3.20\n"),
    File(path: "globe.earth", content: "version 1\nFROM here TO there\n"),
    File(path: "docs/Tiltfile.md", content: "docker_build('acme/web', '.')\n"),
    File(path: "tools/defs.bzl", content: "# oci_pull\ndef image(name): native.genrule(name = name, image = \"a:1\")\n"),
    File(path: "MODULE.bazel", content: "module(name = \"x\")\nbazel_dep(name = \"rules_oci\", version = \"2:1\")\n"),
    File(path: "werf-giterminism.yaml", content: "giterminismConfigVersion: 1\nconfig: {dockerfile: {allowUncommitted: [Dockerfile]}}\n"),
  ]

  @Test(arguments: files) func `nothing is found in it`(_ file: File) {
    let scan = Scan { _ in .success(Array(file.content.utf8)) }
    let scanned = scan.scan(SourceFile(path: file.path, absolutePath: "/" + file.path))
    #expect(scanned?.findings.sites.map { "\($0.place) \($0.text)" } ?? [] == [])
    #expect(scanned?.state == nil)
  }
}
