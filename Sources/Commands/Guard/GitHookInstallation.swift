import Git
import Pinning

/// `tagpin guard --install-hook`: writes the pre-push hook of the repository of the working directory.
struct GitHookInstallation {
  let environment: Environment

  /// What was done, for people; throws where the hook is not there afterwards.
  func run() throws(Workspace.Failure) -> String {
    let directory = try hooksDirectory()
    let file = GitHookFile(directory: directory.path)
    let shown = Paths.relative(file.path, to: environment.workingDirectory)
    guard !directory.isShared else {
      throw .unreadable("core.hooksPath is '\(directory.path)' for other repositories, too: \(Self.advice(for: "'\(file.path)'"))")
    }
    let outcome: GitHookFile.Outcome
    do throws(SystemError) { outcome = try file.install() } catch { throw .unreadable("cannot write '\(shown)': \(error)") }
    switch outcome {
    case .written: return "wrote '\(shown)': a push that would move or delete a tag of the remote is refused from now on"
    case .present: return "'\(shown)' is there already"
    case .changed:
      return "'\(shown)' is there already, changed or of another version, and stays as it is: remove it and run this again for a new one"
    case .foreign: throw .unreadable("'\(shown)' is another hook and stays as it is: \(Self.advice(for: "it"))")
    }
  }

  private func hooksDirectory() throws(Workspace.Failure) -> HooksDirectory {
    let found: HooksDirectory?
    do throws(GitError) {
      let repository = try GitRepository.discover(from: environment.workingDirectory, environment: GitEnvironment(environment.variables))
      found = try repository?.hooksDirectory(environment: environment.variables)
    } catch { throw .unreadable(error.description) }
    guard let found else { throw .usage("there is no git repository here: run this in the one whose pushes are to be guarded") }
    return found
  }

  private static func advice(for place: String) -> String {
    """
    add these lines to \(place), in front of what it does:
      \(GitHookFile.call.split(separator: "\n").joined(separator: "\n  "))
    and where it reads standard input itself, give it "$refs" in the same way
    """
  }
}
