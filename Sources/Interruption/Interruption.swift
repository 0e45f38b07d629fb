import LibC
import Synchronization
import SystemPackage

/// What SIGINT, SIGTERM and SIGHUP do to a run that writes: its temporary files go, a step that must not be cut in two is finished, and
/// then the signal ends the process as it would have anyway, so that whoever waits for it is told the truth.
package enum Interruption {
  private struct Item: Hashable {
    var path: FilePath
    var isDirectory = false

    func remove() { _ = path.withPlatformString { isDirectory ? rmdir($0) : unlink($0) } }
  }

  /// What goes. Whoever ends the process keeps the lock, so that nothing new comes after.
  private static let items = Mutex<Set<Item>>([])

  /// Held while something is done that must not be cut in two.
  // Safe: the pointer is set once, before its first use, and the mutex behind it is made for many threads.
  nonisolated(unsafe) private static let section: UnsafeMutablePointer<pthread_mutex_t> = {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    return mutex
  }()

  // All that the handler touches.
  private static let wakingEnd = Atomic<Int32>(-1)
  private static let count = Atomic<Int>(0)

  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  // MARK: Temporary files

  /// Creates a file that goes when the process is ended.
  package static func creating(_ path: FilePath, _ create: () throws -> FileDescriptor) throws -> FileDescriptor {
    try items.withLock { items in
      let file = try create()
      items.insert(Item(path: path))
      return file
    }
  }

  /// The same for files of a name that nobody else takes, whether they are there yet or not, and for the directory they are in.
  package static func add(_ paths: [FilePath], directory: FilePath? = nil) {
    items.withLock { items in
      for path in paths { items.insert(Item(path: path)) }
      if let directory { items.insert(Item(path: directory, isDirectory: true)) }
    }
  }

  /// Removes what is left of them.
  package static func discard(_ paths: [FilePath], directory: FilePath? = nil) {
    let gone = paths.map { Item(path: $0) } + (directory.map { [Item(path: $0, isDirectory: true)] } ?? [])
    for item in gone { item.remove() }
    items.withLock { $0.subtract(gone) }
  }

  /// A file has become something that stays.
  package static func keep(_ path: FilePath) {
    items.withLock { _ = $0.remove(Item(path: path)) }
  }

  // MARK: Signals

  /// A signal that comes while `body` runs waits for its end.
  package static func delayed<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    pthread_mutex_lock(section)
    defer {
      pthread_mutex_unlock(section)
      // One that came meanwhile ends the process now, before anything else is done or said.
      if hasCome { while true { pause() } }
    }
    try body()
  }

  private static var hasCome: Bool {
    guard wakingEnd.load(ordering: .sequentiallyConsistent) >= 0 else { return false }
    if count.load(ordering: .sequentiallyConsistent) > 0 { return true }
    // This thread may not take them, and the one that does may not have come to it.
    var pending = sigset_t()
    sigpending(&pending)
    return signals.contains { sigismember(&pending, $0) == 1 }
  }

  /// From here on. A signal that was ignored from the beginning (`nohup`) stays so. The second one ends the process at once.
  package static func begin() {
    var ends: [Int32] = [-1, -1]
    guard wakingEnd.load(ordering: .sequentiallyConsistent) < 0, pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wakingEnd.store(ends[1], ordering: .sequentiallyConsistent)
    let waitingEnd = UnsafeMutableRawPointer(bitPattern: Int(ends[0]))
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, { Interruption.end(Int32(Int(bitPattern: $0))) }, waitingEnd)
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, { Interruption.end(Int32(Int(bitPattern: $0))) }, waitingEnd)
    #endif
    guard code == 0 else { return wakingEnd.store(-1, ordering: .sequentiallyConsistent) }
    for number in signals {
      let previous = signal(number) { Interruption.handle($0) }
      if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
    }
  }

  /// Async-signal-safe: atomics, write(2), signal(2) and raise(3).
  private static func handle(_ number: Int32) {
    let error = errno
    if count.add(1, ordering: .sequentiallyConsistent).oldValue == 0 {
      var byte = UInt8(truncatingIfNeeded: number)
      _ = write(wakingEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
    } else {
      signal(number, SIG_DFL)
      raise(number)
    }
    errno = error
  }

  /// Waits for the signal on a thread of its own.
  private static func end(_ descriptor: Int32) -> UnsafeMutableRawPointer? {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) != 1 {
      guard errno == EINTR else { return nil }
    }
    pthread_mutex_lock(section)
    items.withLock { items in
      for item in items where !item.isDirectory { item.remove() }
      for item in items where item.isDirectory { item.remove() }
      let number = Int32(byte)
      var mask = sigset_t()
      sigemptyset(&mask)
      sigaddset(&mask, number)
      signal(number, SIG_DFL)
      // The thread that started this one may have it blocked.
      pthread_sigmask(SIG_UNBLOCK, &mask, nil)
      kill(getpid(), number)
      while true { pause() }
    }
    return nil
  }
}
