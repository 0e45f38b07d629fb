import ArgumentParser
import Configuration
import Dialects
import FoundationEssentials
import Pinning
import Reporting

/// `tagpin init`
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a first .tagpin.yaml, made for what is in this repository. Offline.",
    discussion: "Every line of it is a comment. A configuration that is there already is left as it is, and the exit code is 2.")

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(try OutputOptions.parse([]), environment)
    let configured = try ConfigurationOptions.parse([])
    do throws(Workspace.Failure) {
      let root = try Workspace.root(environment)
      if let path = Configuration.paths.first(where: { FileManager.default.fileExists(atPath: Paths.absolute($0, from: root)) }) {
        throw .unreadable("'\(path)' is there already; nothing was written")
      }
      let configuration = try await starting(configured, environment)
      let path = Paths.relative(Paths.absolute(".tagpin.yaml", from: root), to: environment.workingDirectory)
      try OutputFile.write(configuration.text, to: path, as: "configuration", isNew: true)
      messages.show("written: \(path.visible) (\(configuration.summary))\nnext: 'tagpin check' says what is not pinned\n")
    } catch {
      throw messages.exit(error)
    }
  }

  private func starting(
    _ configured: ConfigurationOptions, _ environment: Environment
  ) async throws(Workspace.Failure) -> StartingConfiguration {
    let workspace = try Workspace.open(paths: [], dialect: nil, configured, environment)
    let tree = SourceTree(root: workspace.root)
    let scan = Scan(options: DialectOptions(workspace.configuration), keepsText: false) { file in
      do throws(ReadError) { return .success(try FileReader.read(file.absolutePath, in: tree)) } catch { return .failure(error) }
    }
    let scanned = await scan.scan(workspace.files, jobs: processorCount())
    var options = RunOptions(.list, today: .today)
    options.isDryRun = true
    options.configuration = workspace.configuration
    let report = await Run(options, resolver: NoResolver()).plan(on: scanned)
    let known = Set(scanned.filter { $0.dialect != nil }.map { PathKey($0.file.path) })
    let others = workspace.files.filter { $0.role == .selected && !known.contains(PathKey($0.path)) }.compactMap { file in
      (try? FileReader.read(file.absolutePath, in: tree)).map { (path: file.path, text: String(decoding: $0.prefix(4096), as: UTF8.self)) }
    }
    return StartingConfiguration(report, scanned, others: others)
  }
}
