import ArgumentParser
import Configuration
import Dialects
import Pinning
import References
import Reporting

/// `tagpin resolve`
struct ResolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Print references with their digests or commits, one a line, in the order given.",
    usage: "tagpin resolve [<options>] <reference> ...",
    discussion:
      "An image that has a digest is asked for by it, so that a missing one is an error; without a tag, 'latest' is meant. With '@' and a tag it is an action."
  )

  @Argument(help: ArgumentHelp("References of images and actions.", valueName: "reference")) var references: [String]
  @Flag(help: "Print the digests alone.") var digestOnly = false
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    for reference in references { _ = try parse(reference) }
    try output.checkFormat(of: "resolve") { $0.references }
  }

  private func parse(_ written: String) throws -> Reference {
    if let action = try action(written) { return .action(action) }
    // By the grammar it is the image 'sha256' of Docker Hub, which nobody means.
    if let digest = Digest(written) {
      throw ValidationError("'\(digest.abbreviated)' is a digest without a name; write repository@\(digest.abbreviated)")
    }
    let image: ImageReference
    do { image = try ImageReference(parsing: written) } catch { throw ValidationError("'\(written)': \(error)") }
    guard image.name != Self.scratch else {
      throw ValidationError("'\(written)' is not an image: 'scratch' is a Dockerfile's word for an empty one, which has no digest")
    }
    return .image(image)
  }

  /// Docker Hub keeps that name free.
  private static let scratch = ImageName(registry: ImageName.dockerHub, repository: "library/scratch")

  /// The action of a text whose `@` does not begin a digest. A host in front makes it a component of GitLab: no owner on GitHub looks like
  /// one.
  private func action(_ written: String) throws -> ActionReference? {
    guard let at = written.firstIndex(of: "@"), !written[at...].contains(":") else { return nil }
    let first = written.prefix { $0 != "/" }
    let isComponent = !first.contains("@") && !first.contains(":") && (first.contains(".") || first.hasPrefix("$"))
    let action: ActionReference
    do {
      action = try isComponent ? ActionReference(parsingComponent: written) : ActionReference(parsing: written, on: .github)
    } catch { throw ValidationError("'\(written)': \(error)") }
    guard action.commit == nil else {
      throw ValidationError("'\(written)' names a commit already, and a listing of refs cannot show whether it exists")
    }
    return action
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      let root = try Workspace.root(environment)
      let configuration = try ConfigurationFiles.read(root: root, configured, environment).settings.configuration
      let ledger = try await LedgerStep(
        configuration, root: root, .fetch, timeout: network.connections.timeout, environment, messages)
      let descriptors = DescriptorLimit(raisedFor: 0)
      defer { descriptors.restore() }
      let registry = try RegistryAccess(configuration, root: root, network.connections, environment, messages)
      let git = GitAccess(configuration, root: root, network.connections, environment, transport: registry.transport)
      let wanted = try references.map(parse)
      var options = RunOptions(.pin)
      options.jobs = network.jobs
      options.platform = network.platform
      options.configuration = configuration
      let resolutions = await Resolutions.resolving(wanted, with: registry, git, options) { _ in }
      let entries = zip(references, wanted).map { written, reference in
        ResolveReport.Entry(written, outcome(of: reference, resolutions[reference]))
      }
      await registry.shutdown()
      for warning in await registry.warnings + git.warnings { messages.warn(warning) }
      try await ledger?.note(resolutions.contents(of: wanted, options))
      let report = ResolveReport(entries)
      messages.show(output.format.references?(report, messages.rendering()) ?? "", as: output.format)
      if output.format == .text {
        messages.show(report.warnings(colour: messages.coloursErrors), toErrorStream: true)
        messages.show(report.failures(colour: messages.coloursErrors), toErrorStream: true)
      }
      if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    } catch let failure as Workspace.Failure {
      throw messages.exit(failure)
    }
  }

  private func outcome(of reference: Reference, _ result: Result<Resolution, SiteFailure>?) -> ResolveReport.Outcome {
    switch (reference, result) {
    case (.image(let image), .success(.digest(let digest))):
      let pinned = digestOnly ? digest.description : image.with(tag: image.effectiveTag, digest: digest).written
      return .resolved(pinned: pinned, digest: digest, mediaType: nil, platform: network.platform)
    case (.action(let action), .success(.commit(let resolved))):
      let pinned = digestOnly ? resolved.commit.hex : "\(action.with(ref: resolved.commit.hex)) # \(resolved.recorded)"
      return .resolvedCommit(pinned: pinned, commit: resolved.commit, tag: resolved.recorded, notes: resolved.notes)
    case (_, .failure(let failure)): return .failed(failure)
    default: return .failed(.unresolved("it was not asked for", isAbsence: false))
    }
  }
}
