#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The credentials of the user who runs the program, as Docker and Podman keep them, else as a CI service hands them over. Files are read
/// when they are first needed, and a helper is asked once for each registry.
package actor CredentialStore: CredentialProviding {
  private let environment: [String: String]
  private let sources: [CredentialSource]
  private let helperTimeout: Duration
  private var files: [CredentialSource: Result<CredentialFile?, CredentialError>] = [:]
  private var helperAnswers: [HelperQuestion: Result<Credential?, CredentialError>] = [:]
  private let flights = SingleFlight<HelperQuestion, Result<Credential?, CredentialError>>()

  private struct HelperQuestion: Hashable, Sendable {
    var helper: String
    var registry: String
  }

  /// The environment and the home directory are the user's; helpers run with that environment and are found in its PATH.
  package init(environment: [String: String], homeDirectory: String?, userID: UInt32 = 0, helperTimeout: Duration = .seconds(15)) {
    self.environment = environment
    self.helperTimeout = helperTimeout
    sources = CredentialSource.all(environment: environment, homeDirectory: homeDirectory, userID: userID)
  }

  package func sourcedCredential(for registry: String, repository: String) async throws(CredentialError) -> SourcedCredential? {
    let registry = CredentialKey(registry).registry
    for source in sources {
      guard let file = try file(source) else { continue }
      switch try file.answer(registry: registry, repository: repository) {
      case .nothing: continue
      case .credential(let credential, let key): return SourcedCredential(credential, source: "'\(key)' in \(file.origin)")
      case .helper(let name, let key):
        if let credential = try await ask(name, for: registry, file: file.origin) {
          return SourcedCredential(credential, source: "the helper 'docker-credential-\(name)' ('\(key)' in \(file.origin))")
        }
      }
    }
    return CICredentials.find(registry: registry, repository: repository, in: environment)
  }

  package func places(for registry: String, repository: String) async -> [String] {
    sources.map { source in
      if let file = try? file(source), case .helper(let name, _) = try? file.answer(registry: registry, repository: repository) {
        return "\(source.origin) (the helper 'docker-credential-\(name)')"
      }
      return source.origin
    } + CICredentials.places(registry: CredentialKey(registry).registry, in: environment)
  }

  private func ask(_ name: String, for registry: String, file: String) async throws(CredentialError) -> Credential? {
    let question = HelperQuestion(helper: name, registry: registry)
    if let answer = helperAnswers[question] { return try answer.get() }
    let helper = CredentialHelper(name: name, file: file, environment: environment, timeout: helperTimeout)
    let answer = await flights.value(for: question) { () -> Result<Credential?, CredentialError> in
      do throws(CredentialError) {
        return .success(try await helper.credential(for: registry))
      } catch {
        return .failure(error)
      }
    }
    helperAnswers[question] = answer
    return try answer.get()
  }

  private func file(_ source: CredentialSource) throws(CredentialError) -> CredentialFile? {
    if let known = files[source] { return try known.get() }
    let result: Result<CredentialFile?, CredentialError>
    do throws(CredentialError) {
      result = .success(try Self.read(source))
    } catch {
      result = .failure(error)
    }
    files[source] = result
    return try result.get()
  }

  /// nil if there is no such file, or nothing in it.
  private static func read(_ source: CredentialSource) throws(CredentialError) -> CredentialFile? {
    switch source.content {
    case .text(let text):
      return try CredentialFile(Array(text.utf8), origin: source.origin, isLegacy: source.isLegacy)
    case .file(let path):
      guard let bytes = try bytes(ofFile: path) else {
        guard let variable = source.requiredBy else { return nil }
        throw .missingFile(variable: variable, file: path)
      }
      // Docker takes an empty file for one without entries.
      guard bytes.contains(where: { $0 > 0x20 }) else { return nil }
      return try CredentialFile(bytes, origin: path, isLegacy: source.isLegacy)
    }
  }

  private static let maximumFileByteCount = 16 << 20

  private static func bytes(ofFile path: String) throws(CredentialError) -> [UInt8]? {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
      return try file.closeAfter {
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
        defer { chunk.deallocate() }
        while bytes.count <= maximumFileByteCount {
          let count = try file.read(into: chunk)
          if count == 0 { return bytes }
          bytes += chunk[..<count]
        }
        throw CredentialError.unreadable(file: path, reason: "it is larger than \(maximumFileByteCount) bytes")
      }
    } catch let error as CredentialError {
      throw error
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      return nil
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
  }
}
