import LibC

/// What this process inherited and passes on to the program that it starts: open descriptors (the `/dev/fd/63` of a shell's `<(…)`, make's
/// job server), and whether a broken pipe is ignored. It is captured before anything is opened: the network library opens sockets that a
/// child would inherit, and ignores SIGPIPE.
struct InheritedState: Sendable {
  private let descriptors: Set<Int32>?
  private let ignoresBrokenPipe: Bool

  static func capture() -> InheritedState {
    InheritedState(descriptors: openDescriptors(), ignoresBrokenPipe: SignalDisposition.current(SIGPIPE).isIgnored)
  }

  /// Signals that a child is to take by default, though this process ignores them now.
  var signalsToReset: [Int32] { ignoresBrokenPipe ? [] : [SIGPIPE] }

  /// Marks every descriptor that was opened since, so that a program does not get it.
  func keepFromPrograms() {
    guard let descriptors, let open = Self.openDescriptors() else { return }
    for descriptor in open.subtracting(descriptors) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  /// Those above the standard streams; nil where the system does not say.
  private static func openDescriptors() -> Set<Int32>? {
    guard let directory = opendir("/dev/fd") else { return nil }
    defer { closedir(directory) }
    var descriptors: Set<Int32> = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let descriptor = Int32(name), descriptor > STDERR_FILENO { descriptors.insert(descriptor) }
    }
    descriptors.remove(dirfd(directory))
    return descriptors
  }
}
