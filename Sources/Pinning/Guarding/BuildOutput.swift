import Documents

/// One `output` of a build (docker buildx build, "--output"): where the result goes.
struct BuildOutput {
  let type: String
  let attributes: [String: String]
  let node: Node

  /// Exporters that write files, fill the local store or keep the result to themselves.
  private static let localTypes: Set<String> = ["local", "tar", "oci", "docker", "cacheonly"]

  /// Whether this output can bring a tag to a registry. An unknown type may push. An `image` that does not say so is pushed by `--push`.
  var pushesTag: Bool {
    if Self.localTypes.contains(type) || isOn("push-by-digest") == true { return false }
    return type != "image" || isOn("push") != false
  }

  /// Why it pushes no tag.
  var reason: String {
    isOn("push-by-digest") == true
      ? "it is pushed by its digest alone" : "its output is type=\(type)\(type == "image" ? ",push=false" : "")"
  }

  /// The names that are in the output itself.
  var names: [String] { attributes["name"]?.split(separator: ",").map(String.init) ?? [] }

  /// An attribute that is a switch; one without a value is on. nil where it is missing.
  private func isOn(_ name: String) -> Bool? { attributes[name].map { !["0", "f", "false"].contains($0.lowercased()) } }

  /// The outputs of a target, as `docker buildx bake --print` writes them: objects, or before buildx 0.20 the option's text.
  static func all(of target: Node, _ source: PushedReferenceSource) throws(PushedReferenceError) -> [BuildOutput] {
    guard let list = target["output"], !list.isAbsent else { return [] }
    guard case .sequence(let elements) = list.content else { throw source.error(list, expected: "a list of outputs") }
    var outputs: [BuildOutput] = []
    for element in elements {
      guard let output = BuildOutput(element) else { throw source.error(element, expected: "an output such as 'type=registry'") }
      outputs.append(output)
    }
    return outputs
  }

  private init?(_ node: Node) {
    var attributes: [String: String] = [:]
    if case .mapping(let members) = node.content {
      for member in members {
        guard let name = member.key.scalar?.value, let value = member.value.jsonText else { return nil }
        attributes[name] = value
      }
    } else if let text = node.jsonText {
      attributes = Self.attributes(text)
    }
    guard let type = attributes["type"], !type.isEmpty else { return nil }
    self.type = type
    self.attributes = attributes
    self.node = node
  }

  /// `type=image,"name=a:1,b:1",push=true`: values between commas; one in quotes can contain a comma. A text alone is a directory, or `-`
  /// for a tar
  /// file on standard output.
  private static func attributes(_ text: String) -> [String: String] {
    let fields = CommaSeparated.fields(text)
    if fields.count == 1, !fields[0].contains("=") { return ["type": text == "-" ? "tar" : "local"] }
    var attributes: [String: String] = [:]
    for field in fields {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0]).lowercased()
      attributes[name.filter { $0 != " " }] = parts.count > 1 ? String(parts[1]) : ""
    }
    return attributes
  }
}

/// Comma-separated values of one line (RFC 4180): a field in double quotes can hold commas, and quotes written twice.
enum CommaSeparated {
  static func fields(_ text: String) -> [String] {
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && rest.first == byte:
        fields[fields.count - 1].append(byte)
        rest.removeFirst()
      case UInt8(ascii: "\"") where isQuoted: isQuoted = false
      case UInt8(ascii: "\"") where fields[fields.count - 1].isEmpty: isQuoted = true
      case UInt8(ascii: ",") where !isQuoted: fields.append([])
      default: fields[fields.count - 1].append(byte)
      }
    }
    return fields.map { String(decoding: $0, as: UTF8.self) }
  }
}
