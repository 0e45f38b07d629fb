extension Dialect {
  /// Workflows of Forgejo and Gitea, which are written as those of GitHub; <https://forgejo.org/docs/latest/user/actions/reference/>,
  /// <https://docs.gitea.com/usage/actions/comparison>.
  static let forgejoActions = Dialect(
    name: "forgejo-actions", title: "Forgejo and Gitea workflows", claim: .path(["**/.{forgejo,gitea}/workflows/*.{yml,yaml}"]),
    syntax: .yaml,
    places: githubActions.places, templateMarks: githubActions.templateMarks, holdsShell: true)
}
