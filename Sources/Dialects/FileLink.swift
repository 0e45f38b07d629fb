/// Another file of the repository that a file names, and what it says of it.
package struct FileLink: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// A Dockerfile, whatever it is called; of a Compose file, the service that it builds.
    case dockerfile(service: String? = nil)
    /// A Compose file, of which this service is run.
    case compose(service: String)
  }

  package var target: Target
  /// As it is written, relative to the folder of the file that names it.
  package var path: String
  /// Whether a development container is made of it, whose tools look up base images themselves and refuse a tag and a digest together.
  package var isForDevContainer: Bool

  package init(_ target: Target, path: String, isForDevContainer: Bool = false) {
    self.target = target
    self.path = path
    self.isForDevContainer = isForDevContainer
  }

  /// The file's path from the repository's root; nil where it is outside of it, not literal, or no path.
  package func path(from file: String) -> String? {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.contains("://"), !path.contains("\\"), Literal.placeholder(in: path) == nil else {
      return nil
    }
    var parts = file.split(separator: "/").dropLast().map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(String(part))
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}

extension Findings {
  /// Makes the images that the file is built on, or runs as that service, take the form that a development container's tools take.
  package mutating func takeDigestsOnly(where isConcerned: (Site) -> Bool) {
    for index in sites.indices where isConcerned(sites[index]) { sites[index].form = .digest }
  }
}
