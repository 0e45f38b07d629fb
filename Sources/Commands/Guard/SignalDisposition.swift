import LibC

/// What this process does on a signal.
struct SignalDisposition {
  private var action: sigaction

  typealias Handler = @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void

  static var `default`: SignalDisposition { SignalDisposition(action: sigaction()) }

  /// The system calls that it interrupts go on.
  static func handler(_ handler: @escaping Handler) -> SignalDisposition {
    var action = sigaction()
    action.sa_flags = SA_SIGINFO | SA_RESTART
    #if canImport(Glibc)
      action.__sigaction_handler.sa_sigaction = handler
    #elseif canImport(Musl)
      action.__sa_handler.sa_sigaction = handler
    #else
      action.__sigaction_u.__sa_sigaction = handler
    #endif
    return SignalDisposition(action: action)
  }

  static func current(_ signal: Int32) -> SignalDisposition {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return SignalDisposition(action: action)
  }

  func apply(to signal: Int32) {
    var action = action
    sigaction(signal, &action, nil)
  }

  var isIgnored: Bool {
    #if canImport(Glibc)
      let address = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    #elseif canImport(Musl)
      let address = unsafeBitCast(action.__sa_handler.sa_handler, to: Int.self)
    #else
      let address = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
    #endif
    return address == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
