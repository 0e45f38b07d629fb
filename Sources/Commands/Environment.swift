import FoundationEssentials
import HTTP
import LibC
import Reporting

/// What the program was started with. It is read here and nowhere else, so that everything below can be tested without it.
struct Environment: Sendable {
  var variables: [String: String]
  var workingDirectory: String
  var standardOutputIsTerminal: Bool
  var standardErrorIsTerminal: Bool

  static var current: Environment {
    Environment(
      variables: ProcessInfo.processInfo.environment,
      workingDirectory: FileManager.default.currentDirectoryPath,
      standardOutputIsTerminal: isatty(STDOUT_FILENO) == 1,
      standardErrorIsTerminal: isatty(STDERR_FILENO) == 1)
  }

  subscript(name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

  var homeDirectory: String? { self["HOME"] }
  var userID: UInt32 { getuid() }
  var isGitHubActions: Bool { self["GITHUB_ACTIONS"] == "true" }
  /// Azure Pipelines and TeamCity act on words in a step's output, too, and cannot be told to stop.
  var hasUnstoppableCommands: Bool { self["TF_BUILD"] != nil || self["TEAMCITY_VERSION"] != nil }
}

extension String {
  /// Without the secrets of this run, and then without commands to a runner.
  var fitToShow: String { Secrets.hidden(in: self).withoutRunnerCommands }
}

/// The standard streams.
enum StandardStream {
  /// Everything up to the end of standard input. Where it cannot be read, the run ends with 2: half of it could look like all of it.
  static func readInput() -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        result += buffer[..<count]
      } else if count == 0 {
        return result
      } else if errno == EAGAIN {
        var wanted = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        poll(&wanted, 1, -1)
      } else if errno != EINTR {
        writeError("tagpin: error: cannot read standard input: \(systemMessage(errno))\n")
        exit(2)
      }
    }
  }

  /// Text for people. Nothing in it is a secret of this run, or a command to the runner that reads it, whoever wrote a part of it.
  static func writeOutput(_ text: String) { write(Array(text.fitToShow.utf8), to: STDOUT_FILENO) }
  static func writeError(_ text: String) { write(Array(text.fitToShow.utf8), to: STDERR_FILENO) }

  /// The contents of files: the user's own bytes, in which nothing is hidden.
  static func writeOutput(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

  /// Commands to a runner that this program made, with nothing else in them.
  static func writeCommands(_ text: String, toErrorStream: Bool) {
    write(Array(Secrets.hidden(in: text).utf8), to: toErrorStream ? STDERR_FILENO : STDOUT_FILENO)
  }

  /// Gives up without a word when the reader is gone, as with `tagpin list | head`. Other lost results (a full disk) end the run with 2.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { pointer in
        LibC.write(descriptor, pointer.baseAddress, pointer.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if errno != EINTR {
        guard descriptor == STDOUT_FILENO, errno != EPIPE else { return }
        writeError("tagpin: error: cannot write to standard output: \(systemMessage(errno))\n")
        exit(2)
      }
    }
  }
}
