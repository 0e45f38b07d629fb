import HTTP
import ServersForTests
import Synchronization
import Testing

/// Answers the requests it expects, each once or for ever, and fails the test on any other.
final class ScriptedSender: HTTPSending {
  struct Step: Sendable {
    var line: String
    /// What the `Authorization` field has to be; nil for none.
    var authorization: String?
    var body: String?
    var answer: Result<HTTPResponse, HTTPError>
    var repeats: Bool
    /// What its answer waits for.
    var gate: Gate?

    func held(by gate: Gate) -> Step {
      var step = self
      step.gate = gate
      return step
    }
  }

  private struct State {
    var steps: [Step]
    var used: [Bool]
    var requests: [HTTPRequest] = []
  }

  private let state: Mutex<State>
  private let pause: Duration?

  /// With a pause, answers take that long, so that requests overlap.
  init(_ steps: [Step], pause: Duration? = nil) {
    state = Mutex(State(steps: steps, used: steps.map { _ in false }))
    self.pause = pause
  }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    if let pause { try? await Task.sleep(for: pause) }
    let line = "\(request.method.rawValue) \(request.url)"
    let authorization = request.headers["Authorization"]
    let body = String(decoding: request.body, as: UTF8.self)
    let step = state.withLock { state -> Step? in
      state.requests.append(request)
      for (index, step) in state.steps.enumerated() where step.repeats || !state.used[index] {
        guard step.line == line, step.authorization == authorization, step.body.map({ $0 == body }) ?? true else { continue }
        state.used[index] = true
        return step
      }
      return nil
    }
    guard let step else {
      Issue.record("unexpected request: \(line) [\(authorization ?? "no authorization")] \(body)")
      throw .protocolViolation(host: request.url.authority, reason: "unexpected request")
    }
    await step.gate?.arriveAndWait()
    return try step.answer.get()
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  /// `HEAD https://ghcr.io/v2/acme/app/manifests/1`, in order.
  var lines: [String] { requests.map { "\($0.method.rawValue) \($0.url)" } }

  func count(_ prefix: String) -> Int { lines.count { $0.hasPrefix(prefix) } }

  /// Fails the test if a step was never needed.
  func expectAllUsed(sourceLocation: SourceLocation = #_sourceLocation) {
    let unused = state.withLock { state in zip(state.steps, state.used).filter { !$0.1 }.map(\.0.line) }
    #expect(unused.isEmpty, sourceLocation: sourceLocation)
  }
}

extension ScriptedSender.Step {
  static func on(
    _ line: String, body: String? = nil, repeats: Bool = false, _ status: Int, _ headers: HTTPFields = [:], _ answer: String = ""
  ) -> Self {
    on(line, nil, body: body, repeats: repeats, status, headers, answer)
  }

  static func on(
    _ line: String, _ authorization: String?, body: String? = nil, repeats: Bool = false, _ status: Int, _ headers: HTTPFields = [:],
    _ answer: String = ""
  ) -> Self {
    Self(
      line: line, authorization: authorization, body: body,
      answer: .success(HTTPResponse(status: status, headers: headers, body: Array(answer.utf8))), repeats: repeats)
  }

  static func failing(_ line: String, _ error: HTTPError, repeats: Bool = false) -> Self {
    Self(line: line, authorization: nil, body: nil, answer: .failure(error), repeats: repeats)
  }
}
