import References
import SourceText

/// A name that is made of parts of the same file: `alpine:${TAG}` with `ARG TAG=3`,
/// `${REGISTRY:-docker.io}/alpine:3`.
struct AssembledName: Sendable {
  struct Part: Sendable {
    var text: TracedBytes
    var source: Source
  }

  enum Source: Hashable, Sendable {
    /// In the name itself.
    case name
    /// In the name, for this variable where nothing else is given: `${TAG:-3}`.
    case fallback(String)
    /// Elsewhere in the file, for this variable where nothing else is given; the offset of the line.
    case elsewhere(String, at: Int)
  }

  var parts: [Part]

  var text: String { String(decoding: parts.flatMap(\.text.bytes), as: UTF8.self) }

  /// Where its digest is or can be written: its own bytes, or the end of the only default in it, which then goes with its digest
  /// wherever another value is given. nil where there is more than one such place, or where a digest might meet another name.
  func digestKey(of image: ImageReference) -> DigestKey? {
    guard let last = parts.last(where: { !$0.text.isEmpty }) else { return nil }
    if let digest = image.digest {
      let start = last.text.count - digest.description.utf8.count
      guard start >= 0, let range = last.text[start..<last.text.count].range else { return nil }
      // An `@` that another part ends with stays there, and what is elsewhere could not be pinned again: such a digest is not taken away.
      let isElsewhere = if case .elsewhere = last.source { true } else { false }
      let removal = start > 0 && !isElsewhere ? last.text[(start - 1)..<last.text.count].range : nil
      return DigestKey(name: "digest", range: range, removal: removal)
    }
    guard case .fallback = last.source, parts.count(where: { $0.source != .name }) == 1, let end = last.text.range?.upperBound else {
      return nil
    }
    return DigestKey(name: "digest", range: end..<end, prefix: "@", removal: end..<end)
  }

  /// Why no digest is written for it.
  func reason(_ image: ImageReference, line: (Int) -> Int = { $0 }) -> SkipReason {
    let variables = parts.compactMap(\.variable)
    let nameLength = image.writtenName.utf8.count
    var offset = 0
    var isInName = false
    for part in parts {
      if part.variable != nil, offset < nameLength { isInName = true }
      offset += part.text.count
    }
    let why =
      isInName
      ? "with another value its digest would be asked of another image"
      : "what else uses '\(variables.last ?? "")' would meet the digest, too"
    return .madeOfParts("'\(image.written)' \(defaults(line)), and \(why); give the whole image one variable to have it pinned")
  }

  /// Why the text, as it is written, is not a reference.
  func reason(_ error: ImageReferenceError, line: (Int) -> Int = { $0 }) -> SkipReason {
    .madeOfParts("'\(text)' \(defaults(line)), which is not a reference: \(error)")
  }

  /// `by the defaults of 'NAME' in line 1 and 'TAG' in line 2`
  private func defaults(_ line: (Int) -> Int) -> String {
    var seen: Set<String> = []
    var places: [String] = []
    for part in parts {
      switch part.source {
      case .name: break
      case .fallback(let name): if seen.insert(name).inserted { places.append("'\(name)'") }
      case .elsewhere(let name, let offset): if seen.insert(name).inserted { places.append("'\(name)' in line \(line(offset))") }
      }
    }
    guard let last = places.last else { return "by its defaults" }
    guard places.count > 1 else { return "by the default of \(last)" }
    return "by the defaults of \(places.dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension AssembledName.Part {
  fileprivate var variable: String? {
    switch source {
    case .name: nil
    case .fallback(let name), .elsewhere(let name, _): name
    }
  }
}
