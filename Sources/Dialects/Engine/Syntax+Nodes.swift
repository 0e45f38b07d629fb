import Documents

// The syntaxes that are read into nodes. Their readers are those of Documents.
extension Syntax {
  package static let yaml = Syntax(
    "YAML", extensions: ["yml", "yaml"], comment: .hash, isReadByLines: true, newKeys: .member,
    reading: .nodes(YAMLReader.read(_:without:)))

  static let json = Syntax("JSON", extensions: ["json"], reading: .nodes { text, _ throws(DocumentError) in try JSONReader.read(text) })

  /// JSON whose consumer takes comments.
  static let jsonWithComments = Syntax(
    "JSON with comments", title: "JSON", comment: .slashes, reading: .nodes { text, _ throws(DocumentError) in try JSONReader.read(text) })

  package static let hcl = Syntax(
    "HCL", extensions: ["hcl", "tf"], comment: .hash, hasBareExpressions: true,
    reading: .nodes { text, _ throws(DocumentError) in try HCLReader.read(text) })

  static let toml = Syntax(
    "TOML", extensions: ["toml"], comment: .hash, reading: .nodes { text, _ throws(DocumentError) in try TOMLReader.nodes(of: text) })

  /// Calls of Starlark, which is Python's grammar without most of Python.
  static let starlark = Syntax(
    "Starlark", comment: .hash, hasBareExpressions: true, newKeys: .argument,
    reading: .nodes { text, _ throws(DocumentError) in try StarlarkReader.read(text) })

  static let xml = Syntax(
    "XML", extensions: ["xml"], reading: .nodes { text, _ throws(DocumentError) in try XMLReader.read(text) })
}
