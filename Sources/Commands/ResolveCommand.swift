import ArgumentParser
import Dialects
import Pinning
import References
import Reporting

/// `tagpin resolve`
struct ResolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Print references with their digests, one a line, in the order given.",
    usage: "tagpin resolve [<options>] <reference> ...",
    discussion: "A reference that has a digest is asked for by it, so that a missing one is an error. Without a tag, 'latest' is meant.")

  @Argument(help: ArgumentHelp("Image references.", valueName: "reference")) var references: [String]
  @Flag(help: "Print the digests alone.") var digestOnly = false
  @Option(help: ArgumentHelp("Read this configuration file in place of .tagpin.yaml.", valueName: "file"), completion: .file()) var config:
    String?
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    for reference in references { _ = try parse(reference) }
    if ![.text, .json].contains(output.format) { throw ValidationError("resolve reports as text or json") }
  }

  private func parse(_ written: String) throws -> ImageReference {
    // By the grammar it is the image 'sha256' of Docker Hub, which nobody means.
    if let digest = Digest(written) {
      throw ValidationError("'\(digest.abbreviated)' is a digest without a name; write repository@\(digest.abbreviated)")
    }
    do { return try ImageReference(parsing: written) } catch { throw ValidationError("'\(written)': \(error)") }
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      let root = Workspace.root(environment)
      let configuration = try Workspace.configuration(root: root, file: config, environment)
      let registry = try RegistryAccess(configuration, root: root, network.connections, environment, messages)
      let wanted = try references.map(parse)
      let platform = network.platform
      let digestOnly = digestOnly
      let entries = await boundedMap(Array(zip(references, wanted)), limit: network.jobs) { written, reference in
        do throws(SiteFailure) {
          let digest = try await registry.digest(of: reference, platform: platform)
          let pinned = digestOnly ? digest.description : reference.with(tag: reference.effectiveTag, digest: digest).written
          return ResolveReport.Entry(written, .resolved(pinned: pinned, digest: digest, mediaType: nil, platform: platform))
        } catch {
          return ResolveReport.Entry(written, .failed(code: error.code, why: error.cause))
        }
      }
      await registry.shutdown()
      for warning in await registry.warnings { messages.warn(warning) }
      let report = ResolveReport(entries)
      switch output.format {
      case .json: messages.show(report.json)
      case .text, .github, .markdown:
        messages.show(report.text)
        messages.show(report.failures(colour: messages.coloursErrors), toErrorStream: true)
      }
      if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    } catch let failure as Workspace.Failure {
      throw messages.exit(failure)
    }
  }
}
