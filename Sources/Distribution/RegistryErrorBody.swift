import Documents
import HTTP

/// What the body of an answer says about an error: codes and messages (distribution specification, "Error Codes"), or whatever text there
/// is instead.
struct RegistryErrorBody: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    var code: String
    var message: String
  }

  var entries: [Entry] = []
  /// A text without a code, for messages only.
  private var text: String?

  init(_ response: HTTPResponse) {
    guard let object = Node.jsonObject(response.body) else {
      let type = response.headers["Content-Type"].map(MediaType.essence) ?? "text/plain"
      // A page for people, whatever it is called, says nothing in one line.
      if type == "text/plain", response.body.first(where: { $0 > 0x20 }) != UInt8(ascii: "<") {
        text = String(decoding: response.body, as: UTF8.self)
      }
      return
    }
    entries = (object["errors"]?.elements ?? []).compactMap { error in
      guard let code = error["code"]?.jsonString else { return nil }
      return Entry(code: code.uppercased(), message: error["message"]?.jsonString ?? "")
    }
    // Token services: OAuth's error_description (RFC 6749 section 5.2), Docker Hub's details; Docker Hub's rate limit: message.
    text = ["error_description", "details", "message", "error"].lazy.compactMap { object[$0]?.jsonString }.first
  }

  /// The first code, fit to be shown.
  var code: String? { entries.lazy.compactMap { ServerText.shown($0.code) }.first }

  /// The first message, fit to be shown.
  var message: String? { entries.lazy.compactMap { ServerText.shown($0.message) }.first ?? text.flatMap { ServerText.shown($0) } }

  /// Whether it is there in any form that a registry is known to say that it limits requests.
  var saysTooManyRequests: Bool {
    entries.contains { $0.code == "TOOMANYREQUESTS" || $0.code == "TOO_MANY_REQUEST" || $0.code == "TOO_MANY_REQUESTS" }
  }
}
