/// Generated YAML files of the kinds that stand in real repositories.
public enum Corpus {
  public struct File: Sendable {
    /// Relative to the repository's root.
    public var path: String
    public var text: String
  }

  /// Files as a large infrastructure repository has them: images stand in about three of a hundred, actions in four more.
  public static func fewImages(count: Int) -> [File] {
    files(count: count, seed: 1) { random, index, size in
      let directory = directory(index)
      return switch random.number(1...100) {
      case let kind where kind <= 90: withoutImages(kind, directory, &random, size: size)
      case 91...94: workflow(index, &random, size: size, images: false)
      case 95...97: pipeline(directory, &random, size: size, images: false)
      default: withImages(index, directory, &random, size: size)
      }
    }
  }

  /// The same without actions: references stand in one file of forty.
  public static func fewReferences(count: Int) -> [File] {
    files(count: count, seed: 6) { random, index, size in
      let directory = directory(index)
      if random.number(1...40) == 1 { return withImages(index, directory, &random, size: size) }
      return withoutImages(random.number(1...90), directory, &random, size: size)
    }
  }

  /// The worst case: images stand in every file.
  public static func allImages(count: Int) -> [File] {
    files(count: count, seed: 2) { random, index, size in
      withImages(index, directory(index), &random, size: size)
    }
  }

  /// A catalogue of operators: three quarters of the bytes are custom resource definitions, and each operator has a file of deployments.
  public static func catalogue(count: Int) -> [File] {
    files(count: count, seed: 5) { random, index, size in
      let directory = "operators/\(Words.nouns[index % Words.nouns.count])/\(index / 4)/manifests"
      return switch index % 4 {
      case 0, 1: File(path: "\(directory)/\(index).crd.yaml", text: CustomResourceDefinition.definition(&random, size: size * 3))
      case 2: File(path: "\(directory)/\(index).yaml", text: Workloads.deployments(&random, size: size))
      default: File(path: "\(directory)/\(index).yaml", text: Kubernetes.services(&random, size: size))
      }
    }
  }

  /// Compose files with two pins each.
  public static func pinned(count: Int) -> [File] {
    files(count: count, seed: 4) { random, index, size in
      let images = (1...2).map { "  \(random.name())-\($0):\n    image: \(random.name()):1.\($0)@sha256:\(random.hexadecimal(64))\n" }
      return File(path: "\(Words.nouns[index % Words.nouns.count])/\(index)/compose.yaml", text: "services:\n" + images.joined())
    }
  }

  /// Compose files with references to so many distinct repositories of one registry, ten in each file.
  public static func references(count: Int, registry: String) -> [File] {
    stride(from: 0, to: count, by: 10).map { first in
      var text = "services:\n"
      for number in first..<min(first + 10, count) {
        text += "  app-\(number):\n    image: \(registry)/team/app-\(number):1.\(number)\n    restart: always\n"
      }
      return File(path: "apps/\(first / 10)/compose.yaml", text: text)
    }
  }

  private static func directory(_ index: Int) -> String { "\(Words.nouns[index % Words.nouns.count])/\(index)" }

  /// `kind` is from 1 to 90, for so many of a hundred files.
  private static func withoutImages(_ kind: Int, _ directory: String, _ random: inout Random, size: Int) -> File {
    switch kind {
    case 1...22: File(path: "clusters/\(directory)/config.yaml", text: Kubernetes.configMaps(&random, size: size))
    case 23...38: File(path: "config/crd/\(directory).yaml", text: CustomResourceDefinition.definition(&random, size: size))
    case 39...48: File(path: "clusters/\(directory)/service.yaml", text: Kubernetes.services(&random, size: size))
    case 49...56: File(path: "clusters/\(directory)/rbac.yml", text: Kubernetes.accessControl(&random, size: size))
    case 57...67: File(path: "charts/\(directory)/values.yaml", text: Documents.values(&random, size: size))
    case 68...78: File(path: "api/\(directory)/openapi.yaml", text: Documents.openAPI(&random, size: size))
    default: File(path: "locales/\(directory).yml", text: Documents.translations(&random, size: size))
    }
  }

  private static func withImages(_ index: Int, _ directory: String, _ random: inout Random, size: Int) -> File {
    switch random.number(0...9) {
    case 0...4: File(path: "clusters/\(directory)/deployment.yaml", text: Workloads.deployments(&random, size: size))
    case 5...6: File(path: "compose/\(directory)/compose.yaml", text: Workloads.compose(&random, size: size))
    case 7: workflow(index, &random, size: size, images: true)
    case 8: pipeline(directory, &random, size: size, images: true)
    default: File(path: "charts/\(directory)/values.yaml", text: Workloads.values(&random, size: size))
    }
  }

  private static func workflow(_ index: Int, _ random: inout Random, size: Int, images: Bool) -> File {
    File(path: ".github/workflows/\(index).yml", text: ContinuousIntegration.workflow(&random, size: size, images: images))
  }

  private static func pipeline(_ directory: String, _ random: inout Random, size: Int, images: Bool) -> File {
    File(path: "ci/\(directory)/.gitlab-ci.yml", text: ContinuousIntegration.pipeline(&random, size: size, images: images))
  }

  private static func files(count: Int, seed: UInt64, _ file: (inout Random, Int, Int) -> File) -> [File] {
    var random = Random(seed: seed)
    return (0..<count).map { index in
      let size = random.fileSize()
      return file(&random, index, size)
    }
  }
}
