import FoundationEssentials
import Git
import Pinning
import SystemPackage

extension Workspace {
  /// A file or directory that the user named.
  struct Target {
    var written: String
    /// Absolute; directories above it are real ones, the last component is as written.
    var path: String
    var isDirectory: Bool

    init(_ written: String, _ environment: Environment) throws(Failure) {
      let absolute = Paths.absolute(written, from: environment.workingDirectory)
      var isDirectory = false
      guard FileManager.default.fileExists(atPath: absolute, isDirectory: &isDirectory) else {
        throw .unreadable("'\(written)' does not exist")
      }
      self.written = written
      self.isDirectory = isDirectory
      try Self.checkLinks(of: absolute, isDirectory: isDirectory, written: written, environment)
      if isDirectory {
        path = realPath(absolute) ?? absolute
      } else {
        let parent = Paths.parent(of: absolute)
        path = Paths.absolute(Paths.lastComponent(of: absolute), from: realPath(parent) ?? parent)
      }
    }

    /// A named path in a repository must stay in it: somebody may have replaced a directory by a link that leads elsewhere. Links on the
    /// way to the repository are the user's own.
    private static func checkLinks(of path: String, isDirectory: Bool, written: String, _ environment: Environment) throws(Failure) {
      let parts = FilePath(path).components
      var parent = "/"
      for index in parts.indices {
        let next = Paths.absolute(parts[index].string, from: parent)
        guard let real = realPath(next) else { return }
        // A file that is a link is judged when it is read.
        if !real.utf8.elementsEqual(next.utf8), isDirectory || parts.index(after: index) != parts.endIndex {
          let repository: GitRepository?
          do throws(GitError) {
            repository = try GitRepository.discover(from: parent, environment: GitEnvironment(environment.variables))
          } catch { throw .unreadable(error.description) }
          if let root = repository?.workDirectory, Paths.suffix(of: parent, below: root) != nil,
            let tree = SourceTree(root: root), let target = realPath(path)
          {
            let shown = FilePath(parent).appending(parts[index...]).string
            do throws(SourceTree.Escape) { try tree.check(shown, leadingTo: target) } catch {
              throw .unreadable("cannot read '\(written)': \(error)")
            }
            return
          }
        }
        parent = real
      }
    }
  }
}
