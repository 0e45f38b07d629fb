import Documents
import References
import SourceText

/// Reads the sites of one parsed file at the places of its dialect.
struct PlaceReader {
  let dialect: Dialect
  let text: SourceText
  let stream: DocumentStream
  let options: DialectOptions
  private let comments: LineComments
  /// The places that can hold something in this file.
  private let places: [Place]

  init(dialect: Dialect, text: SourceText, stream: DocumentStream, options: DialectOptions) {
    self.dialect = dialect
    self.text = text
    self.stream = stream
    self.options = options
    self.comments = LineComments(stream, in: text)
    let holdsCommands = dialect.places.contains { $0.meaning == .script } && ShellImages.mayStand(in: text.bytes)
    places = holdsCommands ? dialect.places : dialect.places.filter { $0.meaning != .script }
  }

  func findings() -> Findings {
    var findings = Findings()
    var defaults: [VariableDefault] = []
    var walk = DocumentWalk(places: places.map(\.path), exclusions: dialect.exclusions)
    for document in stream.documents {
      walk.walk(document)
      // The same node may stand at several places: the first place of the dialect's list decides.
      var seen: [Range<Int>: Int] = [:]
      let isObject = Self.isKubernetesObject(document)
      let uses = ParameterUses(of: walk.matches, in: document, places: places)
      lazy var elsewhere = aliasesElsewhere(in: document, atPlaces: walk.aliasesAtPlaces)
      for match in walk.matches.sorted(by: { $0.placeIndex < $1.placeIndex })
      where holds(places[match.placeIndex].condition, match, isObject: isObject, uses) {
        let meaning = places[match.placeIndex].meaning
        findings.ownImages += meaning == .composeService ? builtImage(of: match.node, in: document, walk) : ownImages(match, meaning)
        findings.links += links(match, meaning, in: document, walk)
        guard seen[match.node.range] == nil else { continue }
        if let nested = nested(match, meaning) {
          seen[match.node.range] = match.placeIndex
          findings.sites += nested.map { inner in
            var site = leftToRobots(inner, match)
            site.pattern = ([places[match.placeIndex].path.description] + (inner.pattern.map { [$0] } ?? [])).joined(
              separator: " > ")
            return site
          }
          continue
        }
        guard var site = site(match, meaning).map({ leftToRobots($0, match) }) else {
          if meaning == .notAnImage { seen[match.node.range] = match.placeIndex }
          continue
        }
        seen[match.node.range] = match.placeIndex
        site.pattern = places[match.placeIndex].path.description
        if let form = places[match.placeIndex].form { site.form = form }
        if meaning == .variableDefault {
          defaults.append(VariableDefault(match, site))
          continue
        }
        if match.node.anchor != nil, let alias = elsewhere[match.node.range] {
          site.content = .failed(.aliasElsewhere(line: text.position(at: alias).line))
        }
        if let other = uses.comparison(match, places[match.placeIndex].condition) {
          site.content = .skipped(.notPinnable(Self.mayBeCompared(line: text.position(at: other).line)))
        }
        findings.sites.append(site)
      }
    }
    findings.sites += used(defaults, by: findings.sites)
    findings.sites.sort { $0.range.lowerBound < $1.range.lowerBound }
    findings.sites = namingEnvironment(findings.sites)
    comments.place(&findings.sites, in: text, dialect: dialect)
    return findings
  }

  private func holds(_ condition: Place.Condition, _ match: DocumentWalk.Match, isObject: Bool, _ uses: ParameterUses) -> Bool {
    switch condition {
    case .always: true
    case .all(let conditions): conditions.allSatisfy { holds($0, match, isObject: isObject, uses) }
    case .siblingEnds(let key, let ends):
      match.mappings.last?[key]?.scalar.map { sibling in ends.contains { sibling.value.hasSuffix($0) } } ?? false
    case .object(let group, let kinds):
      match.objects.contains {
        $0["apiVersion"]?.scalar.map { $0.value.hasPrefix(group + "/") || $0.value.contains(".\(group)/") } ?? false
          && $0["kind"]?.scalar.map { kinds.isEmpty || kinds.contains($0.value) } ?? false
      }
    case .sibling(let key): match.mappings.last?[key] != nil
    case .around(let levels, let keys, let values):
      value(of: keys, around: match, levels).map { values.isEmpty || values.contains($0) } ?? false
    case .aroundHolds(let levels, let keys, let parts):
      value(of: keys, around: match, levels).map { value in parts.contains { value.contains($0) } } ?? false
    case .begins(let start): match.node.scalar?.value.hasPrefix(start) ?? false
    case .fills(let parameter): uses.contains(parameter, match)
    case .valueLacks(let part): match.node.scalar.map { !$0.value.contains(part) } ?? false
    case .siblingValue(let key, let value): match.mappings.last?[key]?.scalar?.value == value
    case .underKey(let glob): match.outerKey.map(glob.matches) ?? false
    case .stepUses(let part): match.mappings.dropLast().last?["uses"]?.scalar?.value.contains(part) ?? false
    case .kubernetesObject: isObject
    }
  }

  private static func isKubernetesObject(_ document: Node) -> Bool {
    document["apiVersion"]?.scalar != nil
      && document["kind"].map { $0.scalar.map { $0.value != "CustomResourceDefinition" } ?? false } ?? false
  }

  // MARK: Sites

  func site(_ match: DocumentWalk.Match, _ meaning: Place.Meaning) -> Site? {
    switch meaning {
    case .splitImage(let keys): return splitSite(match, keys)
    case .helmValue: return helmSite(match)
    case .concourseResource(let reason): return concourseSite(match, leftAlone: reason)
    case .gitRepository(let keys): return gitSite(match, keys)
    case .builtNames, .buildArguments, .substitutedName, .composeService, .notAnImage, .devContainerDockerfile, .devContainerCompose:
      return nil
    default: break
    }
    guard let scalar = match.node.scalar else { return unreadable(match, meaning) }
    let trimmed = scalar.value.utf8Range { !$0.isWhiteSpace }
    guard !trimmed.isEmpty, scalar.style != .plain || scalar.value != "null" && scalar.value != "~" else { return nil }
    var valueRange = trimmed
    let kind = Site.Kind.image
    let value = scalar.value.utf8Slice(valueRange)

    switch meaning {
    case .uses, .dockerURL:
      let scheme = "docker://"
      if value.lowercased().hasPrefix(scheme) {
        valueRange = (valueRange.lowerBound + scheme.utf8.count)..<valueRange.upperBound
      } else if case .uses(let service) = meaning {
        return actionSite(match, valueRange, used(value, scalar, on: service))
      } else {
        return site(match, kind: .image, valueRange, .skipped(.local))
      }
    case .component: return actionSite(match, valueRange, component(value, scalar))
    default: break
    }
    if meaning == .imageOverride, let equals = value.utf8.firstIndex(of: UInt8(ascii: "=")) {
      let length = value.utf8.distance(from: value.startIndex, to: equals) + 1
      valueRange = (valueRange.lowerBound + length)..<valueRange.upperBound
    }
    if case .behind(let mark) = meaning {
      guard let range = range(behind: mark, in: scalar, valueRange) else { return nil }
      valueRange = range
    }
    if case .argument(let name) = meaning {
      guard let range = argument(name, in: scalar, valueRange) else { return nil }
      valueRange = range
    }
    if meaning == .dockerArguments {
      guard let image = DockerArguments.image(in: value) else {
        return site(match, kind: .image, valueRange, .skipped(DockerArguments.notFound))
      }
      valueRange = (valueRange.lowerBound + image.lowerBound)..<(valueRange.lowerBound + image.upperBound)
    }
    let reference = scalar.value.utf8Slice(valueRange)
    if let tag = scalar.tag, tag.hasPrefix("!"), tag != "!" {
      return site(match, kind: kind, valueRange, .skipped(.notLiteral("\(tag) \(reference)")))
    }
    if case .imageOrDeclared(let path) = meaning {
      if isDeclared(reference, at: path) { return nil }
      if reference.utf8.allSatisfy(\.isDeclarableName) {
        return site(match, kind: .image, valueRange, .skipped(.notPinnable(Self.mayBeDeclared)))
      }
    }
    if scalar.style == .expression || dialect.syntax == .hcl && scalar.style == .plain {
      return site(match, kind: kind, valueRange, .skipped(.notLiteral(reference)))
    }
    if meaning != .likelyImage, kind == .image, reference.hasPrefix("ko://") {
      return site(match, kind: kind, valueRange, .skipped(.notPinnable("'ko://' names a program that ko builds into an image")))
    }
    if let placeholder = Literal.placeholder(in: reference)
      ?? (kind == .image && meaning != .likelyImage ? Literal.shoutedName(in: reference) : nil)
    {
      return site(match, kind: kind, valueRange, .skipped(.notLiteral(placeholder)))
    }
    if Self.isImageID(reference) {
      return site(match, kind: kind, valueRange, .skipped(.notPinnable("an image id, which no registry knows")))
    }
    do throws(ImageReferenceError) {
      let image = try ImageReference(parsing: reference)
      if meaning == .likelyImage, image.tag == nil, image.digest == nil {
        // `logo.png`: no image of Docker Hub has a dot in its name, files have.
        let isFile = image.name.registry == ImageName.dockerHub && image.name.repository.utf8.contains(UInt8(ascii: "."))
        return isFile ? nil : site(match, kind: kind, valueRange, .skipped(.tagElsewhere))
      }
      if case .notPinnable(let why) = meaning, image.digest == nil {
        return site(match, kind: kind, valueRange, .skipped(.notPinnable(why)))
      }
      return site(match, kind: kind, valueRange, .image(image))
    } catch {
      if meaning == .likelyImage { return nil }
      return site(match, kind: kind, valueRange, .failed(.invalidReference(error.description)))
    }
  }

  func site(_ match: DocumentWalk.Match, kind: Site.Kind, _ valueRange: Range<Int>, _ content: Site.Content) -> Site {
    let value = match.node.scalar?.value.utf8Slice(valueRange) ?? ""
    let range = text.sourceRange(ofValue: valueRange, in: match.node)
    var content = content
    if range == nil, content.isReference {
      content = .failed(.notSpliceable("an escape or a line break stands inside '\(value)'; write it on one line without escapes"))
    }
    return Site(kind: kind, range: range ?? match.node.range, text: value, place: match.path, content: content, form: dialect.form)
  }

  /// `sha256:` and 64 hexadecimal digits: grammatically a tag of an image `sha256`, which nobody means.
  private static func isImageID(_ text: String) -> Bool { Digest(text)?.algorithm == .sha256 }

  /// A list or mapping where a text is expected: a template that YAML reads as a flow mapping, or something that is not understood.
  private func unreadable(_ match: DocumentWalk.Match, _ meaning: Place.Meaning) -> Site? {
    let source = text.string(match.node.range)
    let reason: SkipReason
    if source.hasPrefix("{{") {
      reason = .notLiteral(source)
    } else if let call = call(match.node), match.isLeaf {
      reason = .notLiteral(call)
    } else if match.isLeaf, meaning != .likelyImage {
      reason = .notUnderstood(match.node.collectionTag.map { "'\($0)'" } ?? (match.node.members.isEmpty ? "a list" : "a mapping"))
    } else {
      return nil
    }
    let firstLine = source.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return Site(range: match.node.range, text: firstLine, place: match.path, content: .skipped(reason), form: dialect.form)
  }

  /// For each anchored node, the first byte of the first alias of it that stands at no place of the dialect.
  private func aliasesElsewhere(in document: Node, atPlaces: Set<Int>) -> [Range<Int>: Int] {
    var elsewhere: [Range<Int>: Int] = [:]
    var pending = [document]
    while let next = pending.popLast() {
      switch next.content {
      case .alias(_, let target?) where !atPlaces.contains(next.range.lowerBound):
        elsewhere[target] = min(elsewhere[target] ?? .max, next.range.lowerBound)
      case .sequence(let elements): pending += elements
      case .mapping(let members): for member in members { pending += [member.key, member.value] }
      case .scalar, .alias: break
      }
    }
    return elsewhere
  }

  // MARK: What the repository builds or replaces

  private func ownImages(_ match: DocumentWalk.Match, _ meaning: Place.Meaning) -> [OwnImage] {
    if meaning == .buildArguments { return BuildArguments.names(in: match.node).flatMap { own([$0.name], .built, $0.node) } }
    let nodes = match.node.scalar == nil ? match.node.elements : [match.node]
    return nodes.flatMap { node -> [OwnImage] in
      guard let scalar = node.scalar else { return [] }
      // A template of HCL is an expression, quotes and all.
      let value = scalar.style == .expression ? scalar.value.utf8Slice(scalar.value.utf8Range { $0 != UInt8(ascii: "\"") }) : scalar.value
      switch meaning {
      case .substitutedName: return own([value], .substituted, node)
      case .builtImage: return own([value], .built, node)
      case .builtNames: return own(value.split { $0 == "," || $0.isNewline }.map(String.init), .built, node)
      default: return []
      }
    }
  }

  func own(_ references: [String], _ origin: OwnImage.Origin, _ node: Node) -> [OwnImage] {
    references.compactMap { written in
      ImageName(namedBy: written.utf8Slice(written.utf8Range { !$0.isWhiteSpace })).map {
        OwnImage(name: $0, origin: origin, byteOffset: node.range.lowerBound)
      }
    }
  }
}

extension Site.Content {
  fileprivate var isReference: Bool {
    switch self {
    case .image, .action: true
    case .skipped, .failed: false
    }
  }
}

extension UInt8 {
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension String {
  /// From the first to the last UTF-8 byte that is wanted, as offsets; empty if there is none.
  func utf8Range(_ isWanted: (UInt8) -> Bool) -> Range<Int> {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: isWanted), let last = bytes.lastIndex(where: isWanted) else { return 0..<0 }
    return first..<(last + 1)
  }

  func utf8Slice(_ range: Range<Int>) -> String {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(decoding: utf8[start..<utf8.index(start, offsetBy: range.count)], as: UTF8.self)
  }
}
