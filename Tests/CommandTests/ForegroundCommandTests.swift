import Foundation
import ServersForTests
import Testing

/// `tagpin guard REF -- COMMAND`: the command has the terminal, the streams and the signals as if a shell had started it.
@Suite(.timeLimit(.minutes(30))) struct ForegroundCommandTests {
  private static let image = Image.single("app")

  /// A sandbox, and a registry that has the tag `app:1` as soon as the command has made the file `pushed`.
  private struct Guarded {
    let sandbox: Sandbox
    let server: ScriptedServer

    var reference: String { "\(server.host)/app:1" }

    static func with(_ body: (Guarded) async throws -> Void) async throws {
      try await Sandbox.with { sandbox in
        let pushed = sandbox.path("pushed")
        try await ScriptedServer.serving { request in
          if request.path == "/v2/" { return .json(200, "{}") }
          if request.path.hasSuffix("/tags/list") { return .json(200, #"{"name":"app","tags":["0"]}"#) }
          return FileManager.default.fileExists(atPath: pushed) ? .manifest(image) : .noSuchTag
        } while: { server in
          try await body(Guarded(sandbox: sandbox, server: server))
        }
      }
    }

    func run(_ command: String..., input: String = "") async throws -> Outcome {
      try await sandbox.program(Program.tagpinPath).run(["guard", reference, "--"] + command, input: Array(input.utf8))
    }

    /// Runs a shell script that calls `$GUARD COMMAND` on a terminal of its own. `keys`, a shell script, types.
    func runOnTerminal(_ script: String, keys: String = "") async throws -> Outcome {
      try sandbox.write(script, to: "terminal.sh")
      try sandbox.write(keys, to: "keys.sh")
      // What ends the typing ends the pipe; `script` goes on until the terminal's program has ended, and has its exit code.
      let line = """
        { . ./keys.sh; until [ -e finished ]; do sleep 0.02; done; } |
        script -qec 'trap : INT; sh terminal.sh; code=$?; : >finished; exit $code' /dev/null
        """
      let program = sandbox.program("sh", environment: ["GUARD": "\(Program.tagpinPath) guard \(reference) --", "SHELL": "/bin/sh"])
      return try await program.run(["-c", line])
    }

    static let waitUntilReady = "until [ -e ready ]; do sleep 0.02; done\n"
  }

  // MARK: Streams and exit codes

  @Test func `the command has the streams, the environment and the directory`() async throws {
    try await Guarded.with { guarded in
      let outcome = try await guarded.run("sh", "-c", "cat; echo \"$LC_ALL $(pwd)\"; echo words >&2; exit 7", input: "one\ntwo\n")
      #expect(outcome.status == 7)
      #expect(outcome.outputText == "one\ntwo\nC.UTF-8 \(guarded.sandbox.repository)\n")
      #expect(outcome.errorText.contains("words\n"))
    }
  }

  @Test func `after a push that worked the tag is there`() async throws {
    try await Guarded.with { guarded in
      let outcome = try await guarded.run("touch", "pushed")
      #expect(outcome.status == 0)
    }
  }

  @Test func `after a push that pushed nothing the tag is missing`() async throws {
    try await Guarded.with { guarded in
      let outcome = try await guarded.run("true")
      #expect(outcome.status == 123)
    }
  }

  @Test(
    arguments: [
      ("exit 1", 1), ("exit 125", 125), ("exit 255", 255), ("kill -TERM $$", 143), ("kill -KILL $$", 137), ("kill -ABRT $$", 134),
    ] as [(String, Int32)])
  func `the exit code is the command's, or says which signal ended it`(_ script: String, _ expected: Int32) async throws {
    try await Guarded.with { guarded in
      let outcome = try await guarded.run("sh", "-c", script)
      #expect(outcome.status == expected)
    }
  }

  @Test func `a command that cannot be run has a shell's exit codes`() async throws {
    try await Guarded.with { guarded in
      try guarded.sandbox.write("#!/bin/sh\n", to: "plain")
      try guarded.sandbox.setMode(0o644, of: "plain")
      try guarded.sandbox.write("no program", to: "broken")
      try guarded.sandbox.setMode(0o755, of: "broken")
      for (name, code, words) in [
        ("no-such-program", 127, "no such file or directory"), ("./nowhere/program", 127, "no such file or directory"),
        ("./plain/program", 127, "not a directory"), ("./plain", 126, "permission denied"), (".", 126, "permission denied"),
        ("./broken", 126, "exec format error"), ("", 127, "no such file or directory"),
      ] as [(String, Int32, String)] {
        let outcome = try await guarded.run(name)
        #expect(outcome.status == code, "\(name)")
        #expect(outcome.errorText.contains("tagpin: error: cannot run '\(name)': \(words)\n"), "\(outcome.errorText)")
      }
    }
  }

  // MARK: What is inherited

  /// Sockets to the registry are not the command's; a descriptor that the caller opened is.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
  func `the command gets the caller's descriptors and no others`() async throws {
    try await Guarded.with { guarded in
      try guarded.sandbox.write("nine\n", to: "nine")
      let caller = ["-c", "exec 9<nine; exec \"$@\"", "sh"]
      let tagpin = [Program.tagpinPath, "guard", guarded.reference, "--"]
      let program = guarded.sandbox.program("sh")
      let list = ["sh", "-c", "ls -1 /proc/self/fd; cat <&9; exit 3"]
      let direct = try await program.run(caller + list)
      let through = try await program.run(caller + tagpin + list)
      #expect(direct.outputText.contains("\n9\n") && direct.outputText.hasSuffix("nine\n"))
      #expect(through.outputText == direct.outputText)
      #expect(through.status == 3)
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status")))
  func `no signal is blocked, and none ignored that the caller does not ignore`()
    async throws
  {
    try await Guarded.with { guarded in
      let status = ["-c", "grep -E '^Sig(Blk|Ign)' /proc/self/status; exit 3"]
      let direct = try await guarded.sandbox.program("sh").run(status).outputText.split(separator: "\n")
      let through = try await guarded.run("sh", status[0], status[1]).outputText.split(separator: "\n")
      #expect(through.first == "SigBlk:\t0000000000000000")
      #expect(through.last == direct.last)
    }
  }

  @Test func `what the caller ignores stays ignored`() async throws {
    try await Guarded.with { guarded in
      let script = "trap '' HUP PIPE; exec \(Program.tagpinPath) guard \(guarded.reference) -- sh -c 'kill -HUP $$; kill -PIPE $$; exit 3'"
      let outcome = try await guarded.sandbox.program("sh").run(["-c", script])
      #expect(outcome.status == 3)
    }
  }

  // MARK: Signals

  @Test(arguments: [
    ("INT", SIGINT), ("TERM", SIGTERM), ("HUP", SIGHUP), ("QUIT", SIGQUIT), ("USR1", SIGUSR1), ("USR2", SIGUSR2), ("WINCH", SIGWINCH),
  ])
  func `a signal that is sent to tagpin reaches the command once`(_ name: String, _ number: Int32) async throws {
    try await Guarded.with { guarded in
      let sandbox = guarded.sandbox
      let script = """
        trap 'echo \(name) >>log' \(name)
        : >ready
        until [ -s log ]; do sleep 0.02; done
        for again in 1 2 3 4 5; do sleep 0.02; done
        exit 42
        """
      let outcome = try await sandbox.program(Program.tagpinPath).runSignalled(
        number, ["guard", guarded.reference, "--", "sh", "-c", script]
      ) {
        while !FileManager.default.fileExists(atPath: sandbox.path("ready")) { try await Task.sleep(for: .milliseconds(5)) }
      }
      #expect(outcome.status == 42)
      #expect(try sandbox.text("log") == "\(name)\n")
    }
  }

  /// Whenever the signal comes, before the command is there, while it starts, or later: it ends tagpin, or the command.
  @Test(arguments: [
    ("before-relay", -SIGTERM), ("relay-begun", 128 + SIGTERM), ("command-started", 128 + SIGTERM), ("relay-passes-on", 128 + SIGTERM),
  ])
  func `no signal is lost`(point: String, status: Int32) async throws {
    try await Guarded.with { guarded in
      let stop = try RunStop(point, in: guarded.sandbox)
      let program = guarded.sandbox.program(Program.tagpinPath, environment: stop.environment)
      let outcome = try await program.runSignalled(SIGTERM, ["guard", guarded.reference, "--", "sleep", "100"]) {
        try await stop.reached()
      } afterwards: {
        stop.goOn()
      }
      #expect(outcome.status == status)
    }
  }

  // MARK: The terminal

  @Test func `the command is in the foreground of its terminal`() async throws {
    try await Guarded.with { guarded in
      try guarded.sandbox.write(
        """
        test -t 0 && test -t 1 && test -t 2 && echo "all three"
        echo "to the terminal" >/dev/tty
        read -r line </proc/$$/stat
        set -- $line
        test "$5" = "$8" && echo "in the foreground"
        read -r answer && echo "heard $answer"
        exit 6
        """, to: "command.sh")
      let outcome = try await guarded.runOnTerminal("$GUARD sh command.sh", keys: "echo something\n")
      #expect(outcome.status == 6)
      for words in ["all three", "to the terminal", "in the foreground", "heard something"] {
        #expect(outcome.outputText.contains("\(words)\r\n"), "\(outcome.outputText)")
      }
    }
  }

  @Test func `Ctrl-C reaches the command once, and its own answer counts`() async throws {
    try await Guarded.with { guarded in
      try guarded.sandbox.write(
        """
        trap 'echo interrupted >>log' INT
        : >ready
        until [ -s log ]; do sleep 0.02; done
        for again in 1 2 3 4 5 6 7 8 9 10; do sleep 0.02; done
        exit 5
        """, to: "command.sh")
      let outcome = try await guarded.runOnTerminal("trap : INT; $GUARD sh command.sh", keys: Guarded.waitUntilReady + "printf '\\003'\n")
      #expect(outcome.status == 5, "\(outcome.outputText)")
      #expect(try guarded.sandbox.text("log") == "interrupted\n")
    }
  }

  @Test func `a command that Ctrl-C ends is 130`() async throws {
    try await Guarded.with { guarded in
      try guarded.sandbox.write(": >ready; exec sleep 100", to: "command.sh")
      let outcome = try await guarded.runOnTerminal("trap : INT; $GUARD sh command.sh", keys: Guarded.waitUntilReady + "printf '\\003'\n")
      #expect(outcome.status == 130, "\(outcome.outputText)")
    }
  }

  @Test func `Ctrl-Z stops both, and fg goes on`() async throws {
    try await Guarded.with { guarded in
      try guarded.sandbox.write(": >ready; until [ -e go ]; do sleep 0.02; done; exit 5", to: "command.sh")
      let outcome = try await guarded.runOnTerminal(
        """
        set -m
        $GUARD sh command.sh
        echo "stopped $?"
        : >go
        fg
        echo "ended $?"
        """, keys: Guarded.waitUntilReady + "printf '\\032'\n")
      #expect(outcome.outputText.contains("stopped \(128 + SIGTSTP)\r\n"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("ended 5\r\n"), "\(outcome.outputText)")
    }
  }
}
