import Configuration
import Pinning
import References
import Reporting

/// One run of `tagpin guard` over references: check, run the command if there is one, ask again, report.
struct GuardRun {
  private let options: GuardCommand
  /// Tags that are meant to move.
  private let movable: AllowedTags
  private let configuration: Configuration
  private let root: String
  private let inherited: InheritedState
  private let environment: Environment
  private let messages: Messages

  init(
    _ options: GuardCommand, movable: AllowedTags, _ configuration: Configuration, root: String, _ inherited: InheritedState,
    _ environment: Environment, _ messages: Messages
  ) {
    self.options = options
    self.movable = movable
    self.configuration = configuration
    self.root = root
    self.inherited = inherited
    self.environment = environment
    self.messages = messages
  }

  private var guardsCommand: Bool { !options.command.isEmpty }

  /// The exit code.
  func run() async throws(Workspace.Failure) -> Int32 {
    let sources = PushedSources(arguments: options.references, options: options.pushed, environment: environment)
    let results = try sources.results(canBeMissing: guardsCommand)
    let pushed = try sources.references(results)
    for unpushed in pushed.unpushed { messages.log(unpushed.description) }
    // Now: if it cannot be written, nothing is pushed, and nobody takes an earlier run's digests for this one's.
    try DigestFile.write("", to: options.digestFile, environment)
    let registry = try RegistryAccess(configuration, root: root, options.network, environment, messages)
    let pushGuard = PushGuard(rules, registry: registry)

    var report = await pushGuard.check(tags(pushed, results))
    if guardsCommand {
      showCheck(report)
      if report.verdict == .free { report = await runCommand(report, pushGuard, sources) }
    }
    report.warnings = await registry.warnings
    await registry.shutdown()
    conclude(report)
    do throws(Workspace.Failure) { try DigestFile.write(report.digestLines, to: options.digestFile, environment) } catch {
      _ = messages.exit(error)
      if report.stage == .confirmed || !guardsCommand { return guardsCommand ? 124 : 2 }
    }
    return report.exitCode(guardsCommand: guardsCommand)
  }

  private var rules: GuardRules {
    GuardRules(
      allowsNewRepository: options.passing.allowNewRepository || configuration.pushes.allowsNewRepository,
      platforms: options.passing.platform)
  }

  private func tags(_ pushed: PushedReferences, _ results: PushedSources.Results) -> [GuardedTag] {
    pushed.references.map { pushed in
      let tag = pushed.reference.effectiveTag?.text ?? ""
      return GuardedTag(
        pushed.reference, content: results.content(of: pushed.reference) ?? pushed.content, mayMove: movable.pattern(for: tag) != nil)
    }
  }

  /// Runs the command, and asks again for the tags where it ended well.
  private func runCommand(_ report: GuardReport, _ pushGuard: PushGuard, _ sources: PushedSources) async -> GuardReport {
    var report = report
    guard let name = options.command.first else { return report }
    let ending = ForegroundProgram(name: name, arguments: Array(options.command.dropFirst())).run(inherited)
    if case .notStarted(let error) = ending {
      RunError("cannot run '\(name)': \(error)").write(environment)
    }
    guard ending.exitCode == 0 else {
      report.stage = .failed(ending.exitCode)
      return report
    }
    do throws(Workspace.Failure) {
      let results = try sources.results(canBeMissing: false)
      return await pushGuard.confirm(report) { results.content(of: $0) }
    } catch {
      // Something was pushed, and nobody knows what.
      _ = messages.exit(error)
      report.stage = .confirmed
      return report
    }
  }

  // MARK: Results

  private func showCheck(_ report: GuardReport) {
    messages.show(report.text(colour: messages.coloursErrors, onlyProblems: messages.isQuiet), toErrorStream: true)
  }

  private func conclude(_ report: GuardReport) {
    if guardsCommand {
      // Standard output is the command's. What went wrong after the push; the check was shown before it.
      if report.ending != nil, report.ending != .pushed {
        messages.show(report.text(colour: messages.coloursErrors, onlyProblems: true), toErrorStream: true)
      }
      if report.exitCode(guardsCommand: true) == 0 { messages.show(report.digestLines, toErrorStream: true) }
    } else {
      let format = options.output.format
      messages.show(format.pushes?(report, messages.rendering(colour: messages.coloursOutput)) ?? "", as: format)
    }
    if options.output.format != .json { for warning in report.warnings { messages.warn(warning) } }
    if let advice = report.advice(guardsCommand: guardsCommand), !messages.isQuiet || report.exitCode(guardsCommand: guardsCommand) != 0 {
      messages.show("tagpin: \(advice)\n", toErrorStream: true)
    }
    GitHubJob(environment, messages, isWanted: true)?.tell(
      report, guardsCommand: guardsCommand, onlyOutputs: options.output.format != .text)
  }
}
