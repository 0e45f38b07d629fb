import LibC
import Synchronization

/// Blocking calls that may never return, on a thread that is given up then.
///
/// libgit2 before 1.7 has no time limits, and nothing ends a call of it that waits for a server. A child process could be killed, but it
/// would have to be this very program under a hidden command, its answer a format of its own, and its start paid for each repository;
/// forking without exec is not safe in a process with threads. A thread that is given up costs its stack and a socket until the server or
/// the system closes the connection, of which there are as many as servers that hang; it is detached, so that it keeps no process from
/// exiting. What it still finds is thrown away.
enum DetachedThread {
  /// What `body` gives; nil where its time is over or the task is cancelled before.
  static func run<Value: Sendable>(timeout: Duration, _ body: @escaping @Sendable () -> Value) async -> Value? {
    let promise = Promise<Value>()
    return await withTaskCancellationHandler {
      let watchdog = Task {
        try? await Task.sleep(for: timeout)
        promise.fulfil(nil)
      }
      defer { watchdog.cancel() }
      return await withCheckedContinuation { continuation in
        guard promise.wait(with: continuation) else { return }
        if !start({ promise.fulfil(body()) }) { promise.fulfil(nil) }
      }
    } onCancel: {
      promise.fulfil(nil)
    }
  }

  /// The first value counts.
  private final class Promise<Value: Sendable>: Sendable {
    private enum State {
      case new
      case awaited(CheckedContinuation<Value?, Never>)
      case done
    }

    private let state = Mutex(State.new)

    /// False where there is nothing to wait for any more.
    func wait(with continuation: CheckedContinuation<Value?, Never>) -> Bool {
      let isNew = state.withLock { state in
        guard case .new = state else { return false }
        state = .awaited(continuation)
        return true
      }
      if !isNew { continuation.resume(returning: nil) }
      return isNew
    }

    func fulfil(_ value: Value?) {
      let continuation: CheckedContinuation<Value?, Never>? = state.withLock { state in
        defer { state = .done }
        if case .awaited(let continuation) = state { return continuation }
        return nil
      }
      continuation?.resume(returning: value)
    }
  }

  private final class Work {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    guard pthread_attr_init(attributes) == 0 else { return false }
    defer { pthread_attr_destroy(attributes) }
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Musl's own stacks are too small for cryptographic libraries.
    pthread_attr_setstacksize(attributes, 1 << 20)
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(
        &thread, attributes,
        {
          Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body(); return nil
        }, work.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(
        &thread, attributes,
        { pointer in
          if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
    #endif
    if status != 0 { work.release() }
    return status == 0
  }
}
