import Synchronization

/// The door to one host. Who may not enter yet waits: in line for a place, or with all the others for the end of a pause. A cancelled task
/// stops waiting.
final class HostGate: Sendable {
  private let host: String
  private let state: Mutex<State>

  private struct State {
    var pace: HostPace
    var health = HostHealth()
    var waiters: [Waiter] = []
    var nextID = 0
  }

  private struct Waiter {
    let id: Int
    let continuation: CheckedContinuation<Turn, any Error>
  }

  /// What somebody is told who asked to enter, or waited in line.
  private enum Turn: Sendable {
    case enter(HostPace.Pass)
    case wait(until: ContinuousClock.Instant)
    /// Ask again: something changed.
    case again
  }

  init(host: String, _ policy: HostPace.Policy) {
    self.host = host
    state = Mutex(State(pace: HostPace(policy)))
  }

  /// Returns when a request may be sent. `leave` has to follow.
  func enter() async throws(HTTPError) -> HostPace.Pass {
    while true {
      switch try await turn() {
      case .enter(let pass): return pass
      case .wait(let instant):
        do { try await Task.sleep(until: instant, clock: .continuous) } catch { throw .cancelled }
      case .again: break
      }
    }
  }

  /// Whether the host refused another request since that pass was given.
  func isOutdated(_ pass: HostPace.Pass) -> Bool { state.withLock { $0.pace.isOutdated(pass) } }

  /// Gives a pass back, with what became of the request that was sent at `start`. The result is a wait that begins now.
  func leave(
    _ pass: HostPace.Pass, after answer: HostPace.Answer, _ sign: HostHealth.Sign, start: ContinuousClock.Instant
  ) -> HostPace.Wait? {
    let now = ContinuousClock.now
    let (wait, calls) = state.withLock { state -> (HostPace.Wait?, [(Waiter, Turn)]) in
      let wait = state.pace.leave(pass, after: answer, now: now, jitter: .random(in: 0...1))
      state.health.note(sign, start: start, now: now)
      return (wait, Self.calls(&state, now))
    }
    // Not under the lock: the runtime holds one of its own both here and where it calls `onCancel`.
    for (waiter, turn) in calls { waiter.continuation.resume(returning: turn) }
    return wait
  }

  /// Whether nobody gets in any more for now.
  var isGivenUp: Bool { state.withLock { $0.health.downError != nil || $0.pace.isGivenUp(now: .now) } }

  /// Those in the line for whom there is a place. Where the host is closed, all go to wait for its opening together, so that nobody stays
  /// behind.
  private static func calls(_ state: inout State, _ now: ContinuousClock.Instant) -> [(Waiter, Turn)] {
    var calls: [(Waiter, Turn)] = []
    while calls.count < state.waiters.count {
      let admission: HostPace.Admission =
        state.health.downError == nil ? state.pace.enter(now: now) : .givenUp(retryAfterSeconds: nil)
      if case .enter(let pass) = admission {
        calls.append((state.waiters[calls.count], .enter(pass)))
      } else if admission == .full {
        break
      } else {
        calls += state.waiters[calls.count...].map { ($0, .again) }
      }
    }
    state.waiters.removeFirst(calls.count)
    return calls
  }

  private func turn() async throws(HTTPError) -> Turn {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    do {
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          let turn: Result<Turn, any Error>? = state.withLock { state in
            // Under the lock: a task cancelled later finds its waiter in the line.
            if Task.isCancelled { return .failure(HTTPError.cancelled) }
            if let error = state.health.downError { return .failure(error) }
            if state.waiters.isEmpty {
              switch state.pace.enter(now: .now) {
              case .enter(let pass): return .success(.enter(pass))
              case .closed(let instant): return .success(.wait(until: instant))
              case .givenUp(let seconds): return .failure(HTTPError.rateLimited(host: host, retryAfterSeconds: seconds))
              case .full: break
              }
            }
            state.waiters.append(Waiter(id: id, continuation: continuation))
            return nil
          }
          if let turn { continuation.resume(with: turn) }
        }
      } onCancel: {
        let waiter = state.withLock { state in
          state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(throwing: HTTPError.cancelled)
      }
    } catch let error as HTTPError {
      throw error
    } catch {
      throw .cancelled
    }
  }
}
