import Documents
import References
import SourceText

/// A mapping with the `type` and `source: {repository, tag}` of a resource of the types `registry-image` and `docker-image`, whose digest
/// goes to `version: {digest}`.
///
/// Its text is the reference that its parts make, its range the bytes of the repository's name. Without a tag it is the one called
/// `latest`: `docker-image` takes no other, and `registry-image` looks at tags that are versions first, but at `latest` last, which counts
/// where it is not one of them; <https://github.com/concourse/registry-image-resource#source-configuration>. Keys that choose among the
/// versions leave open which image is meant.
struct ConcourseResource: PlaceReading {
  /// Why it is left alone, where it has no version of its own.
  var whyLeftAlone: String?

  var words: String? { " (`source` into `version: {digest}`)" }

  /// Keys of a source without a tag, with which Concourse chooses one of the tags that it finds.
  private static let choices = ["variant", "semver_constraint", "tag_regex", "pre_releases"]

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    let resource = match.node
    guard let type = resource["type"]?.scalar?.value, ["registry-image", "docker-image"].contains(type), let source = resource["source"]
    else { return nil }
    guard let name = source["repository"], let written = name.scalar?.value, !written.isEmpty else {
      let line = file.text.string(file.text.lineRange(file.text.lineIndex(at: source.range.lowerBound)))
      let reason = SkipReason.notUnderstood("a source without a repository of its own")
      return [Site(range: source.range, text: line, place: match.path, content: .skipped(reason))]
    }
    return [site(at: match, name, written, source, of: file)]
  }

  private func site(at match: Match, _ name: Node, _ written: String, _ source: Node, of file: ReadFile) -> Site {
    let resource = match.node
    let tag = source["tag"]?.scalar
    let version = resource["version"]
    let digest = version?["digest"]
    let choice = tag == nil ? Self.choices.first { source[$0] != nil } : nil
    let isLatest = tag == nil && choice == nil && whyLeftAlone == nil
    let text = written + (tag.map { ":\($0.value)" } ?? (isLatest ? ":latest" : "")) + (digest?.scalar.map { "@\($0.value)" } ?? "")
    var site = Site(
      range: file.sourceRange(ofValue: 0..<written.utf8.count, in: name) ?? name.range, text: text, place: match.path,
      content: .skipped(.tagElsewhere), form: file.dialect.form)
    if let whyLeftAlone {
      site.content = .skipped(.notPinnable(whyLeftAlone))
    } else if let placeholder = Literal.placeholder(in: text) {
      site.content = .skipped(.notLiteral(placeholder))
    } else if source["aws_region"] != nil {
      site.content = .skipped(.notPinnable("its registry is the one of 'aws_region', which is not written here"))
    } else if let tag, tag.style == .plain, PlainScalar.isNumber(tag.value), !tag.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      site.content = .failed(.numericTag(tag.value))
    } else if let choice, digest == nil {
      site.content = .skipped(.notPinnable("'\(choice)' has Concourse choose the tag when it runs; write 'tag' instead"))
    } else {
      do throws(ImageReferenceError) {
        site.content = .image(try ImageReference(parsing: text))
        site.digestKey = versionKey(of: resource, version, digest, of: file)
        if site.digestKey == nil {
          site.content = .skipped(.notPinnable("'version: {digest: …}' cannot be written here; write the resource with one key a line"))
        }
      } catch { site.content = .failed(.invalidReference(error.description)) }
    }
    return site
  }

  private func versionKey(of resource: Node, _ version: Node?, _ digest: Node?, of file: ReadFile) -> DigestKey? {
    let text = file.text
    guard text.bytes[resource.range.lowerBound] != UInt8(ascii: "{") else { return nil }
    if let version {
      guard let digest, let scalar = digest.scalar, let range = file.sourceRange(ofValue: 0..<scalar.value.utf8.count, in: digest),
        let removal = linesOf("version", version, in: resource, text)
      else { return nil }
      return DigestKey(name: "version", range: range, removal: removal)
    }
    guard let member = resource.members.position(of: "source").map({ resource.members[$0] }) else { return nil }
    let keyLine = text.lineIndex(at: member.key.range.lowerBound)
    let lastLine = text.lineIndex(at: member.value.range.upperBound - 1)
    let end = text.lineRange(lastLine).upperBound
    let column = member.key.range.lowerBound - text.lineStarts[keyLine] - (keyLine == 0 ? text.byteOrderMarkLength : 0)
    let line = String(decoding: text.lineEnding(keyLine), as: UTF8.self)
    let indentation = String(repeating: " ", count: column)
    return DigestKey(
      name: "version", range: end..<end, prefix: "\(line)\(indentation)version:\(line)\(indentation)  digest: ", removal: 0..<0)
  }

  /// All lines of a member, and the line ending before them. nil where something else is on them.
  private func linesOf(_ key: String, _ value: Node, in mapping: Node, _ text: SourceText) -> Range<Int>? {
    guard let index = mapping.members.position(of: key), index > 0 else { return nil }
    let first = text.lineIndex(at: mapping.members[index].key.range.lowerBound)
    let last = text.lineRange(text.lineIndex(at: value.range.upperBound - 1))
    guard first > 0, text.bytes[text.lineRange(first).lowerBound..<mapping.members[index].key.range.lowerBound].allSatisfy({ $0 == 0x20 }),
      last.upperBound == value.range.upperBound
    else { return nil }
    return text.lineRange(first - 1).upperBound..<last.upperBound
  }
}
