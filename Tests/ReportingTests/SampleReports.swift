import Dialects
import Pinning
import References
import Rules
import SourceText

let digestA = "sha256:4c1f0a9b2d3e" + String(repeating: "a", count: 52)
let digestB = "sha256:b0b0b0b0b0b0" + String(repeating: "b", count: 52)

extension SiteState {
  /// To the reference that is written so: an image, else an action.
  static func changed(to text: String) -> SiteState {
    if let image = try? ImageReference(parsing: text) { return .changed(to: NewReference(.image(image))) }
    guard let action = try? ActionReference(parsing: text, on: .github) else { preconditionFailure("no reference: \(text)") }
    return .changed(to: NewReference(.action(action)))
  }
}

/// A site whose text begins at this line and column of an imaginary file; its offset is 100 × line + column.
func site(
  _ text: String, _ line: Int, _ column: Int, _ state: SiteState, place: String = "services.web.image", kind: Site.Kind = .image,
  content: Site.Content? = nil, pattern: String? = nil
) -> SiteReport {
  let offset = 100 * line + column
  let parsed = (try? ImageReference(parsing: text)).map(Site.Content.image)
  var content = content ?? parsed ?? .failed(.invalidReference("made up"))
  if case .skipped(let reason) = state { content = parsed ?? .skipped(reason) }
  var site = Site(kind: kind, range: offset..<(offset + text.utf8.count), text: text, place: SitePlace(place), content: content)
  site.pattern = pattern
  return SiteReport(
    site: site, position: SourcePosition(line: line, column: column), state: state)
}

func change(isWritten: Bool = true) -> FileReport.Change {
  FileReport.Change("a\n", "b\n", isWritten: isWritten)
}

extension FileReport.Change {
  init(_ original: String, _ changed: String, isWritten: Bool = false) {
    self.init(Array(original.utf8), Array(changed.utf8), isWritten: isWritten)
  }

  /// With the fewest splices that make one of the other.
  init(_ original: [UInt8], _ changed: [UInt8], isWritten: Bool = false) {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changed.difference(from: original) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var splices: [Splice] = []
    var (old, new) = (0, 0)
    while old < original.count || new < changed.count {
      var splice = Splice(old..<old, with: [UInt8]())
      while removed.contains(splice.range.upperBound) || inserted.contains(new) {
        if removed.contains(splice.range.upperBound) {
          splice.range = old..<(splice.range.upperBound + 1)
        } else {
          splice.replacement.append(changed[new])
          new += 1
        }
      }
      if splice.range.isEmpty, splice.replacement.isEmpty {
        old += 1
        new += 1
      } else {
        splices.append(splice)
        old = splice.range.upperBound
      }
    }
    self.init(original: SourceText(original), bytes: changed, splices: splices, isWritten: isWritten)
  }
}

let notFound = SiteFailure.unresolved("registry-1.docker.io answered 404 (no such tag)", isAbsence: true)

/// One site in every state, and one file in every condition.
func everything(_ command: Report.Command, isDryRun: Bool = false, isWritten: Bool = true) -> Report {
  Report(
    command: command, isDryRun: isDryRun,
    files: [
      FileReport(
        path: "deploy/broken.yaml", dialect: nil,
        state: .failed(.unreadable, problem: "a ':' is missing", at: SourcePosition(line: 3, column: 7))),
      FileReport(
        path: "compose.yaml", dialect: "compose",
        sites: [
          site("redis:7@" + digestB, 30, 12, .pinned, place: "services.cache.image"),
          site("nginx:1.25", 12, 9, .changed(to: "nginx:1.25@" + digestA), pattern: "services.*.image"),
          site("${IMAGE}", 40, 12, .skipped(.notLiteral("${IMAGE}")), place: "services.app.image"),
          site("nginx:1.99", 50, 12, .failed(notFound), place: "services.old.image"),
          site("busybox", 60, 12, .unpinned, place: "services.box.image"),
        ], change: change(isWritten: isWritten)),
      FileReport(
        path: "chart/templates/pod.yaml", state: .skipped(.template, reason: "a template", at: SourcePosition(line: 2, column: 1))),
      FileReport(path: "api/Dockerfile", dialect: "dockerfile", sites: [site("golang:1.22@" + digestA, 1, 6, .pinned, place: "FROM")]),
    ])
}
