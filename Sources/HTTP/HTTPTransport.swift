import AsyncHTTPClient
import NIOCore
import NIOPosix
import Synchronization

/// Sends requests over HTTP/1.1, and over HTTP/2 where TLS allows it, through the environment's proxies, and tries again where that may
/// help. Redirects are answers, there are no cookies.
///
/// Nothing is opened or loaded before the first request. `shutdown` when done.
package final class HTTPTransport: HTTPSending {
  let options: Options
  let proxies: ProxySettings
  let state = Mutex(State())
  private let everywhere: ConcurrencyLimit

  /// For all of the process, which it lives as long as: what async-http-client, name lookups and closing connections still have to say when
  /// a client is shut down would otherwise meet a loop that is gone, which SwiftNIO prints, and a later one crashes at.
  static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  struct State {
    var isShutDown = false
    var clients: [ClientKey: Client] = [:]
    /// Of the environment: read once.
    var trust: TrustRoots?
    var gates: [HTTPURL.Origin: HostGate] = [:]
  }

  package init(_ options: Options) {
    self.options = options
    proxies = ProxySettings(environment: options.environment, proxiesLoopback: options.proxiesLoopback)
    everywhere = ConcurrencyLimit(options.jobs)
  }

  deinit {
    let state = state.withLock { $0 }
    guard !state.isShutDown else { return }
    // A caller that left by way of an error: async-http-client traps in debug builds when a client is dropped that was not shut down.
    let limit = options.closeTimeout
    Task.detached { await Self.close(state, within: limit) }
  }

  /// Ends what is under way, with the error `cancelled`, and closes all connections, within `closeTimeout`. Later requests fail.
  package func shutdown() async {
    let closing = state.withLock { state in
      let closing = state
      state = State(isShutDown: true)
      return closing
    }
    guard await !Self.close(closing, within: options.closeTimeout) else { return }
    options.log?("a connection is left open: the other side did not close it within \(options.closeTimeout.wholeSeconds) s")
  }

  /// Whether all are closed. TLS waits for the other side's goodbye, HTTP/2 for the end of its streams; this process need not.
  @discardableResult
  private static func close(_ state: State, within limit: Duration) async -> Bool {
    let clients = state.clients.values.map { $0.http.shutdown() }
    if clients.isEmpty { return true }
    let loop = group.any()
    let end = loop.makePromise(of: Bool.self)
    let timer = loop.scheduleTask(in: limit.timeAmount) { end.succeed(false) }
    EventLoopFuture.andAllComplete(clients, on: loop).whenComplete { _ in
      timer.cancel()
      end.succeed(true)
    }
    return (try? await end.futureResult.get()) ?? false
  }

  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    guard request.url.isWellFormed else {
      throw .protocolViolation(host: request.url.authority, reason: "its URL has characters that URLs cannot hold")
    }
    let route = try route(for: request)
    if request.asksForRefusal { return try await sendOnce(request, over: route) }
    let gate = gate(for: request.url)
    var schedule = RetrySchedule(policy: options.retry, isIdempotent: request.isIdempotent)
    var elapsed: Duration = .zero
    var failure: HTTPError?

    while true {
      let pass: HostPace.Pass
      do throws(HTTPError) { pass = try await enter(gate) } catch {
        // Where the host is down by now, what this request saw of that says more.
        throw error == .cancelled ? error : failure ?? error
      }
      let start = ContinuousClock.now
      let outcome = await attempt(request, over: route)
      let duration = ContinuousClock.now - start
      let answer = paceAnswer(outcome)
      if case .refused = answer {
        leave(gate, pass, after: answer, .answer(hasBody: false), start: start, request)
        note(outcome, of: request, after: duration)
        // Its own words are worth more than those for everybody.
        if case .success(let response) = outcome, response.status == 429, !response.body.isEmpty, gate.isGivenUp { return response }
        continue
      }

      elapsed += duration
      let step = schedule.step(after: scheduleOutcome(outcome), elapsed: elapsed, jitter: .random(in: 0...1))
      leave(gate, pass, after: answer, sign(outcome, isLast: step == .finish), start: start, request)
      note(outcome, of: request, after: duration, step: step, tryCount: schedule.tryCount)
      switch step {
      case .finish:
        switch outcome {
        case .success(let response): return response
        case .failure(let failure): throw failure.error
        }
      case .wait(let pause):
        if case .failure(let failed) = outcome { failure = failed.error }
        do { try await Task.sleep(for: pause) } catch { throw .cancelled }
        elapsed += pause
      }
    }
  }

  private func sendOnce(_ request: HTTPRequest, over route: Route) async throws(HTTPError) -> HTTPResponse {
    do { try await everywhere.enter() } catch { throw .cancelled }
    defer { everywhere.leave() }
    let start = ContinuousClock.now
    let outcome = await attempt(request, over: route)
    note(outcome, of: request, after: ContinuousClock.now - start)
    switch outcome {
    case .success(let response): return response
    case .failure(let failure): throw failure.error
    }
  }

  /// Waits for the host and then for one of the `jobs`, so that nothing that waits for a host holds one of them.
  private func enter(_ gate: HostGate) async throws(HTTPError) -> HostPace.Pass {
    while true {
      let pass = try await gate.enter()
      let isCancelled: Bool
      do {
        try await everywhere.enter()
        if !gate.isOutdated(pass) { return pass }
        everywhere.leave()
        isCancelled = false
      } catch { isCancelled = true }
      _ = gate.leave(pass, after: .other, .none, start: .now)
      if isCancelled { throw .cancelled }
    }
  }

  private func leave(
    _ gate: HostGate, _ pass: HostPace.Pass, after answer: HostPace.Answer, _ sign: HostHealth.Sign, start: ContinuousClock.Instant,
    _ request: HTTPRequest
  ) {
    everywhere.leave()
    let wait = gate.leave(pass, after: answer, sign, start: start)
    if let wait { options.waits?(request.url.authority, wait) }
  }

  private func paceAnswer(_ outcome: Result<HTTPResponse, FailedTry>) -> HostPace.Answer {
    let response: HTTPResponse
    switch outcome {
    case .success(let answer): response = answer
    case .failure(let failure): return failure.isLimit ? .refused(retryAfterSeconds: nil) : failure.isShared ? .broken : .other
    }
    let seconds = RetryAfter.seconds(in: response.headers, now: options.wallClock())
    switch response.status {
    case 429: return .refused(retryAfterSeconds: seconds)
    // 403 is GitHub's way to limit the rate; without a time it is a refusal of another kind.
    case 403 where seconds != nil, 503 where seconds != nil: return .refused(retryAfterSeconds: seconds)
    case 408, 500...: return .other
    default: return .good
    }
  }

  private func scheduleOutcome(_ outcome: Result<HTTPResponse, FailedTry>) -> RetrySchedule.Outcome {
    switch outcome {
    case .success(let response): .answer(status: response.status)
    case .failure(let failure):
      if failure.isShared, case .transientFailure(let wasSent) = failure.outcome {
        .lostWithOthers(wasSent: wasSent)
      } else {
        failure.outcome
      }
    }
  }

  private func sign(_ outcome: Result<HTTPResponse, FailedTry>, isLast: Bool) -> HostHealth.Sign {
    switch outcome {
    case .success(let response): .answer(hasBody: !response.body.isEmpty)
    case .failure(let failure): failure.sign(isLast: isLast)
    }
  }

  private func note(
    _ outcome: Result<HTTPResponse, FailedTry>, of request: HTTPRequest, after duration: Duration, step: RetrySchedule.Step = .finish,
    tryCount: Int = 0
  ) {
    guard let log = options.log else { return }
    let result =
      switch outcome {
      case .success(let response): "\(response.status)"
      case .failure(let failure): "\(failure.error)"
      }
    let next = if case .wait(let wait) = step { ", try \(tryCount + 1) in \(wait.milliseconds) ms" } else { "" }
    log("\(request.method.rawValue) \(request.url.descriptionWithoutQuery): \(result) (\(duration.milliseconds) ms)\(next)")
  }

  private func gate(for url: HTTPURL) -> HostGate {
    state.withLock { state in
      if let gate = state.gates[url.origin] { return gate }
      var policy = options.pace
      policy.largestWindow = options.jobs
      policy.budget = options.retry.budget
      let gate = HostGate(host: url.authority, policy)
      state.gates[url.origin] = gate
      return gate
    }
  }
}

extension Duration {
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

  /// Rounded up.
  var wholeSeconds: Int { Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0) }

  var timeAmount: TimeAmount { .nanoseconds(components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000) }
}
