import Subprocess

extension TerminationStatus {
  var exitCode: Int32? { if case .exited(let code) = self { code } else { nil } }

  /// For people: `exit code 2`, `signal 9`.
  var words: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
  }
}
