import Configuration
import Pinning
import References
import Rules
import Verifying

/// The ledger of a run: read before anybody is asked, and written when it is known what tags name.
struct LedgerStep {
  /// As it was read.
  let ledger: Ledger
  private let keeper: any LedgerKeeping
  private let now: Int64

  /// nil where none is kept.
  ///
  /// - Parameters:
  ///   - root: of the tree that the run works on.
  ///   - exchange: what the run has to do with a remote, where the ledger is under a reference.
  ///   - timeout: in seconds.
  init?(
    _ configuration: Configuration, root: String, _ exchange: LedgerReference.Exchange, timeout: Int = 30, _ environment: Environment,
    _ messages: Messages
  ) async throws(Workspace.Failure) {
    guard let place = configuration.ledger else { return nil }
    switch place.value {
    case .off: return nil
    case .file(.atPath(let path)), .file(.inRepository(let path)): keeper = LedgerFile(path, environment)
    case .ref(let name):
      keeper = LedgerReference(
        reference: name, directory: root, exchange: exchange, timeout: timeout, environment: environment, messages: messages)
    }
    now = environment.now
    do throws(LedgerFailure) { ledger = try await keeper.read() } catch { throw Workspace.Failure(error) }
  }

  /// Adds what a run found out, and the ledger did not have.
  func note(_ resolved: [Reference: ReferenceContent]) async throws(Workspace.Failure) {
    let observations = resolved.compactMap { reference, content in
      ObservedName(reference).map { Observation(time: now, name: $0, content: content) }
    }
    do throws(LedgerFailure) { try await keeper.add(Ledger(observations).subtracting(ledger)) } catch { throw Workspace.Failure(error) }
  }
}

extension Workspace.Failure {
  fileprivate init(_ failure: LedgerFailure) {
    self = failure.place.map { .malformed(at: $0, failure.message) } ?? .unreadable(failure.message)
  }
}
