import Documents
import SourceText

extension Dialect {
  /// Whether a file of that path, relative to the repository's root, may be of this dialect.
  package func claims(_ path: String) -> Bool { claims(PathNames(path)) }

  /// A template is of the dialect of what it makes.
  package func claims(_ names: PathNames) -> Bool {
    names.all.contains { path in
      (claim.paths.contains { $0.matches(path) } || claim.content?.files.contains { $0.matches(path) } ?? false)
        && !notFiles.contains { $0.matches(path) }
    }
  }

  /// The first mark of a template language that is in the text.
  package func templateMark(in text: SourceText) -> String? {
    templateMarks.first { mark in
      let needle = Array(mark.utf8)
      return text.bytes.holds(needle)
        && text.bytes.indices.contains { text.bytes[$0...].starts(with: needle) && ($0 == 0 || text.bytes[$0 - 1] != UInt8(ascii: "$")) }
    }
  }

  /// Whether the path says by itself that a file is of this dialect.
  package func isNamed(by path: String) -> Bool {
    PathNames(path).all.contains { path in claim.paths.contains { $0.matches(path) } && !notFiles.contains { $0.matches(path) } }
  }

  /// Whether the name alone says that a file that it claims is of this dialect.
  package func isTold(by path: String) -> Bool {
    claim.content == nil || PathNames(path).all.contains { path in claim.paths.contains { $0.matches(path) } }
  }

  /// Whether a claimed file with that content is worth reading, where its name does not tell.
  package func isLikely(_ content: inout ContentMarks) -> Bool { content.hold(claim.content?.marks ?? []) }

  /// Whether a file with that content may have references. One whose name tells what it is need not.
  package func mayHaveReferences(_ content: inout ContentMarks) -> Bool { content.hold(claim.needs) }

  /// Whether what tells it by its content is the shape of a document, and nothing that is found in one.
  package var hasShape: Bool { claim.content?.shape != nil }

  /// Whether a file has that shape. Throws where it cannot be parsed.
  package func recognises(_ text: SourceText, at path: String) throws(DocumentError) -> Bool {
    guard let shape = claim.content?.shape, case .nodes(let read) = syntax(of: text, at: path).reading else { return false }
    return try read(text, customs.passedOver).documents.contains { shape($0) }
  }
}
