/// Where a setting is written, and so what it may decide.
package struct SettingOrigin: Hashable, Sendable, CustomStringConvertible {
  /// As messages name it.
  package var file: String
  /// Counted from 1.
  package var line: Int
  package var trust: Configuration.Trust

  package init(file: String, line: Int, trust: Configuration.Trust) {
    self.file = file
    self.line = line
    self.trust = trust
  }

  package var description: String { "\(file):\(line)" }
}

/// A value of the configuration, and where it is written.
@dynamicMemberLookup
package struct Configured<Value: Sendable>: Sendable {
  package var value: Value
  package var origin: SettingOrigin

  package init(_ value: Value, at origin: SettingOrigin) {
    self.value = value
    self.origin = origin
  }

  package subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member { value[keyPath: member] }

  /// Whether it is in a layer that is trusted with secrets and paths of this machine.
  package var isTrusted: Bool { origin.trust == .user }
}

extension Configured: Equatable where Value: Equatable {}
extension Configured: Hashable where Value: Hashable {}
