extension Dialect {
  /// Defaults and variables of Ansible's roles. What one of them is, the uses in the role's other files say: an image, or a part of one,
  /// where that is all that it is used for, in the form that the module takes which uses it. Without a use, one that is called an image is
  /// likely.
  static let ansibleRole = Dialect(
    name: "ansible-role", title: "Defaults and variables of Ansible roles",
    sources: ["https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html#role-directory-structure"],
    claim: .content(["**/{defaults,vars}/**/*.{yml,yaml}"], markers: ["image|Image|IMAGE|tag|version"]), syntax: .yaml,
    places: [Place("*", by: RoleVariable())],
    links: [
      .companion(
        .around(["defaults", "vars"], ["{tasks,handlers,templates,defaults,vars,meta}/**"]), isRequired: false)
    ])
}
