import Configuration
import Crypto
import Dialects
import Foundation
import Pinning
import References
import Rules
import SourceText
import Testing

/// A case on disk: `Tests/Fixtures/<dialect>/<case>/input.*`, and beside it `expected.*` and `sites.txt`.
struct Golden: Sendable, CustomTestStringConvertible {
  let dialect: Dialect
  let name: String
  let input: URL

  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// All cases, by dialect and name.
  static let all: [Golden] = {
    let manager = FileManager.default
    var cases: [Golden] = []
    for folder in (try? manager.contentsOfDirectory(atPath: directory.path).sorted()) ?? [] {
      guard let dialect = Dialects.named(folder) else { continue }
      for name in (try? manager.contentsOfDirectory(atPath: directory.appending(path: folder).path).sorted()) ?? [] {
        let path = directory.appending(path: folder).appending(path: name)
        let inputs = ((try? manager.contentsOfDirectory(atPath: path.path)) ?? []).filter { $0.hasPrefix("input") }
        for input in inputs.sorted() { cases.append(Golden(dialect: dialect, name: name, input: path.appending(path: input))) }
      }
    }
    return cases
  }()

  /// Those of the dialects that TAGPIN_RECORD names, or all of them; none where it names none.
  static let toRecord: [Golden] = {
    let names = (ProcessInfo.processInfo.environment["TAGPIN_RECORD"] ?? "").split(separator: " ").map(String.init)
    return names.contains("all") ? all : all.filter { names.contains($0.dialect.name) }
  }()

  var testDescription: String { "\(dialect.name)/\(name)" }

  var expected: URL {
    let directory = input.deletingLastPathComponent()
    return directory.appending(path: input.lastPathComponent.replacing("input", with: "expected"))
  }

  var sites: URL { input.deletingLastPathComponent().appending(path: "sites.txt") }

  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: input)) }

  /// What `command` makes of these bytes.
  func run(_ command: Report.Command, on bytes: [UInt8], form: PinForm? = nil) async -> FileReport? {
    var options = RunOptions(command)
    options.isDryRun = true
    options.keepsGoing = true
    options.configuration.pinsScripts = true
    options.configuration.pinsLikely = true
    options.form = form
    let file = SourceFile(path: input.lastPathComponent, absolutePath: input.path, role: .named, dialectName: dialect.name)
    guard let scanned = await scan(file, bytes) else { return nil }
    let run = Run(options, resolver: FixtureResolver(), listing: FixtureListing())
    return await run.report(on: [scanned]).files.first
  }

  /// The file of those bytes among the other files of the case.
  func scan(_ file: SourceFile, _ bytes: [UInt8]) async -> ScannedFile? {
    let directory = input.deletingLastPathComponent()
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).sorted().filter {
      $0 != file.path && !$0.hasPrefix("expected") && !$0.hasSuffix(".txt") && !$0.hasSuffix(".new")
    }
    let others = names.map { SourceFile(path: $0, absolutePath: directory.appending(path: $0).path, role: .context) }
    var dialectOptions = DialectOptions()
    dialectOptions.pinsPreCommit = true
    let scan = Scan(options: dialectOptions) { other in
      if other.absolutePath == input.path { return .success(bytes) }
      do throws(ReadError) { return .success(try FileReader.read(other.absolutePath)) } catch { return .failure(error) }
    }
    return await scan.scan([file] + others, jobs: 1).first { $0.file == file }
  }
}

/// Resolves every reference to the SHA-256 of its normalised text, so that expected files can be checked by hand: `printf
/// docker.io/library/nginx:1.25 | sha256sum`.
struct FixtureResolver: DigestResolving {
  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> References.Digest {
    let hex = SHA256.hash(data: Array(reference.normalised.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    guard let digest = References.Digest(.sha256, hex: hex.joined()) else { throw .unresolved("no digest", isAbsence: false) }
    return digest
  }
}

/// Every repository has the branches `main` and `master`, the tags and branches `both`, and the tags `v0` to `v9`, `v0.0` to `v9.9` and
/// `v0.0.0` to `v9.9.9`, the last ones without the `v`, too, and whatever else it is asked for. A ref names the SHA-1 of its repository and
/// its name: `printf actions/checkout@v4 | sha1sum`.
struct FixtureListing: RefListing {
  private static let branches = ["main", "master", "both"]
  private static let tags: [String] = {
    let digits = (0...9).map(String.init)
    let minor = digits.flatMap { major in digits.map { "\(major).\($0)" } }
    let patch = minor.flatMap { minor in digits.map { "\(minor).\($0)" } }
    return (digits + minor + patch).map { "v\($0)" } + patch + ["1.9.9-rc.1", "both"]
  }()

  func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs {
    var refs = RepositoryRefs()
    for prefix in prefixes {
      let name = String(prefix.dropFirst("refs/tags/".count))
      if prefix.hasPrefix("refs/tags/") {
        let known = Self.tags.filter { $0.hasPrefix(name) }
        for tag in Self.branches.contains(name) && name != "both" || !known.isEmpty ? known : [name] {
          refs.tags[tag] = Self.commit(repository, tag)
        }
      } else if let branch = Self.branches.first(where: { "refs/heads/\($0)" == prefix }) {
        refs.branches[branch] = Self.commit(repository, branch)
      }
    }
    return refs
  }

  static func commit(_ repository: ActionRepository, _ name: String) -> CommitID? {
    CommitID(
      Insecure.SHA1.hash(data: Array("\(repository.path)@\(name)".utf8)).map {
        $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
      }.joined())
  }
}

extension Golden {
  /// One line for each name that the file says the repository builds or replaces, for `own.txt`.
  func ownImages(in bytes: [UInt8]) async -> String {
    let file = SourceFile(path: input.lastPathComponent, absolutePath: input.path, role: .named, dialectName: dialect.name)
    let scanned = await scan(file, bytes)
    let built = (scanned?.ownImages ?? []).map { image in
      switch image.extent {
      case .name: "\(image.line) built \(image.name)\n"
      case .tag(let tag): "\(image.line) built \(image.name):\(tag)\n"
      case .place: "\(image.line) built \(image.name), here alone\n"
      }
    }
    return (built + (scanned?.substitutions ?? []).map { "\($0.line) \($0.effect) \($0.name)\n" }).joined()
  }

  var own: URL { input.deletingLastPathComponent().appending(path: "own.txt") }
}

extension FileReport {
  /// One line a site: place in the file, whether it only may be an image, state, reason, place in the document, text.
  var listing: String {
    let lines = sites.map { site -> String in
      let state =
        switch site.state {
        case .skipped(let reason): "skipped(\(reason.rule.id))"
        case .failed(let failure): "failed(\(failure.rule.id))"
        default: site.state.code
        }
      return "\(site.position) \(site.site.isLikely ? "likely, " : "")\(state) \(site.site.place) \(site.site.text)"
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
