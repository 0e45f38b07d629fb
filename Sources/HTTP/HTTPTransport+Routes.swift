extension HTTPTransport {
  /// The proxy that a request to that URL would go through, as the environment says; nil where it goes directly.
  package func proxy(for url: HTTPURL) throws(HTTPError) -> Proxy? { try proxies.proxy(for: url) }

  /// What is particular to TLS with the host of that URL.
  package func tls(for url: HTTPURL) -> HostTLS { options.tls(host: url.host, port: url.effectivePort) }
}
