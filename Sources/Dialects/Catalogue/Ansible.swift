extension Dialect {
  /// Playbooks and roles of Ansible, the tasks that run containers; <https://docs.ansible.com/ansible/latest/collections/community/docker/docker_container_module.html>,
  /// <https://docs.ansible.com/ansible/latest/collections/containers/podman/podman_container_module.html>. Both modules take tag and digest together. The `image` of
  /// any other module (a machine of a cloud) is none. `docker_image` with `source: build` makes an image here.
  static let ansible = ansible(name: "ansible", title: "Ansible tasks with Docker", marker: "docker_container")

  /// Those that name only Podman's module.
  static let ansiblePodman = ansible(name: "ansible-podman", title: "Ansible tasks with Podman", marker: "podman_container")

  private static func ansible(name: String, title: String, marker: String) -> Dialect {
    Dialect(
      name: name, title: title, claim: .content(["**/*.{yml,yaml}"], markers: ["\(marker):", "image", "- "]), syntax: .yaml,
      places: [
        Place("**.docker_image.name", .builtNames, if: .sibling("build")),
        Place(#"**."community.docker.docker_image".name"#, .builtNames, if: .sibling("build")),
        Place(#"**."community.docker.docker_image_build".name"#, .builtNames),
        Place("**.podman_image.name", .builtNames, if: .sibling("build")),
        Place(#"**."containers.podman.podman_image".name"#, .builtNames, if: .sibling("build")),
        Place("**.docker_container.image"),
        Place(#"**."community.docker.docker_container".image"#),
        Place(#"**."community.general.docker_container".image"#),
        Place("**.podman_container.image"),
        Place(#"**."containers.podman.podman_container".image"#),
      ])
  }
}
