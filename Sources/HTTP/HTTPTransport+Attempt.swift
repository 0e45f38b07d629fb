import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

extension HTTPTransport {
  /// One try, within its time.
  func attempt(_ request: HTTPRequest, over route: Route) async -> Result<HTTPResponse, FailedTry> {
    let host = request.url.authority
    if Task.isCancelled { return .failure(.cancelled) }
    let client: Client
    do {
      guard let ready = try self.client(for: route.key) else { return .failure(.cancelled) }
      client = ready
    } catch {
      return .failure(FailedTry(.tls(host: host, reason: error.description), .permanentFailure))
    }

    let timeout = options.requestTimeout
    let beginning = Beginning()
    return await withTaskGroup(of: Result<HTTPResponse, FailedTry>?.self) { group in
      group.addTask { await self.exchange(request, over: route, with: client, beginning) }
      group.addTask {
        // nil stands for the time that is over; also when cancelled, which the other task then reports.
        try? await Task.sleep(for: timeout)
        return nil
      }
      let first = await group.next()
      group.cancelAll()
      if case .some(.some(let result)) = first { return result }
      if Task.isCancelled { return .failure(.cancelled) }
      let seconds = timeout.wholeSeconds
      let error: HTTPError =
        if beginning.isSeen {
          .unfinished(host: host, seconds: seconds)
        } else if client.allowance.isNothing {
          .nothingAllowed(host: host, seconds: seconds)
        } else {
          .timeout(host: host, seconds: seconds)
        }
      return .failure(FailedTry(error, .permanentFailure))
    }
  }

  private func exchange(
    _ request: HTTPRequest, over route: Route, with client: Client, _ beginning: Beginning
  ) async -> Result<HTTPResponse, FailedTry> {
    let host = request.url.authority
    do { try await client.opening?.enter() } catch { return .failure(.cancelled) }
    defer { client.opening?.settle() }
    let head: HTTPClientResponse
    do {
      head = try await client.http.execute(clientRequest(request, over: route), deadline: .distantFuture)
    } catch {
      return .failure(await failure(error, before: .head, of: request, over: route))
    }
    beginning.see()
    if head.status.code == 407, route.isForwarded, let proxy = route.proxy {
      return .failure(.proxyWantsCredentials(proxy))
    }
    var response = HTTPResponse(status: Int(head.status.code))
    for header in head.headers {
      if header.name == ResponseGuard.peerField {
        response.peerAddress = IPAddress(header.value)
      } else {
        response.headers.append(header.name, header.value)
      }
    }
    do {
      for try await part in head.body {
        guard response.body.count + part.readableBytes <= request.maximumBodyByteCount else {
          return .failure(FailedTry(.bodyTooLarge(host: host, limit: request.maximumBodyByteCount), .permanentFailure))
        }
        response.body.append(contentsOf: part.readableBytesView)
      }
    } catch {
      return .failure(await failure(error, before: .end, of: request, over: route))
    }
    return .success(response)
  }

  private func clientRequest(_ request: HTTPRequest, over route: Route) -> HTTPClientRequest {
    var url = request.url
    var headers = HTTPHeaders(request.headers.fields.map { ($0.name, $0.value) })
    headers.remove(name: "Proxy-Authorization")
    headers.replaceOrAdd(name: "Host", value: url.hostHeader)
    if !headers.contains(name: "User-Agent") { headers.add(name: "User-Agent", value: options.userAgent) }
    if route.asksProxy, let proxy = route.proxy {
      if route.isForwarded, let authorization = proxy.authorization { headers.add(name: "Proxy-Authorization", value: authorization) }
      url.scheme = .http
      url.host = proxy.urlHost
      url.port = proxy.port
    }
    var clientRequest = HTTPClientRequest(url: url.description)
    clientRequest.method = HTTPMethod(rawValue: request.method.rawValue)
    clientRequest.headers = headers
    if !request.body.isEmpty { clientRequest.body = .bytes(ByteBuffer(bytes: request.body)) }
    return clientRequest
  }
}

/// Whether the head of an answer came, also where the rest did not.
private final class Beginning: Sendable {
  private let state = Mutex(false)

  var isSeen: Bool { state.withLock { $0 } }

  func see() { state.withLock { $0 = true } }
}

extension HTTPURL {
  /// Without the scheme's own port, as servers that sign or compare it expect.
  fileprivate var hostHeader: String { port == nil || effectivePort == (scheme == .https ? 443 : 80) ? host : authority }
}
