import Documents

/// A value of the configuration as it is written, without comments and spelling: for showing it.
package indirect enum SettingValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case list([SettingValue])
  case mapping([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: SettingValue

    package init(key: String, value: SettingValue) {
      self.key = key
      self.value = value
    }
  }

  /// Of a value that was read without an error: a plain scalar that is not text is a flag.
  init(_ node: Node) {
    switch node.content {
    case .scalar(let scalar): self = scalar.isString ? .text(scalar.value) : .flag(scalar.value.lowercased() == "true")
    case .sequence(let elements): self = .list(elements.map(SettingValue.init))
    case .mapping(let members):
      self = .mapping(members.map { Member(key: $0.key.scalar?.value ?? "", value: SettingValue($0.value)) })
    case .alias(let name, _): self = .text("*\(name)")
    }
  }
}
