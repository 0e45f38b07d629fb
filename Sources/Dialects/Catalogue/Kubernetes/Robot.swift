import Documents
import References

/// Somebody else who writes new images into the objects of Kubernetes: what is theirs is left to them.
struct Robot: Sendable {
  let name: String
  /// Whether the objects that hold the match say that the image there is theirs.
  let writes: @Sendable (ImageReference, Match) -> Bool

  static let ofKubernetes = [keel, argoCDImageUpdater, imageChangeTrigger, scheduledImport]

  /// Flux writes new tags behind such a comment; <https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources>.
  static let ofComments = ["{\"$imagepolicy\"": "Flux"]

  static let keel = Robot(name: "Keel") { _, match in
    match.objects.contains { object in object.note("keel.sh/policy").map { $0 != "never" } ?? false }
  }

  static let argoCDImageUpdater = Robot(name: "Argo CD Image Updater") { image, match in
    match.objects.contains { object in
      // A list such as `web=ghcr.io/acme/web:~1.2, nginx`.
      let entries = object.note("argocd-image-updater.argoproj.io/image-list")?.split { $0 == "," || $0.isWhitespace } ?? []
      return entries.contains { ImageName(namedBy: String($0.split(separator: "=").last ?? "")) == image.name }
    }
  }

  /// OpenShift fills the image of a container from an ImageStream.
  static let imageChangeTrigger = Robot(name: "an ImageChange trigger") { _, match in
    guard match.key == "image", let container = match.mappings.last?["name"]?.scalar?.value else { return false }
    return match.objects.contains { object in
      let triggers = object["spec"]?["triggers"]?.elements ?? []
      if triggers.contains(where: { trigger in
        trigger["type"]?.scalar?.value == "ImageChange"
          && trigger["imageChangeParams"]?["containerNames"]?.elements.contains { $0.scalar?.value == container } ?? false
      }) {
        return true
      }
      // A list of JSON objects with a `fieldPath` such as `spec.template.spec.containers[?(@.name=="web")].image`.
      let words = object.note("image.openshift.io/triggers")?.split(separator: "\"") ?? []
      return words.map { $0.hasSuffix("\\") ? String($0.dropLast()) : String($0) }.contains(container)
    }
  }

  /// <https://docs.openshift.com/container-platform/latest/openshift_images/image-streams-manage.html>: only tags can be imported on a
  /// schedule.
  static let scheduledImport = Robot(name: "OpenShift's scheduled import") { _, match in
    match.key == "name" && match.outerKey == "from"
      && match.mappings.dropLast().last?["importPolicy"]?["scheduled"]?.scalar?.value == "true"
  }

  private init(name: String, writes: @escaping @Sendable (ImageReference, Match) -> Bool) {
    self.name = name
    self.writes = writes
  }
}

extension Node {
  /// An annotation of the object, or a label.
  fileprivate func note(_ key: String) -> String? {
    let metadata = self["metadata"]
    return (metadata?["annotations"]?[key] ?? metadata?["labels"]?[key])?.scalar?.value
  }
}

extension Customs {
  /// What Kubernetes objects are taken for, in whatever file they stand.
  static let kubernetes = Customs(
    builtSchemes: ["ko://": "'ko://' names a program that ko builds into an image"], robots: Robot.ofKubernetes,
    commentRobots: Robot.ofComments,
    pullPolicy: PullPolicy("imagePullPolicy", "pullPolicy", never: ["Never"]),
    passedOver: ["v1", "v1beta1"].map { DocumentHead(["apiVersion": "apiextensions.k8s.io/\($0)", "kind": "CustomResourceDefinition"]) })
}
