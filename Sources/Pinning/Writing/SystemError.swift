import LibC
import SystemPackage

/// What the operating system says of a call that failed.
package struct SystemError: Error, Hashable, Sendable {
  /// An `errno`.
  package var code: Int32

  package init(code: Int32) { self.code = code }

  /// Of what a call of swift-system throws: an `Errno`, though the call does not say so.
  init(_ error: any Error) { code = (error as? Errno)?.rawValue ?? (error as? SystemError)?.code ?? EIO }

  /// That of the last call on this thread.
  static var last: SystemError { SystemError(code: errno) }

  /// A call of swift-system.
  static func of<Value>(_ call: () throws -> Value) throws(SystemError) -> Value {
    do { return try call() } catch { throw SystemError(error) }
  }

  /// A call of the C library: again while a signal interrupts it; a negative result is an error.
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
