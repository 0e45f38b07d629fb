import Configuration
import Dialects
import Pinning
import References
import Rules
import SourceText

/// A repository in memory: texts by path.
struct Repository {
  var files: [String: String]
  var configuration = ""

  init(_ files: [String: String], configuration: String = "") {
    self.files = files
    self.configuration = configuration
  }

  /// What becomes of each site, as `compose.yaml acme/app:1 built-here`, by path and position.
  func states(_ command: Report.Command = .list) async throws -> [String] {
    var options = RunOptions(command)
    options.isDryRun = true
    options.configuration = try Configuration(parsing: SourceText(configuration), file: ".tagpin.yaml", trust: .repository)
    let sources = files.keys.sorted().map { SourceFile(path: $0, absolutePath: "/" + $0) }
    let scanned = await Scan { .success(Array(files[$0.path, default: ""].utf8)) }.scan(sources, jobs: 2)
    return await Run(options, resolver: FixtureResolver()).report(on: scanned).files.flatMap { file in
      file.sites.map { site in
        let code = if case .skipped(let reason) = site.state { reason.rule.id } else { site.state.code }
        return "\(file.path) \(site.site.text) \(code)"
      }
    }
  }

  /// A manifest of a pod with that image.
  static func pod(_ image: String) -> String {
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: p, image: '\(image)'}]}\n"
  }
}
