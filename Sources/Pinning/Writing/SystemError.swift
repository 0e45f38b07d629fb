import LibC

/// What the operating system says of a call that failed.
package struct SystemError: Error, Hashable, Sendable {
  /// An `errno`.
  package var code: Int32

  package init(code: Int32) { self.code = code }

  /// That of the last call on this thread.
  static var last: SystemError { SystemError(code: errno) }

  /// Calls again while a signal interrupts the call; a negative result is an error.
  @discardableResult
  static func check<Value: SignedInteger>(_ call: () -> Value) throws(SystemError) -> Value {
    while true {
      let result = call()
      if result >= 0 { return result }
      let error = last
      guard error.code == EINTR else { throw error }
    }
  }
}

extension SystemError: CustomStringConvertible {
  package var description: String { systemMessage(code) }
}
