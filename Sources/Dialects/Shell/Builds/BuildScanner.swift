import References

/// Looks through a text for commands that make images, and reads the references they give them.
///
/// The text is any file, whatever is around the command (YAML, JSON, a Makefile), and what is found is left alone, with the line that
/// builds it. What is rewritten is found by `ShellReader` instead, which knows where a shell's text begins and what each of its words is.
struct BuildScanner {
  private let bytes: [UInt8]
  private var index = 0
  private var found: [BuildWord] = []
  /// The names of the contexts that builds are given.
  private(set) var contexts: [BuildWord] = []
  /// The end of the line that was looked at for a comment, and where that comment begins.
  private var comment: (lineEnd: Int, start: Int) = (0, 0)
  private var mentionsKaniko: Bool?

  /// Images that are put into a cluster by name, and those that are pulled.
  private var loaded: [BuildWord] = []
  private var pulled: Set<[UInt8]> = []

  private enum Verb { case build, tag, commit, createManifest, load, pull }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The references in their order, as written.
  mutating func references() -> [BuildWord] {
    while let candidate = nextCandidate() {
      index = candidate.upperBound
      guard !isInComment(candidate.lowerBound) else { continue }
      if bytes[candidate.lowerBound] == UInt8(ascii: "-") {
        readDestination(candidate)
      } else {
        readCommand(Self.clusters.contains { bytes[candidate].starts(with: $0) }, bytes[candidate].starts(with: "pack".utf8))
      }
    }
    // What a script pulls and loads is an image of a registry all the same, and so are Docker Hub's own.
    let loaded = loaded.filter { !pulled.contains($0.text) && !(ImageName(namedBy: $0.string)?.isOfficial ?? false) }
    return found + loaded
  }

  // MARK: Candidates

  private static let tools = ["docker", "podman", "nerdctl", "buildah", "img", "pack"].map { Array($0.utf8) } + clusters
  private static let clusters = ["kind", "k3d", "minikube"].map { Array($0.utf8) }
  private static let destination = Array("--destination".utf8)
  /// What the name of a variable that holds such a tool has in it.
  private static let toolVariables = ["DOCKER", "PODMAN", "BUILDAH", "NERDCTL", "CONTAINER", "OCI"].map { Array($0.utf8) }

  /// The next place from `index` on where a tool's name or Kaniko's option is.
  private func nextCandidate() -> Range<Int>? {
    bytes.withUnsafeBufferPointer { buffer in
      var start = index
      while start < buffer.count {
        switch buffer[start] {
        case UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "n"), UInt8(ascii: "b"), UInt8(ascii: "i"), UInt8(ascii: "k"),
          UInt8(ascii: "m"):
          if let end = endOfTool(at: start, buffer) { return start..<end }
        case UInt8(ascii: "$"):
          if let end = endOfToolVariable(at: start, buffer) { return start..<end }
        case UInt8(ascii: "-"):
          if Self.holds(buffer, Self.destination, at: start), start == 0 || !Self.isNameByte(buffer[start - 1]) {
            return start..<(start + Self.destination.count)
          }
        default: break
        }
        start += 1
      }
      return nil
    }
  }

  private func endOfTool(at start: Int, _ buffer: UnsafeBufferPointer<UInt8>) -> Int? {
    for tool in Self.tools where Self.holds(buffer, tool, at: start) {
      var end = start + tool.count
      if Self.holds(buffer, Array(".exe".utf8), at: end) { end += 4 }
      guard end < buffer.count, Self.isBlank(buffer[end]) || buffer[end] == UInt8(ascii: "\\") else { return nil }
      return Self.beginsWord(at: start, buffer) ? end : nil
    }
    return nil
  }

  /// A Makefile's `-` in front of a command does not belong to it.
  private static func beginsWord(at start: Int, _ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
    guard start > 0 else { return true }
    let previous = buffer[start - 1]
    if previous == UInt8(ascii: "-") { return start == 1 || buffer[start - 2] <= 0x20 || buffer[start - 2] == UInt8(ascii: "@") }
    return !isNameByte(previous) && previous != UInt8(ascii: "$")
  }

  /// `$(DOCKER)`, `${CONTAINER_TOOL:-docker}`, `$DOCKER`, a blank behind it.
  private func endOfToolVariable(at start: Int, _ buffer: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = start + 1
    guard index < buffer.count else { return nil }
    let close: UInt8? =
      switch buffer[index] {
      case UInt8(ascii: "("): UInt8(ascii: ")")
      case UInt8(ascii: "{"): UInt8(ascii: "}")
      default: nil
      }
    if close != nil { index += 1 }
    let nameStart = index
    while index < buffer.count, index - nameStart < 64, buffer[index] == UInt8(ascii: "_") || Self.isAlphanumeric(buffer[index]) {
      index += 1
    }
    guard Self.toolVariables.contains(where: { Self.hasWord($0, in: buffer[nameStart..<index]) }) else { return nil }
    if let close {
      // Bounded, so that many that are not closed cost no more than they have bytes.
      let limit = index + 256
      while index < buffer.count, buffer[index] != close {
        guard buffer[index] > 0x20, index < limit else { return nil }
        index += 1
      }
      index += 1
    }
    return index < buffer.count && Self.isBlank(buffer[index]) ? index : nil
  }

  // MARK: Commands

  /// Reads the command whose tool ends at `index`, and moves behind it if it makes an image.
  private mutating func readCommand(_ isOfCluster: Bool, _ isPack: Bool) {
    var words = BuildWords(bytes, from: index)
    switch isOfCluster ? clusterVerb(&words) : verb(&words) {
    case .build where isPack: found += readPack(&words)
    case .build: readBuild(&words)
    case .load: loaded += positionals(&words)
    case .pull: pulled.formUnion(positionals(&words).map(\.text))
    case .tag: found += positionals(&words).dropFirst().prefix { !$0.text.contains(UInt8(ascii: ">")) }
    case .commit: found += positionals(&words).dropFirst().prefix(1)
    case .createManifest: found += positionals(&words).prefix(1)
    case nil: return
    }
    index = max(index, words.index)
  }

  /// The subcommand, options and command groups in front of it left out.
  private func verb(_ words: inout BuildWords) -> Verb? {
    var group = ""
    for _ in 0..<16 {
      guard let word = words.next() else { return nil }
      let text = word.string
      if text.hasPrefix("-") {
        if Self.globalOptionsWithValue.contains(text) { _ = words.next() }
        continue
      }
      switch text {
      case "image", "buildx", "builder", "container", "manifest", "imagetools": group = text
      case "build", "bud": return .build
      case "b": return group == "buildx" ? .build : nil
      case "create": return group == "imagetools" ? .build : group == "manifest" ? .createManifest : nil
      case "tag": return .tag
      case "commit", "import": return .commit
      case "pull": return .pull
      default: return nil
      }
    }
    return nil
  }

  /// `kind load docker-image`, `k3d image import`, `minikube image load`, and `minikube image build`, which is like Docker's.
  private func clusterVerb(_ words: inout BuildWords) -> Verb? {
    var group = ""
    for _ in 0..<16 {
      guard let word = words.next() else { return nil }
      let text = word.string
      if text.hasPrefix("-") {
        if ["-p", "--profile", "--name"].contains(text) { _ = words.next() }
        continue
      }
      switch (group, text) {
      case ("", "image"), ("", "images"), ("", "load"): group = text
      case ("load", "docker-image"), ("image", "load"), ("image", "import"), ("images", "import"): return .load
      case ("image", "build"): return .build
      case ("image", "tag"): return .tag
      default: return nil
      }
    }
    return nil
  }

  /// `pack build NAME`, and the names behind `-t`.
  private func readPack(_ words: inout BuildWords) -> [BuildWord] {
    var names: [BuildWord] = []
    var hasName = false
    while let word = words.next() {
      let text = word.string
      if ["-t", "--tag"].contains(text) {
        if let name = words.next() { names.append(name) }
      } else if text.hasPrefix("--tag=") {
        names.append(word.dropping(6))
      } else if text.hasPrefix("-") {
        if !text.contains("="), !Self.flagsOfPack.contains(text) { _ = words.next() }
      } else if !hasName {
        hasName = true
        names.append(word)
      }
    }
    return names
  }

  /// Those that take no value; <https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/cli/pack_build/>.
  private static let flagsOfPack: Set<String> = [
    "--clear-cache", "--interactive", "--publish", "--sparse", "--trust-builder", "--trust-extra-buildpacks", "-q", "--quiet", "-v",
    "--verbose",
    "--no-color", "--timestamps",
  ]

  private static let globalOptionsWithValue: Set<String> = [
    "-H", "--host", "-c", "--context", "-l", "--log-level", "--config", "--tlscacert", "--tlscert", "--tlskey", "--builder", "--connection",
    "--url", "--identity", "--root", "--runroot", "--storage-driver", "--storage-opt", "--cgroup-manager", "-n", "--namespace", "-a",
    "--address",
    "--snapshotter",
  ]

  private mutating func readBuild(_ words: inout BuildWords) {
    while let word = words.next() {
      let text = word.string
      switch text {
      case "-t", "--tag", "-qt", "--manifest":
        if let reference = words.next() { found.append(reference) }
      case "-o", "--output":
        if let output = words.next() { found += names(inOutput: output) }
      case "--build-context":
        if let context = words.next() { contexts.append(context.before(UInt8(ascii: "="))) }
      case _ where text.hasPrefix("--build-context="): contexts.append(word.dropping(16).before(UInt8(ascii: "=")))
      case _ where text.hasPrefix("--tag="): found.append(word.dropping(6))
      case _ where text.hasPrefix("--manifest="): found.append(word.dropping(11))
      case _ where text.hasPrefix("--output="): found += names(inOutput: word.dropping(9))
      case _ where text.hasPrefix("-t="): found.append(word.dropping(3))
      case _ where text.hasPrefix("-t"): found.append(word.dropping(2))
      default: break
      }
    }
  }

  /// `type=image,name=acme/app,push=true`
  private func names(inOutput output: BuildWord) -> [BuildWord] {
    var names: [BuildWord] = []
    var start = 0
    for field in output.text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      if field.starts(with: "name=".utf8) { names.append(BuildWord(text: Array(field.dropFirst(5)), offset: output.offset + start + 5)) }
      start += field.count + 1
    }
    return names
  }

  /// The words that are neither options nor their values.
  private func positionals(_ words: inout BuildWords) -> [BuildWord] {
    let optionsWithValue: Set<String> = [
      "-a", "--author", "-c", "--change", "-m", "--message", "-f", "--format", "--platform", "--authfile", "--name",
      "--nodes", "--cluster", "--mode",
    ]
    var found: [BuildWord] = []
    while let word = words.next() {
      if word.text.first != UInt8(ascii: "-") || word.text.count == 1 {
        found.append(word)
      } else if optionsWithValue.contains(word.string) {
        _ = words.next()
      }
    }
    return found
  }

  /// Kaniko's option, in a command or as an element of a list. Other tools have an option of that name, too.
  private mutating func readDestination(_ option: Range<Int>) {
    guard holdsKaniko() else { return }
    var words = BuildWords(bytes, from: option.lowerBound)
    guard let word = words.next() else { return }
    var reference = word.dropping(Self.destination.count)
    if reference.text.isEmpty {
      guard let next = words.next() else { return }
      reference = next
    } else if reference.text.first == UInt8(ascii: "=") {
      reference = reference.dropping(1)
    } else {
      return
    }
    reference.text = Array(reference.text.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]") })
    found.append(reference)
    index = max(index, words.index)
  }

  private mutating func holdsKaniko() -> Bool {
    if let mentionsKaniko { return mentionsKaniko }
    let word = Array("kaniko".utf8)
    let holds = bytes.withUnsafeBufferPointer { buffer in
      buffer.indices.contains { buffer[$0] == UInt8(ascii: "k") && Self.holds(buffer, word, at: $0) }
    }
    mentionsKaniko = holds
    return holds
  }

  // MARK: Comments

  /// Whether a `#` that begins a word, outside of quotes, is in front of that place on its line.
  private mutating func isInComment(_ place: Int) -> Bool {
    if place >= comment.lineEnd { comment = commentOnLine(of: place) }
    return comment.start <= place
  }

  private func commentOnLine(of place: Int) -> (lineEnd: Int, start: Int) {
    let lineStart = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let lineEnd = bytes[place...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    var quote: UInt8?
    var previous = UInt8(ascii: " ")
    for index in lineStart..<lineEnd {
      let byte = bytes[index]
      if byte == quote {
        quote = nil
      } else if quote == nil {
        if byte == UInt8(ascii: "#"), Self.isBlank(previous) { return (lineEnd, index) }
        // An apostrophe inside of a word opens no quote.
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\""), !Self.isAlphanumeric(previous) { quote = byte }
      }
      previous = byte
    }
    return (lineEnd, .max)
  }

  // MARK: Bytes

  private static func holds(_ buffer: UnsafeBufferPointer<UInt8>, _ word: [UInt8], at start: Int) -> Bool {
    guard start + word.count <= buffer.count else { return false }
    for offset in word.indices where buffer[start + offset] != word[offset] { return false }
    return true
  }

  /// Whether the upper-case letters of `word` are somewhere in `name`, in any case.
  private static func hasWord(_ word: [UInt8], in name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard name.count >= word.count else { return false }
    return (name.startIndex...(name.endIndex - word.count)).contains { start in
      word.indices.allSatisfy { name[start + $0] & 0xDF == word[$0] }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}
