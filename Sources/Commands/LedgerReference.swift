import Git
import References
import Verifying

/// A ledger under a reference of the repository, `refs/tagpin/seen`: a file for each month. It is read together with what the remote has
/// under that name, and goes there where the run pushes.
struct LedgerReference: LedgerKeeping {
  /// What a run has to do with the remote.
  enum Exchange: Hashable, Sendable {
    /// What is here counts: nobody is asked.
    case none
    case fetch
    /// As `--push` has it.
    case push(remote: String?)
  }

  let reference: String
  /// A directory of the repository.
  let directory: String
  let exchange: Exchange
  /// In seconds.
  let timeout: Int
  let environment: Environment
  let messages: Messages

  private static let message = "Note what tags name\n"

  func read() async throws(LedgerFailure) -> Ledger {
    let repository = try repository()
    do throws(ReferenceFilesError) {
      let joined = try await exchanging(repository) { exchange throws(ReferenceFilesError) in try await exchange.fetch(into: repository) }
      if let joined { return try ledger(joined) }
      return try ledger(try repository.files(of: reference))
    } catch { throw failure(error) }
  }

  func add(_ ledger: Ledger) async throws(LedgerFailure) {
    let repository = try repository()
    let files = ledger.byMonth.map { ($0 + ReferenceFiles.suffix, Array($1.text.utf8)) }
    do throws(ReferenceFilesError) {
      _ = try repository.join(
        ReferenceFiles(files: Dictionary(uniqueKeysWithValues: files)), into: reference, message: Self.message,
        environment: environment.variablesForCommits, merge: Self.merge)
      guard case .push = exchange else { return }
      let outcome = try await exchanging(repository) { exchange throws(ReferenceFilesError) in try await exchange.push(from: repository) }
      if case .pushed(let name) = outcome { messages.log("pushed the ledger as '\(name)'") }
    } catch { throw failure(error) }
  }

  /// All lines of both.
  private static let merge: ReferenceFiles.Merge = { path, ours, theirs in
    do throws(Ledger.LineError) {
      let union = try Ledger(parsing: ours, file: path).union(try Ledger(parsing: theirs, file: path))
      return .success(Array(union.text.utf8))
    } catch { return .failure(.init(reason: "line \(error.line) \(error.problem)")) }
  }

  private func ledger(_ files: ReferenceFiles) throws(ReferenceFilesError) -> Ledger {
    var ledger = Ledger()
    for (path, bytes) in files.files {
      do throws(Ledger.LineError) { ledger.formUnion(try Ledger(parsing: bytes, file: path)) } catch {
        throw .broken(reference: reference, place: nil, path: path, reason: "line \(error.line) \(error.problem)")
      }
    }
    return ledger
  }

  // MARK: Where it is

  private func repository() throws(LedgerFailure) -> GitRepository {
    let repository: GitRepository?
    do throws(GitError) {
      repository = try GitRepository.discover(from: directory, environment: GitEnvironment(environment.variables))
    } catch { throw LedgerFailure(error.description) }
    guard let repository else {
      throw LedgerFailure(
        "the ledger is '\(reference)', and there is no git repository in '\(directory)': run tagpin in one, or name a file")
    }
    return repository
  }

  /// nil where there is no remote to ask, or none is to be asked.
  private func exchanging<Value: Sendable>(
    _ repository: GitRepository, _ body: (ReferenceExchange) async throws(ReferenceFilesError) -> Value
  ) async throws(ReferenceFilesError) -> Value? {
    let remote: String?
    switch exchange {
    case .none: return nil
    case .fetch: remote = nil
    case .push(let name): remote = name
    }
    let target: PushTarget
    do throws(PushError) {
      target = try ReferenceExchange.target(of: reference, in: repository, with: remote, environment: environment.variables)
    } catch {
      if case .noRemote(nil) = error { return nil }
      throw .push(error)
    }
    let connection = RemoteConnection(to: target, of: repository, timeout: timeout, environment, messages)
    let exchange = ReferenceExchange(
      of: reference, with: remote, over: connection.push, message: Self.message, merge: Self.merge)
    let result: Result<Value, ReferenceFilesError>
    do throws(ReferenceFilesError) { result = .success(try await body(exchange)) } catch { result = .failure(error) }
    await connection.shutdown()
    return try result.get()
  }

  private func failure(_ error: ReferenceFilesError) -> LedgerFailure { LedgerFailure("the ledger '\(reference)': \(error)") }
}
