import ArgumentParser
import Configuration
import Dialects
import Interruption
import LibC
import Pinning
import References
import Reporting
import Rules
import SourceText
import SystemPackage
import Verifying

/// What `pin`, `update`, `unpin`, `check` and `list` have in common: open the workspace, scan, run, report, exit.
struct FileCommand {
  private let request: FileRequest
  private let environment = Environment.current

  init(_ request: FileRequest) { self.request = request }

  func run() async throws {
    let messages = Messages(request.output, environment)
    do {
      try await request.files.readsStandardInput ? runOnStandardInput(messages) : runOnFiles(messages)
    } catch let failure as Workspace.Failure {
      throw messages.exit(failure)
    }
  }

  private func runOnFiles(_ messages: Messages) async throws {
    let repository = try request.committing.map { _ in try Workspace.repository(of: request.files.paths, environment) }
    let workspace = try Workspace.open(
      paths: request.files.paths, excluding: request.files.excluded, dialect: request.files.dialect, request.files.configured, environment)
    if request.files.paths.isEmpty, workspace.root != environment.workingDirectory {
      messages.note("the whole repository is looked at, '\(workspace.root)'; 'tagpin \(request.command.rawValue) .' looks only here")
    }
    let options = options(workspace.configuration)
    var commit: CommitStep?
    if let repository, let committing = request.committing {
      commit = try CommitStep(
        in: repository, committing, workspace.configuration, keepsGoing: options.keepsGoing, timeout: request.network?.timeout ?? 30,
        environment,
        messages)
    }
    if rewrites, !options.isDryRun {
      Interruption.begin()
      removeLeftovers(workspace, messages)
    }
    let tree = SourceTree(root: workspace.root)
    let scan = Scan(
      options: DialectOptions(workspace.configuration), keepsText: rewrites, sitePaths: workspace.configuration.sitePaths
    ) {
      file in
      do throws(ReadError) { return .success(try FileReader.read(file.absolutePath, in: tree)) } catch { return .failure(error) }
    }
    let scanned = await scan.scan(workspace.files, jobs: processorCount())
    var report = try await report(on: scanned, options, root: workspace.root, messages, commit: commit) {
      FileWriter(in: tree).write($0, keepGoing: $1)
    }
    report.add(workspace.unreadable)
    report.answer(for: workspace.named)
    await workspace.nameUntracked(in: &report, environment)
    report.repository = workspace.repository
    try settle(&report, messages, lookingAt: workspace.covers)
    show(report, messages)
    try finish(report, messages)
  }

  /// Standard input to standard output: the result goes there, the report to standard error. Where anything fails, nothing is printed.
  private func runOnStandardInput(_ messages: Messages) async throws {
    if request.committing != nil {
      throw Workspace.Failure.usage("'-' is not a file of a repository: it cannot be committed; leave --commit out")
    }
    let name = request.files.stdinName ?? "-"
    let root = try Workspace.root(environment)
    let configuration = try ConfigurationFiles.read(root: root, request.files.configured, environment).settings.configuration
    let bytes = StandardStream.readInput()
    let file = SourceFile(
      path: name, absolutePath: name, role: .named, dialectName: request.files.dialect ?? configuration.dialect(for: name))
    let scan = Scan(options: DialectOptions(configuration), sitePaths: configuration.sitePaths) { file in
      guard file.role == .context else { return .success(bytes) }
      let beside = Paths.absolute(file.path, from: root)
      do throws(ReadError) { return .success(try FileReader.read(beside, in: SourceTree(root: root))) } catch { return .failure(error) }
    }
    let scanned = scan.scan(file)
    var report = try await report(on: scanned.map { [$0] } ?? [], options(configuration), root: root, messages) { changes, _ in
      var outcome = WriteOutcome()
      outcome.written = changes.map(\.path)
      return outcome
    }
    try settle(&report, messages) { $0 == name }
    if rewrites, request.rewriting?.diff != true {
      messages.show(ReportFormat.text.files(report, messages.rendering(colour: messages.coloursErrors)), toErrorStream: true)
      if !report.hasFailure || request.rewriting?.keepGoing == true {
        StandardStream.writeOutput(report.files.first?.change?.bytes ?? bytes)
      }
    } else {
      show(report, messages)
    }
    try finish(report, messages)
  }

  private var rewrites: Bool { request.rewriting != nil }

  /// What a run that was killed left beside the files.
  private func removeLeftovers(_ workspace: Workspace, _ messages: Messages) {
    let directories = Set(workspace.files.filter { $0.role != .context }.map { FilePath($0.absolutePath).removingLastComponent() })
      // Nothing is removed beyond a link.
      .filter { realPath($0.string).map { FilePath($0) } == $0 }
    for path in FileWriter.removeLeftovers(inDirectories: directories) { messages.log("removed '\(path)', which a killed run left behind") }
  }

  private func options(_ configuration: Configuration) -> RunOptions {
    var options = RunOptions(request.command, today: .today)
    options.isDryRun = request.rewriting.map { $0.dryRun || $0.diff } ?? true
    options.keepsGoing = request.rewriting?.keepGoing ?? false
    options.only = request.files.selectedKind
    options.form = request.form
    options.expandsVersions = request.expandsVersions
    options.update = request.update
    options.minimumAge = request.minimumAge
    options.exempt = request.exempt
    options.configuration = configuration
    if request.files.likely { options.configuration.pinsLikely = true }
    options.isStrict = request.gate?.strict ?? false
    options.threshold = request.threshold
    options.platform = request.platform
    if let network = request.network { options.jobs = network.jobs }
    options.looksAtEverything = request.files.paths.isEmpty && request.files.excluded.isEmpty && request.files.only == nil
    return options
  }

  private func report(
    on scanned: consuming [ScannedFile], _ options: RunOptions, root: String, _ messages: Messages, commit: CommitStep? = nil,
    writer: @escaping Run.Writer
  ) async throws -> Report {
    let offline = Run(options, resolver: NoResolver(), writer: writer)
    guard let network = request.network, request.command != .unpin || offline.asks(about: scanned) else {
      return await finished(await offline.plan(on: scanned), by: offline, commit)
    }
    if options.platform != nil, options.command == .update, options.minimumAge != nil || !options.configuration.ages.isEmpty {
      throw Workspace.Failure.usage("--platform pins one platform's manifest, and 'min-age' knows what tags name: leave one of them out")
    }
    let ledger = try await LedgerStep(
      options.configuration, root: root, request.committing?.push.map { .push(remote: $0.name) } ?? .fetch, timeout: network.timeout,
      environment, messages)
    let descriptors = DescriptorLimit(raisedFor: 0)
    defer { descriptors.restore() }
    let registry = try RegistryAccess(options.configuration, root: root, network, environment, messages)
    let git = GitAccess(options.configuration, root: root, network, environment, transport: registry.transport)
    let progress = messages.progressLine
    var verifying = request.verifying ?? VerifyOptions()
    if request.command == .verify || request.command == .update {
      verifying.knownBad = try KnownBad(options.configuration, environment)
      verifying.ledger = ledger?.ledger ?? Ledger()
      verifying.signatures = SignaturePrograms(options.configuration, environment: environment.variables)
    }
    let run = Run(
      options, resolver: registry, listing: git, otherTags: OtherTags(asking: registry, verifying),
      moves: MoveGate(
        verifying, asking: registry, listing: git,
        ages: AgeGate(ledger?.ledger, clocks: PublicClocks(registry: registry, git: git), images: registry, now: environment.now),
        platform: options.platform),
      progress: { progress.show($0) }, writer: writer)
    var report = await run.plan(on: scanned)
    if request.verifying != nil {
      report = await Verifier(verifying, asking: registry, listing: git, repositories: git).verified(report) { progress.show($0) }
      report.weighVerdicts(by: run.options.configuration)
    }
    progress.clear()
    await registry.shutdown()
    report.warnings += await registry.warnings.map { Warning(.registryWarning, $0) }
    report.warnings += await git.warnings.map { Warning(.gitWarning, $0) }
    if !request.exempt.isEmpty, report.hurried.isEmpty { messages.note("nothing that --now names would have been held, or has moved") }
    // Before anything is written: what is not noted would be forgotten.
    if let ledger, request.rewriting.map({ !$0.dryRun && !$0.diff }) ?? true { try await ledger.note(report.resolved) }
    return await finished(report, by: run, commit)
  }

  /// What is planned, written and committed.
  private func finished(_ plan: Report, by run: Run, _ commit: CommitStep?) async -> Report {
    var report = plan
    guard var commit else {
      run.write(&report)
      return report
    }
    await commit.prepare(&report)
    run.write(&report)
    await commit.finish(&report)
    return report
  }

  /// Which of the findings count.
  private func settle(_ report: inout Report, _ messages: Messages, lookingAt isLookedAt: (String) -> Bool) throws {
    guard let gate = request.gate else { return }
    if let revision = gate.since {
      if request.files.readsStandardInput { throw Workspace.Failure.usage("'-' has no history: leave --since out") }
      try ChangedPlaces(since: revision, in: report, files: request.files.paths, environment).apply(to: &report)
    }
    guard let path = gate.baseline else { return }
    // What --only leaves out is not gone.
    let isComplete = request.files.only == nil
    let baseline = BaselineFile(path, environment)
    if gate.updateBaseline {
      try baseline.update(by: &report, messages) { isComplete && isLookedAt($0) }
    } else {
      try baseline.apply(to: &report) { isComplete && isLookedAt($0) }
    }
  }

  // MARK: Results

  private func show(_ report: Report, _ messages: Messages) {
    if request.rewriting?.diff == true {
      messages.show(patch: UnifiedDiff.render(report, colour: messages.coloursOutput), environment)
      messages.show(ReportFormat.text.files(report, messages.rendering(colour: messages.coloursErrors)), toErrorStream: true)
      return
    }
    let columns = Terminal.columns(of: STDOUT_FILENO)
    let text = rendered(report, as: request.output.format, messages, colour: messages.coloursOutput, columns: columns)
    messages.show(text, as: request.output.format)
    GitHubJob(environment, messages, isWanted: request.leavesRoomForGitHub)?.tell(report)
  }

  private func rendered(_ report: Report, as format: ReportFormat, _ messages: Messages, colour: Bool = false, columns: Int? = nil)
    -> String
  {
    var options = messages.rendering(colour: colour)
    options.columns = columns
    options.reportsChanges = request.rewriting?.exitCode ?? false
    return format.files(report, options)
  }

  private func finish(_ report: Report, _ messages: Messages) throws {
    for file in request.files.reportFiles { try file.write(rendered(report, as: file.format, messages)) }
    let code = report.exitCode(reportsChanges: request.rewriting?.exitCode ?? false)
    if code != 0 { throw ExitCode(code) }
  }
}

extension DialectOptions {
  init(_ configuration: Configuration) {
    self.init()
    putsDigestInTag = configuration.putsDigestInHelmTag
    pinsPreCommit = configuration.actions.pinsPreCommit
    ignoresActionsLock = configuration.actions.lockFile == .ignore
    today = .today
  }
}
