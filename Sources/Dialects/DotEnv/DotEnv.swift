import Documents
import References
import SourceText

/// Finds the images in the `.env` file of a Compose project;
/// <https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax>.
enum DotEnv {
  /// The values of those variables that are the whole of an image in a Compose file beside it. Compose puts the value in as it is, with tag
  /// and digest.
  static func findings(in text: SourceText, beside files: [DialectOptions.Companion]) -> Findings {
    var variables: [String: (variable: ComposeImageVariable, file: String)] = [:]
    for file in files {
      for variable in imageVariables(of: file) {
        let known = variables[variable.name]
        let isBuilt = variable.isBuilt || known?.variable.isBuilt ?? false
        // What one file uses as a part of something stays left alone, whatever the others do.
        variables[variable.name] = known?.variable.otherUse == nil ? (variable, file.name) : known
        variables[variable.name]?.variable.isBuilt = isBuilt
      }
    }
    var findings = Findings(links: ShellFiles.composeFiles(in: text.bytes))
    guard !variables.isEmpty else { return findings }
    for value in values(in: text) {
      guard let (variable, file) = variables[value.name] else { continue }
      findings.sites.append(site(value, variable, file: file, text))
      if variable.isBuilt, let image = OwnImage(builtAs: text.string(value.range), byteOffset: value.range.lowerBound) {
        findings.ownImages.append(image)
      }
    }
    return findings
  }

  private static func imageVariables(of file: DialectOptions.Companion) -> [ComposeImageVariable] {
    let text = SourceText(file.bytes)
    guard let stream = try? YAMLReader.read(text) else { return [] }
    return ComposeImageVariable.all(in: stream, of: text)
  }

  private static func site(_ value: DotEnvAssignment, _ variable: ComposeImageVariable, file: String, _ text: SourceText) -> Site {
    let written = text.string(value.range)
    var site = Site(
      range: value.range, text: written, place: SitePlace(value.name),
      content: .skipped(.notUnderstood("a value with escapes or line breaks")))
    let above = value.line > 0 ? DotEnvReader.comment(alone: value.line - 1, in: text) : nil
    if let placeholder = Literal.placeholder(in: written) {
      site.content = .skipped(.notLiteral(placeholder))
    } else if let line = variable.otherUse {
      let why = "line \(line) of '\(file)' uses '\(value.name)' in another way, too; give the image a variable of its own"
      site.content = .skipped(.usedOtherwise(why))
    } else if Digest(written)?.algorithm == .sha256 {
      site.content = .skipped(.notPinnable("an image id, which no registry knows"))
    } else if value.quote == .none || !written.contains(where: { $0.isNewline || $0 == "\\" }) {
      do throws(ImageReferenceError) { site.content = .image(try ImageReference(parsing: written)) } catch {
        site.content = .failed(.invalidReference(error.description))
      }
    }
    if site.image != nil {
      let start = max(text.lineStarts[value.line], value.line == 0 ? text.byteOrderMarkLength : 0)
      let ending = text.lineEnding(value.line).isEmpty ? text.lineEnding(0) : text.lineEnding(value.line)
      // Not behind the value: what else reads the file may take it for a part of it.
      site.commentPlace = .lineAbove(
        insertion: start, indentation: "", lineEnding: ending.isEmpty ? "\n" : String(decoding: ending, as: UTF8.self))
      site.tagComment = above.flatMap { TagComment.parse(comment: $0, in: text) }
    }
    if let mark = [value.comment, above].lazy.compactMap({ $0.flatMap { IgnoreMark(in: $0.text) } }).first { site.leave(by: mark) }
    return site
  }

  /// The values that are in force and not empty, in the order of their bytes. Of a name that is there twice the last one counts.
  static func values(in text: SourceText) -> [DotEnvAssignment] {
    var last: [String: DotEnvAssignment] = [:]
    for value in DotEnvReader.read(text).assignments { last[value.name] = value }
    return last.values.filter { !$0.range.isEmpty }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

extension Syntax {
  static let dotEnv = Syntax(
    "an .env file", words: "values of variables that are the whole of an `image` in a Compose file beside it", tellsOfOthers: true,
    reading: .sites { (text, _, options) in DotEnv.findings(in: text, beside: options.companions) })
}
