import Documents

/// What tells a file of Prow's jobs: under `presubmits` and `postsubmits` repositories with lists of jobs, under `periodics` one list; and
/// its settings: `plank` with images of its utilities.
enum ProwShape {
  @Sendable static func holds(_ root: Node) -> Bool {
    let ofRepositories = ["presubmits", "postsubmits"].contains { key in
      root[key]?.members.contains { $0.value.elements.contains(where: isJob) } ?? false
    }
    return ofRepositories || root["periodics"]?.elements.contains(where: isJob) ?? false
      || root["plank"]?.members.contains { $0.key.scalar?.value.hasPrefix("default_decoration_config") ?? false } ?? false
  }

  private static func isJob(_ node: Node) -> Bool {
    node["name"]?.scalar != nil && ["spec", "decorate", "agent"].contains { node[$0] != nil }
  }
}
