import Documents
import References

/// The container and the object that an image belongs to: a strategic merge patch names both to replace it.
package struct ContainerName: Hashable, Sendable {
  package var object: Object
  package var container: String

  package struct Object: Hashable, Sendable {
    package var kind: String
    package var name: String
    /// Empty where none is written.
    package var namespace: String
  }

  init(object: Object, container: String) {
    self.object = object
    self.container = container
  }

  /// nil for anything but the image of a container in a list of them, in an object with a name.
  init?(of match: Match) {
    guard match.key == "image", match.outerKey == "containers" || match.outerKey == "initContainers",
      let container = match.mappings.last?["name"]?.scalar?.value, let node = match.objects.last,
      let kind = node["kind"]?.scalar?.value, let name = node["metadata"]?["name"]?.scalar?.value
    else { return nil }
    self.container = container
    object = Object(kind: kind, name: name, namespace: node["metadata"]?["namespace"]?.scalar?.value ?? "")
  }
}

extension ContainerName.Object {
  /// The object that the `target` of a patch names, which the patch itself then need not; nil where it may be several, for names there are
  /// regular expressions and labels select what they select.
  init?(target: Node) {
    guard let kind = target["kind"]?.scalar?.value, let name = target["name"]?.scalar?.value,
      target.members.allSatisfy({ ["group", "version", "kind", "name", "namespace"].contains($0.key.scalar?.value) }),
      (kind + name).utf8.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    self.init(kind: kind, name: name, namespace: target["namespace"]?.scalar?.value ?? "")
  }
}
