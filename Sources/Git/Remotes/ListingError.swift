/// What is wrong with a listing of refs, as bytes, or with another answer of git. Nobody has looked at what it lists then.
package enum ListingError: Error, Hashable, Sendable {
  /// Something else than lines of git's wire format: a web page, say.
  case notPacketLines
  /// It ends in the middle.
  case truncated
  /// A line that no listing has; shortened and harmless.
  case unexpectedLine(String)
  /// Two entries of one name.
  case repeatedReference(String)
  /// A commit's name that does not fit the format of the repository's objects, or the other names.
  case objectFormat(announced: String, digitCount: Int)
  /// What the server itself said in the place of a listing; shortened and harmless.
  case refused(String)
  /// A server of protocol v2 that lists no refs.
  case listsNoReferences
  /// The server has no whole history, so that what it sends is not complete.
  case shallowServer
  /// A protocol of git that is newer than this program.
  case unknownVersion(String)
}

extension ListingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPacketLines: "it is not in git's wire format"
    case .truncated: "it ends in the middle"
    case .unexpectedLine(let line): "it has the line '\(line)', which does not belong there"
    case .repeatedReference(let name): "it lists '\(name)' twice"
    case .objectFormat(let announced, let digitCount):
      "it names objects with \(digitCount) digits in a repository of the object format '\(announced)'"
    case .refused(let words): "git on the server says: \(words)"
    case .listsNoReferences: "it offers no way to list refs"
    case .shallowServer: "the repository there is a shallow clone, and does not have all of it"
    case .unknownVersion(let version): "it speaks protocol version '\(version)', which is not known here"
    }
  }
}
