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
  init?(_ configuration: Configuration, _ environment: Environment) async throws(Workspace.Failure) {
    guard let keeper = try Self.keeper(configuration, environment) else { return nil }
    self.keeper = keeper
    now = environment.now
    do throws(LedgerFailure) { ledger = try await keeper.read() } catch { throw .unreadable(error.description) }
  }

  private static func keeper(_ configuration: Configuration, _ environment: Environment) throws(Workspace.Failure) -> (any LedgerKeeping)? {
    guard let place = configuration.ledger else { return nil }
    switch place.value {
    case .off: return nil
    case .file(.atPath(let path)), .file(.inRepository(let path)): return LedgerFile(path, environment)
    case .ref(let name): throw .usage("\(place.origin): 'ledger: \(name)': a ledger in a ref is not kept yet; name a file")
    }
  }

  /// Adds what a run found out.
  func note(_ resolved: [Reference: ReferenceContent]) async throws(Workspace.Failure) {
    let observations = resolved.compactMap { reference, content in
      ObservedName(reference).map { Observation(time: now, name: $0, content: content) }
    }
    do throws(LedgerFailure) { try await keeper.add(Ledger(observations)) } catch { throw .unreadable(error.description) }
  }
}
