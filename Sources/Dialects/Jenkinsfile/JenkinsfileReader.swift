import Documents
import References
import SourceText

/// Goes through the tokens of a Jenkinsfile once and knows only in which blocks and calls it is.
struct JenkinsfileReader {
  private let text: SourceText
  private let tokens: [GroovyToken]
  private let dialect: Dialect
  private var open: [Block] = []
  /// What the last `)` closed: the name of the call, and the index of its first argument's token.
  private var lastCall: (name: String, argument: Int)?
  private var findings = Findings()

  /// A call's parentheses, or a closure.
  private struct Block {
    var name: String
    var isCall: Bool
    /// Index of the token behind the bracket.
    var start: Int
    var firstSite: Int
    /// The registry that is set for the images in it; nil where none is.
    var registry: Registry?
  }

  /// A registry that Jenkins puts before the names of images, but for those that begin with it (docker-commons'
  /// DockerRegistryEndpoint.imageName).
  private struct Registry {
    /// nil where it is not written out.
    var host: String?

    func stands(before name: ImageName) -> Bool { host != name.registry }
  }

  init(_ text: SourceText, _ tokens: [GroovyToken], dialect: Dialect) {
    self.text = text
    self.tokens = tokens
    self.dialect = dialect
  }

  mutating func read() -> Findings {
    for index in tokens.indices {
      switch tokens[index].kind {
      case .sign(UInt8(ascii: "(")): begin(word(index - 1) ?? "", isCall: true, index)
      case .sign(UInt8(ascii: "{")): beginClosure(index)
      case .sign(UInt8(ascii: "[")): begin("", isCall: true, index)
      case .sign(UInt8(ascii: ")")), .sign(UInt8(ascii: "}")), .sign(UInt8(ascii: "]")): end()
      case .word(let word): read(word, at: index)
      case .sign, .string, .lineEnd: break
      }
    }
    while !open.isEmpty { end() }
    return findings
  }

  // MARK: Blocks

  private mutating func begin(_ name: String, isCall: Bool, _ index: Int) {
    open.append(Block(name: name, isCall: isCall, start: index + 1, firstSite: findings.sites.count))
  }

  private mutating func beginClosure(_ index: Int) {
    if let name = word(index - 1) { return begin(name, isCall: false, index) }
    guard token(index - 1)?.isSign(")") ?? false, let call = lastCall else { return begin("", isCall: false, index) }
    begin(call.name, isCall: false, index)
    if call.name == "withRegistry" { open[open.count - 1].registry = registry(at: call.argument) }
  }

  /// The one whose URL is the token there; nil for an empty URL, which stands for Docker Hub.
  private func registry(at index: Int?) -> Registry? {
    guard let url = index.flatMap({ token($0)?.string }) else { return Registry() }
    if url.content.isEmpty { return nil }
    let written = text.string(url.content)
    guard !url.isInterpolated || !written.contains("$"), let scheme = written.firstRange(of: "://") else { return Registry() }
    return Registry(host: written[scheme.upperBound...].prefix { $0 != "/" }.lowercased())
  }

  private mutating func end() {
    guard let block = open.popLast() else { return }
    if block.isCall { lastCall = (block.name, block.start) }
    guard let registry = block.registry else { return }
    for index in findings.sites.indices.dropFirst(block.firstSite) {
      if case .skipped = findings.sites[index].content { continue }
      if let image = findings.sites[index].image, !registry.stands(before: image.name) { continue }
      findings.sites[index].content = .skipped(
        .notPinnable("the registry that is set around it goes before its name; write the registry into the name, or pin it by hand"))
    }
  }

  // MARK: Words

  private mutating func read(_ word: String, at index: Int) {
    let isMember = token(index - 1)?.isSign(".") ?? false
    let block = open.last?.name
    switch word {
    case "docker" where !isMember && token(index + 1)?.isSign(".") ?? false:
      if self.word(index + 2) == "image" { readArgument(at: index + 3, "docker.image") }
      if self.word(index + 2) == "build" { readBuild(at: index + 3) }
    case "docker" where !isMember && block == "agent" && !(token(index + 1)?.isSign("{") ?? true):
      readArgument(at: index + 1, "agent.docker")
    case "image" where !isMember && ["docker", "dockerContainer", "containerTemplate"].contains(block ?? ""):
      guard beginsArgument(index) else { return }
      readArgument(at: index + 1, "\(block ?? "").image")
    case _ where !isMember && Self.shellSteps.contains(word): readShell(at: index + 1, word)
    case "script" where Self.shellSteps.contains(block ?? "") && token(index + 1)?.isSign(":") ?? false:
      readShell(at: index + 2, block ?? "")
    case "registryUrl" where block == "docker":
      open[open.count - 1].registry = registry(at: argument(at: index + 1))
    case "yaml" where block == "kubernetes" || block == "podTemplate":
      if beginsArgument(index), let value = argument(at: index + 1), let literal = tokens[value].string {
        readPod(literal, tokens[value].range)
      }
    default: break
    }
  }

  /// Whether a statement or a named argument begins there.
  private func beginsArgument(_ index: Int) -> Bool {
    guard let before = token(index - 1) else { return true }
    return before.kind == .lineEnd || ["(", "{", ",", ";"].contains(where: before.isSign)
  }

  /// Index of the first token of the argument: behind `(`, behind `:`, or here.
  private func argument(at index: Int) -> Int? {
    var index = index
    var isInside = false
    while let token = token(index), token.isSign("(") || token.isSign(":") || isInside && token.kind == .lineEnd {
      isInside = isInside || token.isSign("(")
      index += 1
    }
    return token(index).map { _ in index }
  }

  private mutating func readArgument(at index: Int, _ place: SitePlace) {
    guard let first = argument(at: index), tokens[first].kind != .lineEnd else { return }
    // `docker(image: '…')`: the name of the argument is met by itself.
    if word(first) == "image", token(first + 1)?.isSign(":") ?? false { return }
    guard let literal = tokens[first].string, !(token(first + 1)?.isSign("+") ?? false) else {
      let end =
        (first..<tokens.count).first { tokens[$0].kind == .lineEnd || [")", ",", "}", ";"].contains(where: tokens[$0].isSign) }
        ?? tokens.count
      guard end > first else { return }
      let range = tokens[first].range.lowerBound..<tokens[end - 1].range.upperBound
      return add(range, place, .skipped(.notLiteral(text.string(range))))
    }
    let written = text.string(literal.content)
    guard !written.isEmpty else { return }
    if let placeholder = Literal.placeholder(in: written) ?? (literal.isInterpolated ? written : nil) {
      return add(literal.content, place, .skipped(.notLiteral(placeholder)))
    }
    if literal.hasEscape {
      return add(literal.content, place, .failed(.notSpliceable("an escape is inside '\(written)'; write it without")))
    }
    // Both methods take another tag than the one that is written here.
    if isPushed(behind: first), let image = OwnImage(builtAs: written, isComputed: true, byteOffset: literal.content.lowerBound) {
      findings.ownImages.append(image)
    }
    do throws(ImageReferenceError) { add(literal.content, place, .image(try ImageReference(parsing: written))) } catch {
      add(literal.content, place, .failed(.invalidReference(error.description)))
    }
  }

  private mutating func add(_ range: Range<Int>, _ place: SitePlace, _ content: Site.Content) {
    findings.sites.append(Site(range: range, text: text.string(range), place: place, content: content, form: dialect.form))
  }

  // MARK: What is built

  private mutating func readBuild(at index: Int) {
    guard let first = argument(at: index), let literal = tokens[first].string,
      let image = OwnImage(builtAs: text.string(literal.content), byteOffset: literal.content.lowerBound)
    else { return }
    findings.ownImages.append(image)
  }

  /// `docker.image('…').push()` and `.tag()`.
  private func isPushed(behind argument: Int) -> Bool {
    guard token(argument + 1)?.isSign(")") ?? false, token(argument + 2)?.isSign(".") ?? false else { return false }
    return ["push", "tag"].contains(word(argument + 3) ?? "")
  }

  // MARK: Commands

  static let shellSteps: Set<String> = ["sh", "bat", "powershell", "pwsh"]

  /// The text of a step that a shell runs: `sh 'docker run …'`.
  private mutating func readShell(at index: Int, _ step: String) {
    guard let first = argument(at: index), let literal = tokens[first].string else { return }
    let script = Array(text.bytes[literal.content])
    guard ShellImages.mayStand(in: script) else { return }
    if literal.hasEscape {
      // Its first line stands for it.
      let start = literal.content.first { !text.bytes[$0].isWhiteSpace } ?? literal.content.lowerBound
      let end = min(text.lineRange(text.lineIndex(at: start)).upperBound, literal.content.upperBound)
      return add(start..<end, SitePlace(step), .skipped(.notUnderstood("a script with escapes")))
    }
    let grammar: ShellGrammar? =
      switch step {
      case "bat": .cmd
      case "powershell", "pwsh": .powerShell
      default: ShellGrammar(ofScript: script)
      }
    guard let grammar else { return }
    findings.sites += ShellImages.sites(in: text, parts: [TracedBytes(text.bytes, literal.content)], grammar).map { site in
      var site = site
      site.place = SitePlace(step)
      site.form = dialect.form
      return site
    }
  }

  // MARK: Pods

  private mutating func readPod(_ literal: GroovyToken.Literal, _ range: Range<Int>) {
    let place: SitePlace = "\(open.last?.name ?? "").yaml"
    if literal.hasEscape { return add(range, place, .skipped(.notUnderstood("text with escapes"))) }
    let pod = dialect.inner(.yaml, [Place("**.containers[].image"), Place("**.initContainers[].image")])
    do throws(DocumentError) {
      for var site in try pod.findings(in: SourceText(Array(text.bytes[literal.content]))).sites {
        site.range = (site.range.lowerBound + literal.content.lowerBound)..<(site.range.upperBound + literal.content.lowerBound)
        site.place = place + site.place
        site.commentPlace = .none
        site.tagComment = nil
        findings.sites.append(site)
      }
    } catch {
      guard text.string(literal.content).contains("image:") else { return }
      add(range, place, .skipped(.notUnderstood("text that cannot be read as YAML (\(error.problem))")))
    }
  }

  private func token(_ index: Int) -> GroovyToken? { tokens.indices.contains(index) ? tokens[index] : nil }
  private func word(_ index: Int) -> String? { token(index)?.word }
}
