/// A git repository that holds actions, workflows, components or hooks.
package struct ActionRepository: Sendable, CustomStringConvertible {
  /// Where it is looked for.
  package enum Service: Hashable, Sendable {
    case github
    /// The servers that runners of Forgejo and Gitea take actions from, which are not the ones that run the workflow.
    case forgejo, gitea
    /// The host as written, in lower case; nil where the one that runs the pipeline is meant.
    case gitlab(host: String?)
    /// The path is a whole URL, in any form that git takes.
    case url
  }

  package let service: Service
  /// `actions/checkout`, `group/subgroup/project`, `https://code.forgejo.org/actions/checkout`; in the letter case it was written in.
  package let path: String

  package init(_ service: Service, path: String) {
    self.service = service
    self.path = path
  }

  package var description: String {
    if case .gitlab(let host?) = service { return "\(host)/\(path)" }
    return path
  }
}

extension ActionRepository {
  /// Who has it, for people: a host where one is written, else the service.
  package var serverName: String {
    switch service {
    case .github: "GitHub"
    case .forgejo: "Forgejo"
    case .gitea: "Gitea"
    case .gitlab(let host): host ?? "GitLab"
    case .url: path.firstRange(of: "://").map { String(path[$0.upperBound...].prefix { $0 != "/" }) } ?? path
    }
  }
}

extension ActionRepository: Hashable {
  /// Forges find a repository whatever its letter case; what the path of a URL means is not known.
  private var identity: String { service == .url ? path : path.lowercased() }

  package static func == (left: Self, right: Self) -> Bool { left.service == right.service && left.identity == right.identity }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(service)
    hasher.combine(identity)
  }
}
