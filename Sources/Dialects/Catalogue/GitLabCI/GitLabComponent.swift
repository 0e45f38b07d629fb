import Documents
import References
import SourceText

/// A component: `host/group/project/name@1.2`; <https://docs.gitlab.com/ci/components/#use-a-component>.
struct GitLabComponent: PlaceReading {
  var words: String? { " (component of GitLab)" }
  var pinnedPart: PinnedPart { .ref }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      file.site(match, value, content(of: scalar.value.utf8Slice(value), scalar), kind: .action)
    }.map { [$0] }
  }

  private func content(of value: String, _ scalar: Scalar) -> Site.Content {
    let host = value.prefix { $0 != "/" }
    // These are the server that runs the pipeline, and the only one that it takes components from.
    let isServer = ["$CI_SERVER_FQDN", "${CI_SERVER_FQDN}", "$CI_SERVER_HOST", "${CI_SERVER_HOST}"].contains(host)
    if let placeholder = scalar.placeholder(inRef: isServer ? String(value[host.endIndex...]) : value) {
      return .skipped(.notLiteral(placeholder))
    }
    do throws(ActionReferenceError) { return .action(try ActionReference(parsingComponent: value)) } catch {
      return .failed(.invalidReference(error.description))
    }
  }
}
