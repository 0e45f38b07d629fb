import Configuration
import Pinning
import Verifying

extension KnownBad {
  /// The lists that the configuration names. One that cannot be read may have what is pinned here, so the run fails.
  init(_ configuration: Configuration, _ environment: Environment) throws(Workspace.Failure) {
    self.init()
    for case .atPath(let path) in configuration.knownBad {
      let bytes: [UInt8]
      do throws(ReadError) { bytes = try FileReader.read(Paths.absolute(path, from: environment.workingDirectory)) } catch {
        throw .unreadable("'known-bad': '\(path)': \(error)")
      }
      do throws(LineError) { try add(bytes, from: path) } catch {
        throw .malformed(at: "\(path):\(error.line)", "'known-bad': the line \(error.problem)")
      }
    }
  }
}
