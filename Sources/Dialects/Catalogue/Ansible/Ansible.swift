extension Dialect {
  /// Playbooks and roles of Ansible, the tasks that run containers, written as mappings or as words; the `image` of any other module (a
  /// machine of a cloud) is none.
  ///
  /// - `docker_container` (<https://docs.ansible.com/ansible/latest/collections/community/docker/docker_container_module.html>) cuts an
  ///   image at its `@` and looks for what is in front of it among the digests that Docker knows, where it is without a tag: with both,
  ///   it pulls on every run and reports a change
  ///   (<https://github.com/ansible-collections/community.docker/blob/main/plugins/module_utils/_module_container/module.py>). So the
  ///   digest is alone.
  /// - `podman_container` hands it to Podman, which takes both;
  ///   <https://docs.ansible.com/ansible/latest/collections/containers/podman/podman_container_module.html>.
  /// - Definitions of Compose projects, and services of Swarm, go to Docker as they are.
  /// - `docker_image` with `source: build` makes an image here; with `source: pull` it takes no digest: "names with digest cannot be used".
  static let ansible = ansible(
    name: "ansible", title: "Ansible tasks with Docker",
    marker: "docker_container:|docker_image:|docker_swarm_service:|docker_service:|docker_compose",
    image: "image|docker_image")

  /// Those that name only Podman's module.
  static let ansiblePodman = ansible(
    name: "ansible-podman", title: "Ansible tasks with Podman", marker: "podman_container:", image: "image")

  private static func ansible(name: String, title: String, marker: String, image: String) -> Dialect {
    Dialect(
      name: name, title: title, claim: .content(["**/*.{yml,yaml}"], markers: [marker, image, "- "]), syntax: .yaml,
      places: Place.ansibleBuilds + Place.ansibleDocker + Place.ansiblePodman,
      customs: Customs(pullPolicy: PullPolicy("pull", never: ["never"])))
  }
}

extension Place {
  fileprivate static let ansibleBuilds = [
    Place(built: #"**.{docker_image,"community.docker.docker_image"}.name"#, if: .sibling("build")),
    Place(built: #"**."community.docker.docker_image_build".name"#),
    Place(built: #"**.{podman_image,"containers.podman.podman_image"}.name"#, if: .sibling("build")),
  ]

  fileprivate static let ansibleDocker = [
    Place(
      #"**.{docker_container,"community.docker.docker_container","community.general.docker_container"}.image"#, form: .digest),
    Place(#"**.{docker_container,"community.docker.docker_container"}"#, by: ModuleArgument(name: "image"), form: .digest),
    Place("**.local_action.image", if: .sibling("module", .endsWithOneOf(["docker_container"])), form: .digest),
    Place(#"**.{docker_swarm_service,"community.docker.docker_swarm_service"}.image"#),
    Place(
      #"**.{docker_service,docker_compose,"community.docker.docker_compose","community.docker.docker_compose_v2"}.definition.services.*.image"#
    ),
    Place(
      #"**.{docker_image,"community.docker.docker_image"}.name"#,
      role: .leftAlone("'docker_image' takes no digest; 'docker_image_pull' does"), if: .sibling("source", .is("pull"))),
  ]

  fileprivate static let ansiblePodman = [
    Place(#"**.{podman_container,"containers.podman.podman_container"}.image"#),
    Place(#"**.{podman_container,"containers.podman.podman_container"}"#, by: ModuleArgument(name: "image")),
  ]
}
