import Testing

@testable import Git

@Suite struct CommitPagesTests {
  @Test(arguments: [
    ("https://github.com/acme/shop.git", "https://github.com/acme/shop/commit/1a2b"),
    ("https://ada:secret-word@git.test:8443/acme/shop/", "https://git.test:8443/acme/shop/commit/1a2b"),
    ("http://git.test/shop", "http://git.test/shop/commit/1a2b"),
    ("git@gitlab.com:acme/group/shop.git", "https://gitlab.com/acme/group/shop/commit/1a2b"),
    ("ssh://git@git.test:2222/acme/shop.git", "https://git.test/acme/shop/commit/1a2b"),
    ("git@bitbucket.org:acme/shop.git", "https://bitbucket.org/acme/shop/commits/1a2b"),
  ])
  func `a commit of a server has an address`(remote: String, address: String) {
    #expect(CommitPages(remoteURL: remote)?.address(of: "1a2b") == address)
  }

  @Test(arguments: ["/srv/git/shop.git", "file:///srv/git/shop.git", "../shop", "git://git.test/shop", ""])
  func `a commit of a directory has none`(remote: String) { #expect(CommitPages(remoteURL: remote) == nil) }
}
