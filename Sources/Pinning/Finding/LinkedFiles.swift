import Dialects

/// What files say of other files of the repository: what is a Dockerfile whatever its name, and what a development container is made of.
struct LinkedFiles {
  /// Paths of Dockerfiles.
  private(set) var dockerfiles: Set<String> = []
  private var devContainerDockerfiles: Set<String> = []
  /// By the path of the Compose file.
  private var devContainerServices: [String: Set<String>] = [:]

  init(_ scanned: [ScannedFile]) {
    let links = scanned.flatMap { file in
      file.findings.links.compactMap { link in link.path(from: file.file.path).map { (file.file.path, link, $0) } }
    }
    for (_, link, path) in links {
      switch link.target {
      case .compose(let service): devContainerServices[path, default: []].insert(service)
      case .dockerfile:
        dockerfiles.insert(path)
        if link.isForDevContainer { devContainerDockerfiles.insert(path) }
      }
    }
    for (file, link, path) in links {
      if case .dockerfile(let service?) = link.target, devContainerServices[file]?.contains(service) ?? false {
        devContainerDockerfiles.insert(path)
      }
    }
  }

  /// Gives the images that a development container is made of the one form that its tools take. Only what the tools look up themselves: bases, not what is copied from.
  func apply(to file: inout ScannedFile) {
    let path = file.file.path
    if devContainerDockerfiles.contains(path) { file.findings.takeDigestsOnly(where: \.isBaseImage) }
    if let services = devContainerServices[path] {
      let places = Set(services.map { SitePlace([.key("services"), .key($0), .key("image")]) })
      file.findings.takeDigestsOnly { places.contains($0.place) }
    }
  }
}
