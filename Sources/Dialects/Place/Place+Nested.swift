extension Place {
  /// Something that may hold several sites.
  package enum Nested: Hashable, Sendable {
    /// A text that is a YAML document of its own, with places in it.
    case yaml([Place])
    /// A text that is a Dockerfile.
    case dockerfile
    /// Lines for a shell: which one, `shell` beside them or around them may say.
    case script
    /// A call `jsonencode(…)` in HCL with places in its argument, which is the only element of `_`: `_[][].image`.
    case jsonEncoded([Place])
    /// A mapping whose keys are features of a development container. Those that its lock file, the file beside it, lists are left to that.
    case featureKeys
  }

  package var holdsScript: Bool {
    if case .nested(.script) = meaning { true } else { false }
  }
}
