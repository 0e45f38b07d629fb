import Documents
import SourceText

/// What comes of the files of all layers.
package struct LayeredConfiguration: Sendable {
  package private(set) var configuration: Configuration
  /// Every key that there is, in the order of `ConfigurationKey.all`.
  package private(set) var keys: [ConfiguredKey]

  /// The keys with what variables say, by keys such as `actions.server`: in place of a default, or as more elements of a list.
  package func keys(
    withVariables variables: [String: ConfiguredKey.Variable], adding elements: [String: [ConfiguredKey.Variable]]
  ) -> [ConfiguredKey] {
    keys.map { key in
      var key = key
      if case .standard = key.content, let variable = variables[key.name] { key.content = .variable(variable) }
      if let more = elements[key.name], !more.isEmpty {
        if case .standard = key.content { key.content = .elements([]) }
        key.added = more
      }
      return key
    }
  }

  /// The file of one layer.
  package struct Layer: Sendable {
    package var source: SourceText
    /// Its path as the user would name it, for messages; relative paths in a trusted one count from its directory.
    package var file: String
    package var trust: Configuration.Trust

    package init(_ source: SourceText, file: String, trust: Configuration.Trust) {
      self.source = source
      self.file = file
      self.trust = trust
    }
  }

  /// Reads the layers, the nearest last. The first error ends it.
  package init(_ layers: [Layer]) throws(ConfigurationError) {
    var written: [String: [WrittenSetting]] = [:]
    for layer in layers {
      let reader = SettingReader(source: layer.source, file: layer.file, trust: layer.trust)
      for (name, setting) in try reader.settings() { written[name, default: []].append(WrittenSetting(reader: reader, setting: setting)) }
    }
    configuration = .default
    keys = []
    for key in ConfigurationKey.all {
      keys.append(
        try written[key.name].map { settings throws(ConfigurationError) in try key.combine(settings, &configuration) }
          ?? ConfiguredKey(name: key.name, content: .standard(key.standard)))
    }
  }
}

/// One key as it counts, for showing it.
package struct ConfiguredKey: Sendable {
  package enum Content: Hashable, Sendable {
    case value(Configured<SettingValue>)
    /// Of a list; each can come from another file.
    case elements([Configured<SettingValue>])
    case standard(Standard)
    /// In place of the default.
    case variable(Variable)
  }

  /// What a variable of the environment says, or several together.
  package struct Variable: Hashable, Sendable {
    package var value: SettingValue
    package var name: String

    package init(_ value: SettingValue, name: String) {
      self.value = value
      self.name = name
    }
  }

  /// What counts where no file has the key.
  package enum Standard: Hashable, Sendable {
    case value(SettingValue)
    /// What depends on more than the configuration.
    case words(String)
  }

  /// `scripts`; with the key it is under, `actions.server`.
  package var name: String
  package var content: Content
  /// Elements of a list that variables add to those of the files.
  package var added: [Variable] = []
  /// Where the repository's own configuration says something else, which it may not.
  package var overruled: [SettingOrigin] = []
  /// Whether what counts is only what both the trusted files and the repository's list.
  package var isIntersection = false
}

extension SettingReader {
  /// All that is in the file, by names such as `actions.server`, in the order of the file.
  fileprivate func settings() throws(ConfigurationError) -> [(name: String, setting: Setting)] {
    let documents: [Node]
    do { documents = try YAMLReader.read(source).documents } catch {
      throw self.error(at: error.byteOffset, "cannot be read as YAML: " + error.problem + hint(error.byteOffset))
    }
    if documents.count > 1 {
      throw error(at: documents[1].range.lowerBound, "a second document begins here; a configuration is one")
    }
    guard let root = documents.first, !root.isNothing else { return [] }
    var settings: [(name: String, setting: Setting)] = []
    for top in try members(of: root, known: ConfigurationKey.topNames) {
      let names = ConfigurationKey.names(under: top.key)
      guard !names.isEmpty else {
        settings.append((top.key, top))
        continue
      }
      for setting in try members(of: top.node, in: top.key, known: names) { settings.append(("\(top.key).\(setting.key)", setting)) }
    }
    return settings
  }

  /// YAML reads `*` at the beginning of a value as an alias: the likeliest slip in a list of patterns.
  private func hint(_ byteOffset: Int) -> String {
    let near = max(0, byteOffset - 1)..<min(byteOffset + 1, source.bytes.count)
    let isStar = !near.isEmpty && source.bytes[near].contains(UInt8(ascii: "*"))
    return isStar ? "; a pattern that begins with '*' has to stand in quotes" : ""
  }
}

extension Node {
  fileprivate var isNothing: Bool {
    scalar.map { $0.value.isEmpty && $0.style == .plain && $0.tag == nil } ?? false
  }
}
