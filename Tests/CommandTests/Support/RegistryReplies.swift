import ServersForTests

extension ScriptedServer.Reply {
  /// A manifest as registries send it.
  static func manifest(_ image: Image) -> Self {
    Self(200, headers: [("Content-Type", image.mediaType), ("Docker-Content-Digest", image.digest)], body: image.manifest)
  }

  /// An error as registries send it (distribution specification, "Error Codes").
  static func error(_ status: Int, _ code: String, headers: [(String, String)] = []) -> Self {
    json(status, "{\"errors\":[{\"code\":\"\(code)\",\"message\":\"words of the server\"}]}", headers: headers)
  }

  static let noSuchTag = error(404, "MANIFEST_UNKNOWN")
}
