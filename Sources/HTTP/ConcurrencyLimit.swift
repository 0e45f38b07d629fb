import Synchronization

/// Lets at most so many callers in at once; the others wait in the order in which they came. A cancelled task stops waiting.
package final class ConcurrencyLimit: Sendable {
  /// The right to be in, to be given back with `leave`.
  package struct Pass: Sendable { fileprivate var generation: Int }

  private struct Waiter {
    let id: Int
    let continuation: CheckedContinuation<Pass, any Error>
  }

  private struct State {
    var limit: Int
    var insideCount = 0
    var waiters: [Waiter] = []
    var nextID = 0
    var generation = 0
    var closedUntil: ContinuousClock.Instant?
  }

  private let state: Mutex<State>

  /// - Parameter limit: at least 1 is taken.
  package init(_ limit: Int) {
    state = Mutex(State(limit: max(1, limit)))
  }

  package func enter() async throws(CancellationError) -> Pass {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    do {
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          let pass: Result<Pass, any Error>? = state.withLock { state in
            // Under the lock: a task cancelled later finds its waiter in the queue.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.insideCount < state.limit, state.waiters.isEmpty {
              state.insideCount += 1
              return .success(Pass(generation: state.generation))
            }
            state.waiters.append(Waiter(id: id, continuation: continuation))
            return nil
          }
          if let pass { continuation.resume(with: pass) }
        }
      } onCancel: {
        let waiter = state.withLock { state in
          state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(throwing: CancellationError())
      }
    } catch {
      throw CancellationError()
    }
  }

  package func leave(_ pass: Pass) {
    let next: (Waiter, Pass)? = state.withLock { state in
      state.insideCount -= 1
      guard state.insideCount < state.limit, !state.waiters.isEmpty else { return nil }
      state.insideCount += 1
      return (state.waiters.removeFirst(), Pass(generation: state.generation))
    }
    if let (waiter, pass) = next { waiter.continuation.resume(returning: pass) }
  }

  /// Halves the limit, down to 1. Passes that were given before the last time count for nothing: a burst of refusals is one refusal.
  package func halve(for pass: Pass) {
    state.withLock { state in
      guard pass.generation == state.generation else { return }
      state.generation += 1
      state.limit = max(1, state.limit / 2)
    }
  }

  /// Nobody who asks `closedUntil` should begin before that. Never makes it earlier.
  package func close(until instant: ContinuousClock.Instant) {
    state.withLock { $0.closedUntil = max($0.closedUntil ?? instant, instant) }
  }

  package var closedUntil: ContinuousClock.Instant? { state.withLock { $0.closedUntil } }

  package var limit: Int { state.withLock { $0.limit } }

  package var waiterCount: Int { state.withLock { $0.waiters.count } }
}
