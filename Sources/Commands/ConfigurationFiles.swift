import Configuration
import FoundationEssentials
import Pinning
import SourceText
import SystemPackage

/// The files of the configuration's layers: where each was looked for, whether it was there, and what comes of them all.
struct ConfigurationFiles: Sendable {
  /// The nearest last.
  private(set) var places: [LayerPlace] = []
  let settings: LayeredConfiguration

  /// A missing file is an error only where it is named; one that is there and cannot be read always is. `root` is the repository's.
  static func read(root: String, _ options: ConfigurationOptions, _ environment: Environment) throws(Workspace.Failure) -> Self {
    let candidates = try candidates(root: root, options, environment)
    var places: [LayerPlace] = []
    var layers: [LayeredConfiguration.Layer] = []
    for (index, candidate) in candidates.enumerated() {
      var place = candidate.place
      if let path = candidate.path, place.state == .missing {
        // What is named, and so trusted, may be the repository's own file.
        let others = place.trust == .user ? candidates[(index + 1)...].filter { $0.place.trust == .user } : candidates.dropLast()
        if let real = realPath(path), others.contains(where: { $0.path.flatMap(realPath) == real }) {
          place.state = .sameFile
        } else if let source = try candidate.read(path, in: root) {
          layers.append(LayeredConfiguration.Layer(source, file: place.file ?? path, trust: place.trust))
          place.state = .read
        }
      }
      places.append(place)
    }
    do throws(ConfigurationError) {
      return Self(places: places, settings: try LayeredConfiguration(layers))
    } catch { throw .configuration(error) }
  }

  private struct Candidate {
    var place: LayerPlace
    /// Absolute; nil where it is not to be read.
    var path: String?
    var mustExist = false

    /// nil where there is no such file, or none that can be seen.
    func read(_ path: String, in root: String) throws(Workspace.Failure) -> SourceText? {
      let isOurs = place.trust == .user
      do throws(ReadError) {
        return SourceText(try FileReader.read(path, followsSymbolicLinks: isOurs, in: isOurs ? nil : SourceTree(root: root)))
      } catch {
        if !mustExist, case .system = error, !FileManager.default.fileExists(atPath: path) { return nil }
        throw .usage("cannot read the configuration: \(error)")
      }
    }
  }

  private static func candidates(
    root: String, _ options: ConfigurationOptions, _ environment: Environment
  ) throws(Workspace.Failure) -> [Candidate] {
    let machine = environment.systemConfiguration
    let own = environment.userConfiguration
    let named = options.config ?? environment["TAGPIN_CONFIG"]
    return [
      Candidate(place: LayerPlace(file: machine, owner: .machine, state: .missing), path: machine),
      Candidate(place: LayerPlace(file: own, owner: .user, state: .missing), path: own),
      Candidate(
        place: LayerPlace(file: named, owner: .named, state: named == nil ? .unnamed : .missing),
        path: named.map { Paths.absolute($0, from: environment.workingDirectory) }, mustExist: true),
      try ownCandidate(root: root, isWanted: !options.noRepositoryConfig),
    ]
  }

  /// The repository's own.
  private static func ownCandidate(root: String, isWanted: Bool) throws(Workspace.Failure) -> Candidate {
    var place = LayerPlace(file: Configuration.paths.first, owner: .repository, state: isWanted ? .missing : .unwanted)
    guard isWanted else { return Candidate(place: place, path: nil) }
    do throws(Configuration.AmbiguousLocation) {
      guard let found = try Configuration.path(where: { FileManager.default.fileExists(atPath: Paths.absolute($0, from: root)) }) else {
        return Candidate(place: place, path: nil)
      }
      place.file = found
      return Candidate(place: place, path: Paths.absolute(found, from: root), mustExist: true)
    } catch { throw .usage(error.description) }
  }
}

extension Environment {
  /// The configuration of the whole machine, which TAGPIN_SYSTEM_CONFIG puts elsewhere.
  fileprivate var systemConfiguration: String {
    self["TAGPIN_SYSTEM_CONFIG"].map { Paths.absolute($0, from: workingDirectory) } ?? "/etc/tagpin.yaml"
  }

  /// The user's own; nil where nothing says where their files are. The XDG specification takes absolute paths only.
  fileprivate var userConfiguration: String? {
    let own = self["XDG_CONFIG_HOME"].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
    let directory = own ?? homeDirectory.map { FilePath($0).appending(".config") }
    return directory.map { Paths.absolute($0.appending("tagpin/config.yaml").string, from: workingDirectory) }
  }
}
