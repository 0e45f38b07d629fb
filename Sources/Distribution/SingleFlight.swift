/// Work that many ask for at the same time and that is done once: who comes while it runs gets the same result. Results are not kept.
actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
  private var flights: [Key: Task<Value, Never>] = [:]

  func value(for key: Key, _ work: @escaping @Sendable () async -> Value) async -> Value {
    if let flight = flights[key] { return await flight.value }
    // Not a child of the caller: the others would lose their result if the first one were cancelled.
    let flight = Task {
      let value = await work()
      flights[key] = nil
      return value
    }
    flights[key] = flight
    return await flight.value
  }
}

/// A question that many have and that is asked once: whoever asks later gets the same answer.
package actor AnswerOnce<Key: Hashable & Sendable, Value: Sendable> {
  private var answers: [Key: Task<Value, Never>] = [:]

  package init() {}

  package func value(for key: Key, _ ask: @escaping @Sendable () async -> Value) async -> Value {
    if let answer = answers[key] { return await answer.value }
    // Not a child of the caller: the others would lose their answer if the first one were cancelled.
    let answer = Task { await ask() }
    answers[key] = answer
    return await answer.value
  }
}
