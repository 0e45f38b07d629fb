import Synchronization

/// What a registry was asked, counted over all its connections.
public final class RequestCounts: Sendable {
  public struct Values: Sendable {
    public var manifests = 0
    public var tokens = 0
    /// Requests for the tags of a repository.
    public var lists = 0
    /// Requests answered with a challenge.
    public var challenges = 0
    public var connections = 0
    /// The most requests that waited for their answer at one time.
    public var mostAtOnce = 0
    var atOnce = 0

    public init() {}

    public var all: Int { manifests + tokens + challenges + lists }
  }

  private let values = Mutex(Values())

  /// What was counted since the last call.
  public func take() -> Values {
    values.withLock { values in
      defer { values = Values() }
      return values
    }
  }

  func count(_ change: (inout Values) -> Void) { values.withLock { change(&$0) } }

  func begin() {
    values.withLock {
      $0.atOnce += 1
      $0.mostAtOnce = max($0.mostAtOnce, $0.atOnce)
    }
  }

  func end() { values.withLock { $0.atOnce -= 1 } }
}
