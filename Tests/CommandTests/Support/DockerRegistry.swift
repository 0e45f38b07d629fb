import Foundation
import ServersForTests

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Debian's `docker-registry` on a port of its own.
struct DockerRegistry: Sendable {
  let port: Int

  /// As it stands in a reference.
  var host: String { "127.0.0.1:\(port)" }

  /// Runs one while `body` does. Registries over the same `storage`, a directory, hold the same images: one without locks is how images get
  /// into one with.
  static func serving<Result>(
    in sandbox: Sandbox, storage: String? = nil, deletes: Bool = false, settings: String = "", tls: String = "",
    body: (DockerRegistry) async throws -> Result
  ) async throws -> Result {
    let name = "\(sandbox.root)/registry-\(UUID().uuidString)"
    return try await Port.serving(sandbox.program("docker-registry", in: sandbox.root), log: "\(name).log") { port in
      let text = """
        version: 0.1
        log: {level: warn, accesslog: {disabled: true}}
        storage: {\(storage.map { "filesystem: {rootdirectory: \($0)}" } ?? "inmemory: {}"), delete: {enabled: \(deletes)}}
        http:
          addr: 127.0.0.1:\(port)
          relativeurls: true
        \(tls)
        \(settings)

        """
      try sandbox.write(text, to: "\(name).yml")
      return ["serve", "\(name).yml"]
    } body: { port in
      try await body(DockerRegistry(port: port))
    }
  }

  /// Pushes an image by the registry's own protocol (distribution specification, "Push").
  func push(_ image: Image, to repository: String, tag: String) async throws {
    try await put(image, repository, reference: tag)
  }

  private func put(_ image: Image, _ repository: String, reference: String) async throws {
    for blob in image.blobs { try await put(blob: blob, repository) }
    for child in image.children { try await put(child, repository, reference: child.digest) }
    try await send(
      "PUT", "/v2/\(repository)/manifests/\(reference)", image.manifest, ["Content-Type": image.mediaType], expecting: 201)
  }

  private func put(blob: [UInt8], _ repository: String) async throws {
    let response = try await send("POST", "/v2/\(repository)/blobs/uploads/", [], [:], expecting: 202)
    guard let location = response.value(forHTTPHeaderField: "Location") else { throw Program.Failure(description: "no place for a blob") }
    let separator = location.contains("?") ? "&" : "?"
    try await send("PUT", "\(location)\(separator)digest=\(Image.digest(blob))", blob, [:], expecting: 201)
  }

  /// Deletes a manifest by its digest, with all tags that name it. The registry has to be one that deletes.
  func delete(_ digest: String, of repository: String) async throws {
    try await send("DELETE", "/v2/\(repository)/manifests/\(digest)", nil, [:], expecting: 202)
  }

  /// What the registry itself says is the digest of a tag.
  func digest(of tag: String, in repository: String) async throws -> String? {
    let accept = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json"
    let response = try await send("HEAD", "/v2/\(repository)/manifests/\(tag)", nil, ["Accept": accept], expecting: 200)
    return response.value(forHTTPHeaderField: "Docker-Content-Digest")
  }

  @discardableResult
  private func send(
    _ method: String, _ target: String, _ body: [UInt8]?, _ headers: [String: String], expecting status: Int
  ) async throws -> HTTPURLResponse {
    guard let url = URL(string: "http://\(host)\(target)") else { throw Program.Failure(description: "not a URL: \(target)") }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.httpBody = body.map { Data($0) }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await Self.answer(to: request)
    guard let response = response as? HTTPURLResponse, response.statusCode == status else {
      throw Program.Failure(description: "\(method) \(url): \(response) \(String(decoding: data, as: UTF8.self))")
    }
    return response
  }

  /// A connection that was kept may be reset just when it is used again: every request here can be repeated.
  private static func answer(to request: URLRequest) async throws -> (Data, URLResponse) {
    for _ in 0..<3 {
      do { return try await session.data(for: request) } catch is URLError { try await Task.sleep(for: .milliseconds(50)) }
    }
    return try await session.data(for: request)
  }

  private static let session: URLSession = {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.connectionProxyDictionary = [:]
    return URLSession(configuration: configuration)
  }()
}
