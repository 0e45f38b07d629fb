import Configuration
import Distribution
import HTTP
import Programs
import References

/// Runs the programs that the configuration's rules call for, each once for a digest, and few at a time. They find the registries'
/// credentials, their keys and their trust as they do without tagpin.
package struct SignaturePrograms: SignatureChecking {
  private let configuration: Configuration
  private let environment: [String: String]
  private let timeout: Duration
  /// By command line.
  private let answers = AnswerOnce<[String], SignatureCheck.Outcome>()
  private let limit = ConcurrencyLimit(4)

  package init(_ configuration: Configuration, environment: [String: String], timeout: Duration = .seconds(120)) {
    self.configuration = configuration
    self.environment = environment
    self.timeout = timeout
  }

  package func isRuled(_ image: ImageReference) -> Bool { configuration.signatureRule(for: image) != nil }

  package func check(_ digest: Digest, of image: ImageReference) async -> SignatureCheck? {
    guard let rule = configuration.signatureRule(for: image) else { return nil }
    let program = SignatureProgram(rule.signer)
    // With the digest alone: what a tag names can change in between.
    let reference = image.with(tag: nil, digest: digest).normalised
    let outcome = await answers.value(for: [program.name] + program.arguments + [reference]) {
      do { try await limit.enter() } catch { return .unknown(why: "the run was ended") }
      defer { limit.leave() }
      return await answer(of: program, reference)
    }
    return SignatureCheck(program: program.name, signer: program.signer, rule: rule.origin.description, outcome: outcome)
  }

  private func answer(of program: SignatureProgram, _ reference: String) async -> SignatureCheck.Outcome {
    do throws(BoundedProgram.Failure) {
      let answer = try await run(program, program.arguments + [reference])
      guard case .foundNone(let more, let place) = program.reading(answer) else { return outcome(program.reading(answer), answer) }
      let second = try await run(program, program.arguments + more + [reference])
      switch program.reading(second) {
      case .foundNone: return .refused(why: answer.errorWords)
      case .unknown: return .unknown(why: "it finds no signature, and cannot look for \(place): \(second.errorWords)")
      case .verified, .refused: return outcome(program.reading(second), second)
      }
    } catch {
      return .unknown(why: words(error, program))
    }
  }

  private func outcome(_ reading: SignatureProgram.Reading, _ answer: BoundedProgram.Answer) -> SignatureCheck.Outcome {
    switch reading {
    case .verified: .verified
    case .refused, .foundNone: .refused(why: answer.errorWords)
    case .unknown(let words): .unknown(why: words ?? answer.errorWords)
    }
  }

  private func run(_ program: SignatureProgram, _ arguments: [String]) async throws(BoundedProgram.Failure) -> BoundedProgram.Answer {
    try await BoundedProgram(program.name, arguments, environment: environment, timeout: timeout).run()
  }

  private func words(_ failure: BoundedProgram.Failure, _ program: SignatureProgram) -> String {
    switch failure {
    case .notFound: "there is no program '\(program.name)' in PATH; \(program.manual) says how to install it"
    case .timeout: "'\(program.name)' did not end within \(timeout.components.seconds) s"
    case .tooMuchOutput(let limit): "the answer of '\(program.name)' is longer than \(limit) bytes"
    case .tooMuchInput: "'\(program.name)' did not run"
    case .notStarted(let reason): "'\(program.name)' did not run: \(ServerText.shown(reason) ?? "nobody says why")"
    }
  }
}
