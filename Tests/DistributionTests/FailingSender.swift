import HTTP
import Synchronization

/// Answers every request with 500, and keeps where it went.
final class FailingSender: HTTPSending {
  private let asked = Mutex<[HTTPURL]>([])

  var urls: [HTTPURL] { asked.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    asked.withLock { $0.append(request.url) }
    return HTTPResponse(status: 500, headers: [:], body: [])
  }
}
