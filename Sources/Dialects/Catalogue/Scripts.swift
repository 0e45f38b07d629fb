// Images in command lines of `docker`, `podman` and `nerdctl`, which take tag and digest together (Podman since 3.3:
// <https://github.com/containers/podman/pull/10486>), and in variables that these run; the names of the images that scripts build.
extension Dialect {
  static let shell = Dialect(
    name: "shell", title: "Shell scripts", sources: commands, claim: .path(["**/*.{sh,bash,zsh}"]), syntax: .shell, holdsShell: true)

  static let makefile = Dialect(
    name: "makefile", title: "Makefiles", sources: commands + ["https://www.gnu.org/software/make/manual/html_node/Recipe-Syntax.html"],
    claim: .path(["**/*.mk", "**/{Makefile,GNUmakefile,makefile}", "**/Makefile.*"]),
    syntax: .makefile, holdsShell: true)

  static let justfile = Dialect(
    name: "justfile", title: "justfiles", sources: commands + ["https://just.systems/man/en/"],
    claim: .path(["**/{justfile,Justfile,.justfile}", "**/*.just"]), syntax: .justfile,
    holdsShell: true)

  /// Taskfiles. Their commands are read by a shell of their own after `{{…}}` is filled in.
  static let taskfile = Dialect(
    name: "taskfile", title: "Taskfiles", sources: ["https://taskfile.dev/docs/reference/schema"],
    claim: .path(["**/{T,t}askfile{,.dist}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("tasks.*[*]", shell: .posix),
      Place("tasks.*{[],}.cmd", shell: .posix),
      Place("tasks.*.cmds[]{,.cmd,.defer,.for.**.cmd}", shell: .posix),
      Place("**.{vars,env}.*.sh", shell: .posix),
      Place("tasks.*.{status[],preconditions[],preconditions[].sh}", shell: .posix),
    ],
    templateMarks: ["{%", "<%"], holdsShell: true)

  /// Scripts that only their first line and their folder tell.
  static let script = Dialect(
    name: "script", title: "Scripts without an extension", sources: commands,
    claim: .content(["**/{bin,build,ci,.ci,dev,hack,script,scripts,tools}/**"], markers: ["#!"]), syntax: .shell,
    notFiles: ["**/*.*"], holdsShell: true)

  private static let commands = [
    "https://docs.docker.com/reference/cli/docker/container/run/", "https://docs.podman.io/en/latest/markdown/podman-run.1.html",
  ]
}
