import Synchronization

/// Lets at most so many callers in at once; the others wait in the order in which they came. A cancelled task stops waiting.
package final class ConcurrencyLimit: Sendable {
  private struct Waiter {
    let id: Int
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    let limit: Int
    var insideCount = 0
    var waiters: [Waiter] = []
    var nextID = 0
  }

  private let state: Mutex<State>

  /// - Parameter limit: at least 1 is taken.
  package init(_ limit: Int) {
    state = Mutex(State(limit: max(1, limit)))
  }

  /// `leave` has to follow.
  package func enter() async throws(CancellationError) {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    do {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          let answer: Result<Void, any Error>? = state.withLock { state in
            // Under the lock: a task cancelled later finds its waiter in the queue.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.insideCount < state.limit, state.waiters.isEmpty {
              state.insideCount += 1
              return .success(())
            }
            state.waiters.append(Waiter(id: id, continuation: continuation))
            return nil
          }
          if let answer { continuation.resume(with: answer) }
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

  package func leave() {
    let next: Waiter? = state.withLock { state in
      guard !state.waiters.isEmpty else {
        state.insideCount -= 1
        return nil
      }
      return state.waiters.removeFirst()
    }
    next?.continuation.resume()
  }

  package var waiterCount: Int { state.withLock { $0.waiters.count } }
}
