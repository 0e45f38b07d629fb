import Foundation
import ServersForTests

extension Program {
  /// The program that this build made: it lies beside the test bundle.
  static let tagpinPath: String = {
    let bundles =
      [Bundle.main.executableURL].compactMap(\.self) + Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let candidates = bundles.map { $0.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "tagpin").path }
    guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      fatalError("the program that these tests run is not built; looked for \(candidates.joined(separator: ", "))")
    }
    return path
  }()
}
