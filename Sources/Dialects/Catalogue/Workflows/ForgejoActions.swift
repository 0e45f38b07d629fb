import References

extension Dialect {
  /// Workflows and actions of Forgejo, which are written as those of GitHub. A name without a host is looked for where the instance says,
  /// which by default is <https://data.forgejo.org>. Its runner and Gitea's are made of act, which parses an image by Docker's own rules
  /// and hands it to Docker's `ImagePull`, tag and digest included.
  static let forgejoActions = Dialect(
    name: "forgejo-actions", title: "Forgejo workflows and actions",
    sources: [
      "https://data.forgejo.org", "https://forgejo.org/docs/latest/user/actions/reference/",
      "https://github.com/nektos/act/blob/master/pkg/container/docker_pull.go",
    ],
    claim: .path(["**/.forgejo/workflows/*.{yml,yaml}", "**/.forgejo/**/action.{yml,yaml}"]), syntax: .yaml,
    places: workflowPlaces(on: .forgejo), templateMarks: workflowTemplateMarks, holdsShell: true)

  /// Workflows and actions of Gitea, whose names without a host are GitHub's unless `DEFAULT_ACTIONS_URL` is `self`.
  static let giteaActions = Dialect(
    name: "gitea-actions", title: "Gitea workflows and actions", sources: ["https://docs.gitea.com/usage/actions/comparison"],
    claim: .path(["**/.gitea/workflows/*.{yml,yaml}", "**/.gitea/**/action.{yml,yaml}"]), syntax: .yaml,
    places: workflowPlaces(on: .gitea), templateMarks: workflowTemplateMarks, holdsShell: true)
}
