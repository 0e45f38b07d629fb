import AsyncHTTPClient
import NIOCore
import NIOPosix
import Synchronization

/// Sends requests over HTTP/1.1 and TLS, through the environment's proxies, and tries again where that may help. Redirects are answers,
/// there are no cookies.
///
/// Nothing is opened or loaded before the first request. `shutdown` when done.
package final class HTTPTransport: HTTPSending {
  let options: Options
  let proxies: ProxySettings
  let state = Mutex(State())
  private let everywhere: ConcurrencyLimit

  /// For all of the process, which it lives as long as: what async-http-client, name lookups and closing connections still have to say when a
  /// client is shut down would otherwise meet a loop that is gone, which SwiftNIO prints, and a later one crashes at.
  static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  struct State {
    var isShutDown = false
    var clients: [ClientKey: HTTPClient] = [:]
    /// Of the environment: read once.
    var trust: TrustRoots?
    var limits: [HTTPURL.Origin: ConcurrencyLimit] = [:]
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
    Task.detached { await Self.close(state) }
  }

  /// Ends what is under way, with the error `cancelled`, and closes all connections. Later requests fail.
  package func shutdown() async {
    let closing = state.withLock { state in
      let closing = state
      state = State(isShutDown: true)
      return closing
    }
    await Self.close(closing)
  }

  private static func close(_ state: State) async {
    for client in state.clients.values { try? await client.shutdown() }
  }

  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    guard request.url.isWellFormed else {
      throw .protocolViolation(host: request.url.authority, reason: "its URL has characters that URLs cannot hold")
    }
    let route = try route(for: request)
    let limit = limit(for: request.url.origin)
    var schedule = RetrySchedule(policy: options.retry, isIdempotent: request.isIdempotent)
    var start: ContinuousClock.Instant?

    while true {
      let pass = try await enter(limit, host: request.url.authority, start: start)
      let tryStart = ContinuousClock.now
      start = start ?? tryStart
      let outcome = await attempt(request, over: route)
      let elapsed = ContinuousClock.now - (start ?? tryStart)
      let step = schedule.step(after: scheduleOutcome(outcome), elapsed: elapsed, jitter: .random(in: 0...1))
      note(outcome, of: request, after: ContinuousClock.now - tryStart, step: step, tryCount: schedule.tryCount)
      throttle(limit, pass, after: outcome, step: step)
      everywhere.leave(pass.everywhere)
      limit.leave(pass.host)

      switch step {
      case .finish:
        switch outcome {
        case .success(let response): return response
        case .failure(let failure): throw failure.error
        }
      case .rateLimited(let seconds):
        throw .rateLimited(host: request.url.authority, retryAfterSeconds: seconds)
      case .wait(let duration):
        try await sleep(until: .now + duration)
      }
    }
  }

  private typealias Passes = (host: ConcurrencyLimit.Pass, everywhere: ConcurrencyLimit.Pass)

  /// Waits for a place at the host and then for one of the `jobs`, so that nothing that waits for a host holds one of them.
  private func enter(_ limit: ConcurrencyLimit, host: String, start: ContinuousClock.Instant?) async throws(HTTPError) -> Passes {
    do {
      let pass = try await limit.enter()
      do throws(HTTPError) {
        while let until = limit.closedUntil, until > .now {
          let left = (start ?? .now) + options.retry.budget - .now
          guard until - .now <= left else {
            throw .rateLimited(host: host, retryAfterSeconds: (until - .now).wholeSeconds)
          }
          try await sleep(until: until)
        }
        do { return (pass, try await everywhere.enter()) } catch { throw .cancelled }
      } catch {
        limit.leave(pass)
        throw error
      }
    } catch let error as HTTPError {
      throw error
    } catch {
      throw .cancelled
    }
  }

  /// 429 means that all requests to the host are too many: fewer from now on, and none before the time it names.
  private func throttle(_ limit: ConcurrencyLimit, _ pass: Passes, after outcome: Result<HTTPResponse, FailedTry>, step: RetrySchedule.Step)
  {
    guard case .success(let response) = outcome, response.status == 429 else { return }
    limit.halve(for: pass.host)
    switch step {
    case .wait(let duration) where RetryAfter.seconds(in: response.headers, now: options.wallClock()) != nil:
      limit.close(until: .now + duration)
    case .rateLimited(let seconds): limit.close(until: .now + .seconds(seconds))
    case .wait, .finish: break
    }
  }

  private func scheduleOutcome(_ outcome: Result<HTTPResponse, FailedTry>) -> RetrySchedule.Outcome {
    switch outcome {
    case .success(let response):
      .answer(status: response.status, retryAfterSeconds: RetryAfter.seconds(in: response.headers, now: options.wallClock()))
    case .failure(let failure): failure.outcome
    }
  }

  private func note(
    _ outcome: Result<HTTPResponse, FailedTry>, of request: HTTPRequest, after duration: Duration, step: RetrySchedule.Step, tryCount: Int
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

  private func limit(for origin: HTTPURL.Origin) -> ConcurrencyLimit {
    state.withLock { state in
      if let limit = state.limits[origin] { return limit }
      let limit = ConcurrencyLimit(options.jobs)
      state.limits[origin] = limit
      return limit
    }
  }

  private func sleep(until instant: ContinuousClock.Instant) async throws(HTTPError) {
    do { try await Task.sleep(until: instant, clock: .continuous) } catch { throw .cancelled }
  }
}

extension Duration {
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

  /// Rounded up.
  var wholeSeconds: Int { Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0) }

  var timeAmount: TimeAmount { .nanoseconds(components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000) }
}
