import Synchronization

/// Every secret of this process, in every form in which it is sent, so that nothing that is shown holds one. A `Secret` enters itself here
/// when it is made.
///
/// Servers' words (`ServerText`) are searched for all of them. All other output is searched for those that can be in no other word: what
/// a user keeps, from eight bytes on, and what a server gave only where it looks as random as tokens do. So a password such as `1234`
/// damages no digest, and a server cannot blank a report by calling a word of it a token.
package enum Secrets {
  private struct Register {
    var everywhere = SecretFilter()
    var serverText = SecretFilter()
  }

  private static let register = Mutex(Register())
  private static let minimumByteCount = 8
  private static let randomByteCount = 32

  /// A user's: a password or a token.
  package static func add(_ text: String) { add(SecretForms.all(of: text), everywhere: text.utf8.count >= minimumByteCount) }

  /// A server's: a token that it gave.
  package static func addGiven(_ text: String) {
    guard text.utf8.count >= minimumByteCount else { return }
    add(SecretForms.all(of: text), everywhere: looksRandom(text))
  }

  /// What Basic makes of a user and a password (RFC 7617).
  static func addLogin(_ bytes: [UInt8]) { add(SecretForms.base64(bytes), everywhere: bytes.count >= minimumByteCount) }

  /// The value of a header field that somebody configured by hand: it may be a secret, and certainly is where it authorises.
  package static func addHeader(_ name: String, _ value: String) {
    guard name.lowercased().hasSuffix("authorization") else { return add(SecretForms.all(of: value), everywhere: false) }
    let words = value.split(separator: " ", maxSplits: 1)
    guard let last = words.last.map(String.init) else { return }
    add(last)
    if words.count == 2, words[0].lowercased() == "basic",
      let login = Base64.decode(last).flatMap({ String(validating: $0, as: UTF8.self) }),
      let colon = login.firstIndex(of: ":")
    {
      add(String(login[login.index(after: colon)...]))
    }
  }

  /// The text with `***` in the place of secrets, for whatever is shown or written as a report.
  package static func hidden(in text: String) -> String { hidden(in: text) { $0.everywhere } }

  /// The same for what a server or another program said.
  static func hidden(inServerText text: String) -> String { hidden(in: text) { $0.serverText } }

  private static func hidden(in text: String, _ filter: (borrowing Register) -> SecretFilter) -> String {
    register.withLock { register in
      let filter = filter(register)
      guard !filter.isEmpty, let blanked = filter.blanking(Array(text.utf8)) else { return text }
      return String(decoding: blanked, as: UTF8.self)
    }
  }

  private static func add(_ forms: Set<[UInt8]>, everywhere: Bool) {
    register.withLock { register in
      for form in forms {
        register.serverText.insert(form)
        if everywhere, form.count >= minimumByteCount { register.everywhere.insert(form) }
      }
    }
  }

  /// Whether 32 letters and digits are in a row, of all three kinds: no word, path or digest does that.
  private static func looksRandom(_ text: String) -> Bool {
    text.utf8.split { !isDigit($0) && !isLetter($0) }.contains { run in
      run.count >= randomByteCount && run.contains(where: isDigit) && run.contains { isLetter($0) && $0 & 0x20 != 0 }
        && run.contains { isLetter($0) && $0 & 0x20 == 0 }
    }
  }
}
