import Subprocess

extension TerminationStatus {
  /// For people: `exit code 2`, `signal 9`.
  var words: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
  }
}
