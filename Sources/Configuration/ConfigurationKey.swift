import Documents

/// One key of the configuration: how its value is read, and what comes of the values of several layers. `all` lists them.
struct ConfigurationKey: Sendable {
  /// `scripts`; with the key it is under, `actions.server`.
  let name: String
  /// What counts where no layer has the key.
  let standard: ConfiguredKey.Standard
  /// Puts what the layers say into the configuration. The farthest layer is the first one; there is at least one.
  let combine: @Sendable ([WrittenSetting], inout Configuration) throws(ConfigurationError) -> ConfiguredKey

  typealias Reading<Value> = @Sendable (SettingReader) -> (Setting) throws(ConfigurationError) -> Value
}

/// What one layer says under a key.
struct WrittenSetting: Sendable {
  var reader: SettingReader
  var setting: Setting

  var trust: Configuration.Trust { reader.trust }

  func value<Value: Sendable>(_ read: ConfigurationKey.Reading<Value>) throws(ConfigurationError) -> Configured<Value> {
    Configured(try read(reader)(setting), at: reader.origin(of: setting.node))
  }

  /// A list, or what stands for a list of one.
  func elements<Element: Sendable>(_ read: ConfigurationKey.Reading<[Element]>) throws(ConfigurationError) -> [Configured<Element>] {
    zip(try read(reader)(setting), nodes).map { Configured($0, at: reader.origin(of: $1)) }
  }

  var shownElements: [Configured<SettingValue>] { nodes.map { Configured(SettingValue($0), at: reader.origin(of: $0)) } }
  var shown: Configured<SettingValue> { Configured(SettingValue(setting.node), at: reader.origin(of: setting.node)) }

  private var nodes: [Node] {
    if case .sequence(let elements) = setting.node.content { elements } else { [setting.node] }
  }
}

// MARK: How layers combine

extension ConfigurationKey {
  /// Which elements of a joined list come first, and so count where the first one does.
  enum Order: Sendable {
    case farthestFirst
    case nearestFirst
    /// The nearest trusted layer, then the farther ones, then the repository's: it cannot take the place of what they say.
    case trustedFirst

    fileprivate func sorted(_ layers: [WrittenSetting]) -> [WrittenSetting] {
      switch self {
      case .farthestFirst: layers
      case .nearestFirst: layers.reversed()
      case .trustedFirst: layers.reversed().filter { $0.trust == .user } + layers.filter { $0.trust == .repository }
      }
    }
  }

  /// A list that is joined.
  ///
  /// - Parameter shown: how an element is written in a list where it has a shorter form of its own.
  static func list<Element: Sendable>(
    _ name: String, _ order: Order = .farthestFirst, standard: ConfiguredKey.Standard = .value(.list([])),
    read: @escaping Reading<[Element]>,
    shown: @escaping @Sendable (SettingValue) -> SettingValue = { $0 },
    set: @escaping @Sendable (inout Configuration, [Configured<Element>]) -> Void
  ) -> Self {
    Self(name: name, standard: standard) { layers, configuration throws(ConfigurationError) in
      let layers = order.sorted(layers)
      var elements: [Configured<Element>] = []
      for layer in layers { elements += try layer.elements(read) }
      set(&configuration, elements)
      return ConfiguredKey(
        name: name, content: .elements(layers.flatMap(\.shownElements).map { Configured(shown($0.value), at: $0.origin) }))
    }
  }

  /// Lists that stay apart, for each layer's has a say of its own.
  ///
  /// - Parameter isIntersection: whether only what all of them list counts.
  static func layers<Element: Sendable>(
    _ name: String, isIntersection: Bool = false, read: @escaping Reading<[Element]>,
    set: @escaping @Sendable (inout Configuration, [[Configured<Element>]]) -> Void
  ) -> Self {
    Self(name: name, standard: .value(.list([]))) { layers, configuration throws(ConfigurationError) in
      var lists: [[Configured<Element>]] = []
      for layer in layers { lists.append(try layer.elements(read)) }
      set(&configuration, lists)
      var key = ConfiguredKey(name: name, content: .elements(layers.flatMap(\.shownElements)))
      key.isIntersection = isIntersection && layers.count > 1
      return key
    }
  }

  /// A single value: the nearest layer's, except that the repository's takes the place of a trusted one only where it may.
  ///
  /// - Parameter repositoryMay: whether the second value, the repository's, may take the place of the first one.
  static func value<Value: Equatable & Sendable>(
    _ name: String, standard: ConfiguredKey.Standard, read: @escaping Reading<Value>,
    repositoryMay: @escaping @Sendable (Value, Value) -> Bool = { _, _ in true },
    set: @escaping @Sendable (inout Configuration, Configured<Value>) -> Void
  ) -> Self {
    Self(name: name, standard: standard) { layers, configuration throws(ConfigurationError) in
      var chosen: (value: Configured<Value>, shown: Configured<SettingValue>)?
      var overruled: [SettingOrigin] = []
      for layer in layers {
        let value = try layer.value(read)
        if let trusted = chosen?.value, layer.trust == .repository, !repositoryMay(trusted.value, value.value) {
          if trusted.value != value.value { overruled.append(value.origin) }
        } else {
          chosen = (value, layer.shown)
        }
      }
      if let chosen { set(&configuration, chosen.value) }
      return ConfiguredKey(name: name, content: chosen.map { .value($0.shown) } ?? .standard(standard), overruled: overruled)
    }
  }

  /// A list of what is allowed. Trusted layers add to it; the repository's layer takes away what it does not allow itself. The nearest
  /// trusted list is the limit.
  static func allowList<Pattern: Sendable>(
    _ name: String, read: @escaping Reading<[Pattern]>,
    set: @escaping @Sendable (inout Configuration, [[Pattern]], _ limit: SettingOrigin?) -> Void
  ) -> Self {
    Self(name: name, standard: .value(.list([]))) { layers, configuration throws(ConfigurationError) in
      var lists: [[Pattern]] = []
      for trust in [Configuration.Trust.user, .repository] {
        let layers = layers.filter { $0.trust == trust }
        var allowed: [Pattern] = []
        for layer in layers { allowed += try layer.elements(read).map(\.value) }
        if !layers.isEmpty { lists.append(allowed) }
      }
      let limit = layers.last { $0.trust == .user }?.shown.origin
      set(&configuration, lists.contains(where: \.isEmpty) ? [] : lists, limit)
      return ConfiguredKey(name: name, content: .elements(layers.flatMap(\.shownElements)), isIntersection: lists.count > 1)
    }
  }
}
