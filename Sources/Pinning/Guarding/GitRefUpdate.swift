/// One line that git gives to a pre-push hook (githooks(5), "pre-push"): `<local ref> SP <local oid> SP <remote ref> SP <remote oid> LF`.
///
/// The remote's object is what the remote itself has just advertised for that ref, so nobody needs to ask it again.
package struct GitRefUpdate: Hashable, Sendable {
  /// A ref, an expression such as `HEAD~2`, which can hold spaces, or `(delete)`.
  package var localRef: String
  /// nil: the ref is to be deleted.
  package var localObject: String?
  package var remoteRef: String
  /// nil: the remote does not have the ref.
  package var remoteObject: String?

  /// The tag that is meant, without `refs/tags/`; nil for branches and the rest.
  package var tag: String? {
    let prefix = "refs/tags/"
    guard remoteRef.utf8.starts(with: prefix.utf8) else { return nil }
    return String(remoteRef.unicodeScalars.dropFirst(prefix.unicodeScalars.count))
  }
}

extension GitRefUpdate {
  /// A line that is not of that form, counted from 1.
  package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
    package var line: Int

    package var description: String {
      """
      cannot read line \(line) of standard input: expected '<local ref> <local object> <remote ref> <remote object>' as git gives them to a \
      pre-push hook: nothing may be pushed by it
      """
    }
  }

  /// All lines. An empty one says nothing; a last one that is not ended may be cut off, and is malformed.
  package static func all(in input: [UInt8]) throws(Malformed) -> [GitRefUpdate] {
    var updates: [GitRefUpdate] = []
    var lineNumber = 0
    var rest = input[...]
    while !rest.isEmpty {
      lineNumber += 1
      guard let end = rest.firstIndex(of: 0x0A) else { throw Malformed(line: lineNumber) }
      let line = rest[..<end]
      rest = rest[(end + 1)...]
      if line.isEmpty { continue }
      guard let update = GitRefUpdate(line) else { throw Malformed(line: lineNumber) }
      updates.append(update)
    }
    return updates
  }

  /// Read from the end, since only the local ref can hold spaces.
  private init?(_ line: ArraySlice<UInt8>) {
    var fields: [ArraySlice<UInt8>] = []
    var rest = line
    while fields.count < 3, let space = rest.lastIndex(of: 0x20) {
      fields.append(rest[(space + 1)...])
      rest = rest[..<space]
    }
    guard fields.count == 3, !rest.isEmpty, fields[1].starts(with: "refs/".utf8), Self.isObject(fields[0]), Self.isObject(fields[2]),
      fields[0].count == fields[2].count
    else { return nil }
    localRef = String(decoding: rest, as: UTF8.self)
    localObject = Self.object(fields[2])
    remoteRef = String(decoding: fields[1], as: UTF8.self)
    remoteObject = Self.object(fields[0])
  }

  /// SHA-1 or SHA-256 in hexadecimal digits.
  private static func isObject(_ bytes: ArraySlice<UInt8>) -> Bool {
    (bytes.count == 40 || bytes.count == 64) && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// All zeros stand for no object.
  private static func object(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.allSatisfy { $0 == 0x30 } ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
