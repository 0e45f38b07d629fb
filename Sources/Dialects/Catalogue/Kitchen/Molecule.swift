extension Dialect {
  /// Platforms of Molecule, on which roles of Ansible are tested. With `pre_build_image: true` its drivers run an image as it is written:
  /// Docker's by `docker_container`, which takes a digest alone (see `ansible`), Podman's by Podman, which takes both; `containers` is the
  /// one of them that is installed (`containers/driver.py`), so that the digest is alone. Else they build one that is named after it, and a
  /// digest cannot be part of that name (`playbooks/create.yml`). With any other driver a playbook of the role makes of it what it likes.
  static let molecule = Dialect(
    name: "molecule", title: "Molecule",
    sources: ["https://ansible.readthedocs.io/projects/molecule/", "https://github.com/ansible-community/molecule-plugins"],
    claim: .path(["**/molecule/**/molecule.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("platforms[].image", if: .all([isPrebuilt, driver("docker", "containers")]), form: .digest),
      Place("platforms[].image", if: .all([isPrebuilt, driver("podman")])),
      Place("platforms[].image", certainty: .ifTagged, role: .leftAlone(builtName), if: driver("docker", "podman", "containers")),
      Place("platforms[].image", certainty: .ifTagged, role: .leftAlone(ownPlaybook), if: driver("default", "delegated")),
      Place("platforms[].image", certainty: .ifTagged, role: .leftAlone(ownPlaybook), if: isPrebuilt),
    ], customs: Customs(hasDefaultsInTexts: true))

  private static let isPrebuilt = Place.Condition.sibling("pre_build_image", .isOneOf(["true", "True", "yes"]))
  private static func driver(_ names: String...) -> Place.Condition { .around(1, "driver.name", .isOneOf(names)) }

  private static let builtName =
    "Molecule builds an image that is named after it, which no digest can be part of; 'pre_build_image: true' runs it as it is"
  private static let ownPlaybook = "what becomes of it is up to the role's own playbook 'create'"
}
