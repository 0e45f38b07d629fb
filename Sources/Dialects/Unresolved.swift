/// Why a registry or a git server gave no digest or commit.
package struct Unresolved: Error, Hashable, Sendable {
  package var kind: Kind
  /// The one that answered, or did not; nil where nobody was asked.
  package var host: String?
  /// As it reads behind "cannot resolve 'nginx:1.99': ".
  package var why: String
  /// The same without what is particular to one reference, as it reads before ": 120 references".
  package var whyOfHost: String

  package init(_ kind: Kind, host: String? = nil, why: String, whyOfHost: String? = nil) {
    self.kind = kind
    self.host = host
    self.why = why
    self.whyOfHost = whyOfHost ?? why
  }

  /// The same in other words, which are made of these, and of those for all references alike.
  package func reworded(_ words: (String) -> String) -> Unresolved {
    Unresolved(kind, host: host, why: words(why), whyOfHost: words(whyOfHost))
  }

  package enum Kind: Hashable, Sendable {
    /// The host could not be reached, or gave no proper answer.
    case network
    /// 401 or 403: who asks may not know, or its credential cannot be used.
    case refused
    /// The host limits requests.
    case limited
    /// It leads to a place that is not asked: its token service, or the target of a redirect.
    case misled
    /// It is proven that there is no such tag or ref.
    case absent
    /// There is no such digest, or no such repository.
    case missing
    case other

    /// Whether it may well be gone in the next run, so that no rule should leave out what it hits.
    package var passes: Bool { self == .network || self == .limited }

    /// Whether it is the trouble of a host rather than that of one reference.
    package var isOfHost: Bool {
      switch self {
      case .network, .refused, .limited, .misled: true
      case .absent, .missing, .other: false
      }
    }
  }
}
