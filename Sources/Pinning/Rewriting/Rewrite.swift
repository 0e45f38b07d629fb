import Dialects
import Documents
import References
import SourceText

/// Why a file's new bytes are not written.
package enum RewriteError: Error, Hashable, Sendable {
  case splice(SpliceError)
  /// The new bytes do not read as the old ones with the planned changes; what differs.
  case differs(String)
}

extension RewriteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .splice(let error): "cannot be rewritten: \(error)"
    case .differs(let what):
      "would not read the same after the change (\(what)), so it is left as it is; please report this file as a bug of tagpin"
    }
  }
}

extension ScannedFile {
  /// The file's bytes with these changes, read again: the references must be the old ones with the changes, and nothing else may differ.
  package func rewritten(_ changes: [SiteChange]) throws(RewriteError) -> [UInt8] {
    guard let text, let dialect else { throw .differs("it was not read") }
    let bytes: [UInt8]
    do throws(SpliceError) { bytes = try text.applying(changes.flatMap(\.splices)) } catch { throw .splice(error) }
    let newText = SourceText(bytes)
    var found: Findings
    let sameShape: Bool
    do throws(DocumentError) {
      found = try dialect.findings(in: newText, options: options)
      found.settle(by: settledParameters)
      if let old = try dialect.documents(in: text, options: options),
        let new = try dialect.documents(in: newText, options: options)
      {
        sameShape = old.hasSameShape(
          as: new, exceptScalarsTouching: changes.map { findings.sites[$0.siteIndex].range },
          members: Set(changes.compactMap { findings.sites[$0.siteIndex].digestKey?.name }))
      } else {
        sameShape = true
      }
    } catch {
      throw .differs("it cannot be read any more: \(error.problem)")
    }
    guard sameShape else { throw .differs("another value changed") }
    guard found.sites.count == findings.sites.count else {
      throw .differs("\(found.sites.count) references in place of \(findings.sites.count)")
    }
    let references = Dictionary(changes.map { ($0.siteIndex, $0.reference) }, uniquingKeysWith: { first, _ in first })
    for (index, (old, new)) in zip(findings.sites, found.sites).enumerated() {
      guard new.place == old.place, new.kind == old.kind else { throw .differs("'\(old.text)' at \(old.place) moved") }
      if let reference = references[index] {
        guard new.text == reference.written, new.names(reference) else {
          throw .differs("'\(old.text)' at \(old.place) became '\(new.text)'")
        }
      } else {
        guard new.text == old.text, new.content == old.content else { throw .differs("'\(old.text)' at \(old.place) became '\(new.text)'") }
      }
    }
    return bytes
  }
}

extension Site {
  fileprivate func names(_ reference: Reference) -> Bool {
    switch reference {
    case .action(let action): self.action == action
    // A tag without a place for a digest is what a tag that held one becomes.
    case .image(let image): self.image == image || isNotPinnable && image.digest == nil
    }
  }

  private var isNotPinnable: Bool {
    if case .skipped(.notPinnable) = content { true } else { false }
  }
}
