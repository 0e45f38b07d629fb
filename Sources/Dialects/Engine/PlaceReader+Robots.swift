import Documents
import References

extension PlaceReader {
  /// The site, skipped if the objects that hold it say that another robot changes its image.
  func leftToRobots(_ site: Site, _ match: DocumentWalk.Match) -> Site {
    guard let image = site.image, let robot = robot(for: image, match) else { return site }
    var site = site
    site.content = .skipped(.ownedByRobot(robot))
    return site
  }

  private func robot(for image: ImageReference, _ match: DocumentWalk.Match) -> String? {
    for object in match.objects {
      let metadata = object["metadata"]
      if let policy = note("keel.sh/policy", in: metadata), policy != "never" { return "Keel" }
      if let list = note("argocd-image-updater.argoproj.io/image-list", in: metadata), names(image, list) { return "Argo CD Image Updater" }
      if isTriggered(match, object) { return "an ImageChange trigger" }
    }
    // <https://docs.openshift.com/container-platform/latest/openshift_images/image-streams-manage.html>: only tags can be imported on a schedule.
    if match.key == "name", match.outerKey == "from", match.mappings.dropLast().last?["importPolicy"]?["scheduled"]?.scalar?.value == "true"
    {
      return "OpenShift's scheduled import"
    }
    return nil
  }

  private func note(_ key: String, in metadata: Node?) -> String? {
    (metadata?["annotations"]?[key] ?? metadata?["labels"]?[key])?.scalar?.value
  }

  /// Whether the image is in a list such as `web=ghcr.io/acme/web:~1.2, nginx`.
  private func names(_ image: ImageReference, _ list: String) -> Bool {
    list.split { $0 == "," || $0.isWhitespace }.contains { entry in
      ImageName(namedBy: String(entry.split(separator: "=").last ?? "")) == image.name
    }
  }

  /// Whether OpenShift fills the image of this container from an ImageStream.
  private func isTriggered(_ match: DocumentWalk.Match, _ object: Node) -> Bool {
    guard match.key == "image", let container = match.mappings.last?["name"]?.scalar?.value else { return false }
    let triggers = object["spec"]?["triggers"]?.elements ?? []
    if triggers.contains(where: { trigger in
      trigger["type"]?.scalar?.value == "ImageChange"
        && trigger["imageChangeParams"]?["containerNames"]?.elements.contains { $0.scalar?.value == container } ?? false
    }) {
      return true
    }
    // A list of JSON objects with a `fieldPath` such as `spec.template.spec.containers[?(@.name=="web")].image`.
    guard let text = note("image.openshift.io/triggers", in: object["metadata"]) else { return false }
    return text.split(separator: "\"").map { $0.hasSuffix("\\") ? String($0.dropLast()) : String($0) }.contains(container)
  }
}
