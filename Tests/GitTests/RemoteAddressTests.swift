import Git
import Testing

/// The address of a repository, as reports name it.
@Suite struct RemoteAddressTests {
  @Test(arguments: [
    ("https://github.com/acme/shop.git", "https://github.com/acme/shop.git"),
    ("https://me:word@github.com/acme/shop", "https://github.com/acme/shop"),
    ("https://token@github.com/acme/shop?a=b#c", "https://github.com/acme/shop"),
    ("git@github.com:acme/shop.git", "ssh://git@github.com/acme/shop.git"),
    ("ssh://git:word@git.example:2222/acme/shop", "ssh://git@git.example:2222/acme/shop"),
    ("ssh://git.example/a@b", "ssh://git.example/a@b"),
    ("/srv/git/shop.git", nil), ("../shop", nil), ("file:///srv/git/shop.git", nil), ("./a:b", nil),
  ])
  func `an address is a URI without credentials`(_ address: String, _ uri: String?) {
    #expect(GitRepository.uri(address) == uri)
  }
}
