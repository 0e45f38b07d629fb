extension Dialect {
  /// Workflows of Forgejo and Gitea, which are written as those of GitHub; <https://forgejo.org/docs/latest/user/actions/reference/>,
  /// <https://docs.gitea.com/usage/actions/comparison>. Both runners are made of act, which parses an image by Docker's own rules and
  /// hands it to Docker's `ImagePull`, tag and digest included; <https://github.com/nektos/act/blob/master/pkg/container/docker_pull.go>.
  static let forgejoActions = Dialect(
    name: "forgejo-actions", title: "Forgejo and Gitea workflows", claim: .path(["**/.{forgejo,gitea}/workflows/*.{yml,yaml}"]),
    syntax: .yaml,
    places: githubActions.places, templateMarks: githubActions.templateMarks, holdsShell: true)
}
