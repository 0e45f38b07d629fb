import ArgumentParser
import Configuration
import HTTP
import LibC
import Pinning
import Reporting
import SystemPackage

/// The one way out: results to standard output, messages and progress to standard error.
struct Messages: Sendable {
  let coloursOutput: Bool
  let coloursErrors: Bool
  let isQuiet: Bool
  private let isVerbose: Bool
  private let showsProgress: Bool
  /// A file for all that `--verbose` would show, where tests look for secrets. Releases have no such file.
  private let verboseCopy: String?

  init(_ options: OutputOptions, _ environment: Environment) {
    let isForbidden = environment["NO_COLOR"] != nil || environment["TERM"] == "dumb"
    coloursOutput = options.color == .always || options.color == .auto && environment.standardOutputIsTerminal && !isForbidden
    coloursErrors = options.color == .always || options.color == .auto && environment.standardErrorIsTerminal && !isForbidden
    isQuiet = options.quiet
    isVerbose = options.verbose
    #if DEBUG
      verboseCopy = environment["TAGPIN_VERBOSE_COPY"]
    #else
      verboseCopy = nil
    #endif
    showsProgress = environment.standardErrorIsTerminal && !options.quiet
  }

  /// How a report is written for this command line.
  func rendering(colour: Bool = false) -> RenderOptions {
    var options = RenderOptions()
    options.detail = isQuiet ? .quiet : isVerbose ? .verbose : .normal
    options.isColoured = colour
    options.version = tagpinVersion
    return options
  }

  var progressLine: ProgressLine { ProgressLine(isShown: showsProgress) }

  func show(_ text: String, toErrorStream: Bool = false) {
    toErrorStream ? StandardStream.writeError(text) : StandardStream.writeOutput(text)
  }

  /// A report in that format.
  func show(_ text: String, as format: ReportFormat) {
    format.isOfCommands ? StandardStream.writeCommands(text, toErrorStream: false) : StandardStream.writeOutput(text)
  }

  /// What a person wants to know while it happens, and a script does not.
  func note(_ text: String) { if !isQuiet { StandardStream.writeError("tagpin: \(text.visibleLines)\n") } }

  func annotate(_ annotations: String) { StandardStream.writeCommands(annotations, toErrorStream: true) }

  /// A patch: its bytes are the files' own. Where it contains commands of a runner, GitHub's is told not to look for them, and 'git apply'
  /// skips the two lines that say so. Where a runner cannot be told, the commands are escaped, and 'git apply' refuses the patch.
  func show(patch: [UInt8], _ environment: Environment) {
    let text = String(decoding: patch, as: UTF8.self)
    guard text.hasRunnerCommands else { return StandardStream.writeOutput(patch) }
    if environment.isGitHubActions {
      var generator = SystemRandomNumberGenerator()
      let token = "tagpin-" + String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
      StandardStream.writeOutput(Array("::stop-commands::\(token)\n".utf8) + patch + Array("::\(token)::\n".utf8))
    } else if environment.hasUnstoppableCommands {
      StandardStream.writeOutput(text)
    } else {
      StandardStream.writeOutput(patch)
    }
  }

  func warn(_ text: String) { StandardStream.writeError("tagpin: warning: \(text.visibleLines)\n") }

  /// Whether anybody reads what is logged.
  var isLogged: Bool { isVerbose || verboseCopy != nil }

  func log(_ text: String) {
    let line = "tagpin: \(text.visibleLines)\n"
    if isVerbose { StandardStream.writeError(line) }
    if let verboseCopy { append(line, to: verboseCopy, as: "copy of what is verbose") }
  }

  func exit(_ failure: Workspace.Failure) -> ExitCode {
    failure.error.write()
    return failure.exitCode
  }

  /// Appends to a file that the runner named; a failure is a warning, for the work is done.
  func append(_ text: String, to path: String, as what: String) {
    do {
      let permissions = FilePermissions(rawValue: 0o666)
      let file = try FileDescriptor.open(path, .writeOnly, options: [.append, .create, .closeOnExec], permissions: permissions)
      _ = try file.closeAfter { try file.writeAll(Secrets.hidden(in: text).utf8) }
    } catch { warn("cannot write the \(what) to '\(path)'") }
  }
}

/// One line on a terminal that says how far the resolving is.
struct ProgressLine: Sendable {
  let isShown: Bool

  func show(_ progress: Progress) {
    var text = "resolving \(progress.done)/\(progress.total)"
    // A line that wraps could not be taken back.
    let longest = (Terminal.columns(of: STDERR_FILENO) ?? 80) - " and 1000 more".utf8.count
    let names = progress.waitingFor.prefix(2)
    if let first = names.first {
      let all = names.joined(separator: ", ")
      let shown = text.utf8.count + ": waiting for ".utf8.count + all.utf8.count <= longest ? all : first
      let more = progress.waitingFor.count - (shown == all ? names.count : 1)
      text += ": waiting for \(shown)" + (more > 0 ? " and \(more) more" : "")
    }
    show(text)
  }

  func show(_ text: String) {
    if isShown { StandardStream.writeError("\r\u{1B}[K\(text.visible)") }
  }

  func clear() {
    if isShown { StandardStream.writeError("\r\u{1B}[K") }
  }
}

/// Processors that are online, at least 1.
func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
