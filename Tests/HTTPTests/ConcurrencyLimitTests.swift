import HTTP
import Synchronization
import Testing

@Suite struct ConcurrencyLimitTests {
  @Test func `no more than the limit are inside, and everybody gets in`() async throws {
    let limit = ConcurrencyLimit(3)
    let inside = Shared((now: 0, most: 0, total: 0))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          guard let pass = try? await limit.enter() else { return }
          inside.value.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.total + 1) }
          await Task.yield()
          inside.value.withLock { $0.now -= 1 }
          limit.leave(pass)
        }
      }
    }
    #expect(inside.value.withLock { $0 == (0, 3, 50) })
  }

  @Test func `who came first is let in first`() async throws {
    let limit = ConcurrencyLimit(1)
    let first = try await limit.enter()
    let order = Shared<[Int]>([])
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<5 {
      let task = Task {
        let pass = try await limit.enter()
        order.value.withLock { $0.append(number) }
        limit.leave(pass)
      }
      tasks.append(task)
      while limit.waiterCount <= number { await Task.yield() }
    }
    limit.leave(first)
    for task in tasks { try await task.value }
    #expect(order.value.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test func `a cancelled task stops waiting and takes no place`() async throws {
    let limit = ConcurrencyLimit(1)
    let pass = try await limit.enter()
    let waiting = Task { try await limit.enter() }
    while limit.waiterCount == 0 { await Task.yield() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    limit.leave(pass)
    limit.leave(try await limit.enter())

    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await limit.enter()
    }
    await #expect(throws: CancellationError.self) { try await late.value }
    limit.leave(try await limit.enter())
  }

  @Test func `a burst of refusals halves once, and 1 is the least`() async throws {
    let limit = ConcurrencyLimit(8)
    let burst = [try await limit.enter(), try await limit.enter(), try await limit.enter()]
    for pass in burst { limit.halve(for: pass) }
    #expect(limit.limit == 4)
    for pass in burst { limit.leave(pass) }
    for _ in 0..<5 {
      let pass = try await limit.enter()
      limit.halve(for: pass)
      limit.leave(pass)
    }
    #expect(limit.limit == 1)
  }
}

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }
}
