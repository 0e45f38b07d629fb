extension Site {
  /// Whether it is what kustomize takes for an image without being told: that of a container in a list of them, wherever that is.
  package var isContainerImage: Bool {
    let steps = place.steps.suffix(3)
    guard steps.count == 3, let list = steps.first, case .element = steps[steps.startIndex + 1] else { return false }
    return steps.last == .key("image") && (list == .key("containers") || list == .key("initContainers"))
  }
}
