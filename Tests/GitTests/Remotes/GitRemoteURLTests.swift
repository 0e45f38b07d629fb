import HTTP
import Testing

@testable import Git

@Suite struct GitRemoteURLTests {
  @Test(arguments: [
    ("https://github.com/a/b", "https://github.com/a/b"), ("https://github.com/a/b.git/", "https://github.com/a/b.git"),
    ("HTTPS://GitHub.com/a/b", "https://github.com/a/b"), ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"),
  ])
  func `http URLs`(text: String, url: String) throws {
    #expect(try GitRemoteURL(text) == .http(HTTPURL(parsing: url), user: nil, password: nil))
  }

  @Test func `user and password of an http URL are taken out of it`() throws {
    let url = try HTTPURL(parsing: "https://host/a")
    #expect(try GitRemoteURL("https://me:p%40ss@host/a") == .http(url, user: "me", password: Secret("p@ss")))
    #expect(try GitRemoteURL("https://me@host/a") == .http(url, user: "me", password: nil))
    #expect(try GitRemoteURL("https://:t0ken@host/a") == .http(url, user: nil, password: Secret("t0ken")))
  }

  @Test(arguments: [
    ("ssh://git@host:2222/a/b", "ssh://git@host:2222/a/b", "host:2222"), ("git@github.com:a/b.git", "git@github.com:a/b.git", "github.com"),
    ("host:a/b", "host:a/b", "host"), ("git+ssh://host/a", "ssh://host/a", "host"),
  ])
  func `ssh URLs`(text: String, url: String, host: String) throws {
    #expect(try GitRemoteURL(text) == .ssh(url, host: host))
  }

  @Test(arguments: [
    ("file:///srv/git/a%20b", "/srv/git/a b"), ("file://localhost/srv", "/srv"), ("/srv/git", "/srv/git"), ("../x", "../x"),
    ("./a:b", "./a:b"),
  ])
  func `directories`(text: String, path: String) throws {
    #expect(try GitRemoteURL(text) == .directory(path))
  }

  @Test(arguments: [
    "", "git://host/a", "ftp://host/a", "ext::sh -c true", "ext::sh", "file://host/a", "https://host/a?x=y", "https:///a",
    "https://host/a b",
    "ssh:///a", "https://host/a\u{1B}",
  ])
  func `everything else is refused`(text: String) {
    let error = #expect(throws: GitRemoteError.self) { try GitRemoteURL(text) }
    guard case .unusableURL = error else { Issue.record("\(String(describing: error))"); return }
  }

  @Test func `no message shows a password`() {
    let error = #expect(throws: GitRemoteError.self) { try GitRemoteURL("https://me:hunter22@host/a?token=hunter22") }
    #expect(error?.description.contains("hunter22") == false)
    #expect(error?.description.contains("https://host/a") == true)
  }
}
