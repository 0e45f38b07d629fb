import Dialects
import References
import Rules
import SourceText
import Testing

@Suite struct ShellImagesTests {
  private func sites(_ text: String, _ dialect: String = "shell") throws -> [Site] {
    try #require(Dialects.named(dialect)).findings(in: SourceText(text)).sites
  }

  /// The images that are found and can be pinned.
  private func images(_ text: String, _ dialect: String = "shell") throws -> [String] {
    try sites(text, dialect).filter { $0.image != nil }.map(\.text)
  }

  @Test(arguments: [
    "docker run a:1", "docker create a:1", "docker pull a:1", "podman run a:1", "nerdctl pull a:1", "docker container run a:1",
    "docker container create a:1", "docker image pull a:1", "docker.exe run a:1", "/usr/local/bin/docker run a:1", "./bin/podman pull a:1",
    "docker -D run a:1", "docker --context x run a:1", "docker -c x -H=y run a:1", "docker --config=/x pull a:1",
    "podman --remote --url ssh://x run a:1", "nerdctl -n k8s.io --snapshotter x run a:1", "docker $OPTIONS run a:1",
    "sudo docker run a:1", "sudo -u root -E docker run a:1", "sudo -u docker docker run a:1", "env A=b docker run a:1",
    "A=b C=d docker run a:1",
    "exec docker run a:1", "time docker run a:1", "time -p docker run a:1", "nohup docker run a:1 &", "timeout -k 5 60 docker run a:1",
    "travis_retry docker pull a:1", "$SUDO docker run a:1", "${SUDO} docker run a:1", "! docker run a:1", "if docker run a:1; then :; fi",
    "while ! docker pull a:1; do sleep 1; done", "until docker pull a:1; do :; done", "true && docker run a:1", "false || docker run a:1",
    "true; docker run a:1", "echo | docker run a:1", "{ docker run a:1; }", "(docker run a:1)", "f() { docker run a:1; }",
    "case $x in y) docker run a:1 ;; esac", "x=$(docker run a:1)", "x=\"$(docker run a:1)\"", "echo \"a $(docker run a:1) b\"",
    "x=`docker run a:1`",
    "echo $(echo $(docker run a:1))", "docker run a:1 > /dev/null 2>&1", "2>/dev/null docker run a:1", "docker run 2>&1 a:1",
    "docker run >log a:1",
    "docker run a:1;", "docker run a:1&", "docker run a:1|cat", "docker run a:1)", "docker run 'a:1'", "docker run \"a:1\" x",
    "docker run --rm -it a:1 --rm", "docker run -v $PWD:/x a:1", "docker run -v \"$(pwd)\":/x a:1", "docker run -v `pwd`:/x a:1",
    "docker run -u $(id -u):$(id -g) a:1", "docker run -e A=\"b c\" a:1", "docker run --label 'a b' a:1", "docker run -p8080:80 -ti a:1",
    "docker run --gpus all --io-maxiops 5 a:1", "docker run --interactive=false -t=true a:1", "docker run -- a:1",
    "docker run -a stdin a:1",
    "docker pull -q a:1", "docker pull a:1 --quiet", "docker pull --platform linux/amd64 a:1",
    "podman run --pod new:x --tls-verify=false a:1",
    "podman pull --tls-verify --creds x a:1", "sh -c 'docker run a:1'", "bash -lc \"docker run a:1\"",
    "sudo bash -ec 'cd x && docker run a:1'",
    "cat <(docker run a:1)", "docker run a:1 <<< text", "((x = 1 << 2)); docker run a:1", "x=$((1 << 2)); docker run a:1",
    "arr=(docker run a:1)",
    "docker \\\n run \\\n --rm \\\n a:1", "docker run \\\r\n --rm \\\r\n a:1\r\n", "docker run `\n --rm `\n a:1",
    "docker run ^\r\n --rm ^\r\n a:1\r\n",
    "docker run -e \"A=\\\"b\" a:1", "docker run -e 'a'\\''b' a:1", "[ -n \"$x\" ] && docker run a:1", "xargs docker run a:1 < list",
    "cat <<EOF\ndocker run b:1\nEOF\ndocker run a:1", "cat <<-'EOF' >> file\n\t\tdocker run b:1\n\tEOF\ndocker run a:1",
    "cat <<A <<B\nA\ndocker run b:1\nB\ndocker run a:1", "\u{FEFF}docker run a:1", "#!/usr/bin/env -S bash -e\ndocker run a:1",
    "#!/bin/busybox sh\ndocker run a:1", "docker run a:1 # b", "echo it's; echo it's; docker run a:1", "echo ${x#'}; docker run a:1",
  ]) func `finds the image`(_ line: String) throws {
    #expect(try images(line) == ["a:1"])
  }

  @Test(arguments: [
    "docker ps", "docker", "docker run", "docker run --rm", "docker run -e", "docker pull", "docker compose run a", "docker-compose run a",
    "docker service create a:1", "docker volume create a", "docker network create a", "docker buildx create a", "docker context create a",
    "podman pod create a", "docker image ls", "docker container ls", "docker image run a", "docker container pull a", "dockerd run a:1",
    "mydocker run a:1", "docker2 run a:1", "# docker run a:1", "x # docker run a:1", "\"docker run a:1\"", "echo 'docker run a:1'",
    "docker=run a:1", "cat <<EOF\ndocker run a:1\nEOF", "cat << 'E O F'\ndocker run a:1\nE O F\n", "#!/usr/bin/env python3\ndocker run a:1",
    "#!/usr/bin/perl\ndocker run a:1", "command -v docker", "which docker pull", "docker run \"\"", "DOCKER run a:1", "docker\nrun a:1",
    "docker run <image>", "'docker run' a:1",
  ]) func `finds nothing else`(_ line: String) throws {
    #expect(try sites(line).map(\.text) == [])
    #expect(try sites(line + "\n").map(\.text) == [])
  }

  @Test(
    arguments: [
      ("$A a:1", ["$A", "a:1"]), ("\"${A[@]}\" a:1", ["${A[@]}", "a:1"]), ("$A a", ["$A"]), ("\"$A\" a:1", ["$A"]),
      ("$A -v x a:1", ["$A", "a:1"]),
    ] as [(String, [String])]) func `what may be options may be followed by the image, or be it`(_ words: String, _ skipped: [String])
    throws
  {
    let digest = "@sha256:\(String(repeating: "0", count: 64))"
    #expect(try sites("docker run " + words).filter { $0.image == nil }.map(\.text) == skipped)
    let image = words.hasPrefix("\"$A") ? nil : words.split(separator: " ").last.map { String($0) + digest }
    #expect(try images("docker run " + words + digest) == [image].compactMap { $0 })
  }

  @Test(arguments: [
    ("docker run $IMAGE", "not-literal"), ("docker run \"$IMAGE\" x", "not-literal"), ("docker run a:$TAG", "not-literal"),
    ("docker run ${A}/b:1", "not-literal"), ("docker run $(cat image)", "not-literal"), ("docker run `cat image`", "not-literal"),
    ("docker run ${{ matrix.image }}", "not-literal"),
    ("docker run '${{ matrix.image || 'a b' }}'", "not-literal"), ("docker run {{ .Image }}", "not-literal"),
    ("docker run << parameters.image >>", "not-literal"), ("docker run %IMAGE%", "not-literal"), ("docker run @IMAGE@", "not-literal"),
    ("docker run --unknown a:1", "not-understood"), ("docker run -X a:1", "not-understood"), ("docker run -itX a:1", "not-understood"),
    ("docker pull --rm a:1", "not-understood"), ("docker --unknown x run a:1", "not-understood"), ("docker run A:1", "not-understood"),
    ("docker run {a,b}", "not-understood"), ("docker run ./x", "not-understood"), ("echo docker run a:1", "not-understood"),
    ("ssh host docker run a:1", "not-understood"), ("docker exec x docker run a:1", "not-understood"),
    ("docker run -e A='b", "not-understood"),
    ("docker run -e \"b", "not-understood"), ("x=$(docker run a:1", "not-understood"), ("docker run `a", "not-understood"),
    ("cat <<EOF\ndocker run a:1", "not-understood"), ("docker pull -a a", "not-pinnable"), ("docker pull --all-tags a", "not-pinnable"),
    ("podman pull docker://a:1", "not-pinnable"), ("podman run oci-archive:a", "not-pinnable"),
    ("podman run --pull=never a", "not-pinnable"),
    ("docker run --pull never a:1", "not-pinnable"),
    ("docker run sha256:\(String(repeating: "0", count: 64))", "not-pinnable"), ("podman run --rootfs a b", "local"),
    ("docker run a:1 # tagpin: ignore", "ignored-by-comment"), ("# tagpin: ignore\ndocker run a:1", "ignored-by-comment"),
    ("# ratchet:exclude\ndocker run \\\n -i \\\n a:1", "ignored-by-comment"),
    ("docker run \\\n a:1 \\\n x # tagpin: ignore", "ignored-by-comment"),
  ]) func `says why it is left alone`(_ line: String, _ code: String) throws {
    let codes = try sites(line).map { if case .skipped(let reason) = $0.content { reason.rule.id } else { "\($0.content)" } }
    #expect(codes == [code])
  }

  @Test(arguments: [
    "docker run --pull=missing a:1", "docker run --pull never --pull=always a:1",
    "docker run --pull=never a@sha256:\(String(repeating: "0", count: 64))",
  ])
  func `what may be pulled, or has a digest, is no image of the machine`(_ line: String) throws {
    #expect(try sites(line).allSatisfy { $0.image != nil })
  }

  @Test func `a reference in pieces fails`() throws {
    for line in ["docker run a:\"1\"", "docker run a\\:1", "docker run a:\\\n1"] {
      let site = try #require(try sites(line).first)
      guard case .failed(.notSpliceable) = site.content else { return #expect(Bool(false), "\(site.content)") }
    }
  }

  @Test func `sites stand where the image is`() throws {
    let text = SourceText("x\n  docker run -e \"é\" 'a/b:1' && sh -c \"podman pull \\\"c:2\\\" d:3\"\n")
    let sites = try #require(Dialects.named("shell")).findings(in: text).sites
    #expect(sites.map { text.string($0.range) } == ["a/b:1", "c:2", "d:3"])
    #expect(sites.map(\.place) == ["docker run", "podman pull", "podman pull"])
    #expect(sites.allSatisfy { $0.isInScript })
  }

  @Test func `an image in a substitution is a site of its own`() throws {
    let sites = try sites("docker run $(docker pull -q a:1) x")
    #expect(sites.map(\.text) == ["$(docker pull -q", "a:1"])
    #expect(sites[0].range.upperBound <= sites[1].range.lowerBound)
  }

  @Test func `a comment names the tag of a bare digest`() throws {
    let digest = "sha256:\(String(repeating: "0", count: 64))"
    #expect(try sites("docker run a@\(digest) # 1.25").first?.tagComment?.tag?.text == "1.25")
    #expect(try sites("docker run a@\(digest) b@\(digest) # 1.25\n").first?.tagComment?.tag?.text == "1.25")
    #expect(try sites("docker run a@\(digest); docker run b@\(digest) # 1.25").first?.tagComment == nil)
    #expect(try sites("docker run a:1 # 1.25").first?.tagComment == nil)
  }

  @Test(arguments: [
    ("a:\n\tdocker run a:1\n", ["a:1"]), ("a:\n\t@docker run a:1\n", ["a:1"]), ("a:\n\t@-docker run a:1\n", ["a:1"]),
    ("a:\n\t+ docker run a:1\n", ["a:1"]), ("a:\n    docker run a:1\n", []), ("docker run a:1\n", []), ("a: docker run a:1\n", []),
    ("a:\n\tdocker run $(ARGS) a:1\n", []), ("a:\n\tdocker run -v $(CURDIR):/x -u $$(id -u) -e A=$@ -e B=$< a:1\n", ["a:1"]),
    ("a:\n\tdocker run \\\n\t\t--rm \\\n\t\ta:1\n", ["a:1"]), ("a:\n\tx=$$(docker run a:1)\n", ["a:1"]),
    ("a:\n\t$(Q)docker run a:1\n", ["a:1"]),
    ("a:\n\t$(SUDO) docker run a:1\n", ["a:1"]), ("X = docker run a:1 # b\n", ["a:1"]), ("export X ?= docker run a:1\n", ["a:1"]),
    ("X := $(shell docker run a:1)\n", ["a:1"]), ("# X = docker run a:1\n", []), ("a:\n\t# docker run a:1\n", []), ("X = docker run\n", []),
    ("X = docker\na:\n\t$(X) run a:1\n", []), ("define x\ndocker run a:1\nendef\n", ["a:1"]),
    ("# tagpin: ignore\nX = docker run a:1\n", []),
    ("a:\n\t# tagpin: ignore\n\tdocker run a:1\n", []), ("a:\n\techo 'it\n\tdocker run a:1\n", ["a:1"]), ("a:\n\tdocker run $\n", []),
    ("a:\n\tdocker run a:1\\\\\n\tdocker run b:1\n", ["b:1"]),
  ]) func `reads makefiles`(_ text: String, _ expected: [String]) throws {
    #expect(try images(text, "makefile") == expected)
  }

  @Test(arguments: [
    ("a:\n  docker run a:1\n", ["a:1"]), ("a:\n\t@docker run a:1\n", ["a:1"]), ("a:\n  docker run {{image}}\n", []),
    ("docker run a:1\n", []),
    ("a:\n  docker run -v {{ justfile_directory() }}:/x a:1\n", ["a:1"]), ("a:\n  #!/bin/sh\n  docker run a:1\n", ["a:1"]),
  ]) func `reads justfiles`(_ text: String, _ expected: [String]) throws {
    #expect(try images(text, "justfile") == expected)
  }

  @Test(arguments: [
    ("pwsh", "docker run `\n --rm a:1", ["a:1"]), ("pwsh", "docker run -v C:\\x:C:\\y\\ a:1", ["a:1"]),
    ("pwsh", "<# it's\ndocker run b:1 #>\ndocker run a:1", ["a:1"]),
    ("pwsh", "docker run -e \"a`\"b\" a:1", ["a:1"]), ("powershell", "& docker run a:1", ["a:1"]),
    ("cmd", "docker run ^\n --rm a:1", ["a:1"]),
    ("cmd", "echo it's && docker run -v %CD%:/x a:1", ["a:1"]), ("cmd /D /C {0}", "docker run -v \"C:\\\" a:1", ["a:1"]),
    ("bash -e {0}", "docker run a:1", ["a:1"]), ("/bin/sh", "docker run a:1", ["a:1"]), ("python", "docker run a:1", []),
    ("perl {0}", "docker run a:1", []),
    ("${{ matrix.shell }}", "docker run a:1", ["a:1"]),
  ]) func `the shell of a step decides how it is read`(_ shell: String, _ script: String, _ expected: [String]) throws {
    let lines = script.split(separator: "\n").map { "\n          \($0)" }.joined()
    let step = "jobs:\n  a:\n    steps:\n      - shell: \(shell)\n        run: |\(lines)\n"
    #expect(try images(step, "github-actions") == expected)
    let defaults = "defaults: { run: { shell: '\(shell)' } }\njobs:\n  a:\n    steps:\n      - run: |\(lines)\n"
    #expect(try images(defaults, "github-actions") == expected)
  }

  @Test(arguments: [
    "docker run ", "$(docker run ", "docker run \"$(", "`docker run ", "((", "${", "{{ ", "<<a.b ", "cat <<E\n", "docker run a:1 \\\n",
    "'\"", "( docker run ",
    "sh -c 'docker run ", "sh -c docker ", "docker run a:1 # tagpin: ignore\n", "<(docker ", "x=(", "docker run \\",
  ]) func `long runs of one text end`(_ text: String) throws {
    for dialect in ["shell", "makefile", "justfile"] {
      _ = try sites("docker\n\t" + String(repeating: text, count: 5_000), dialect)
    }
  }

  @Test(arguments: ["shell", "makefile", "justfile"]) func `a script with a payload is reported and not read`(_ dialect: String) throws {
    let payload = Array("#!/bin/sh\ndocker run a:1\nexit\n".utf8) + Array(repeating: 0x27, count: 5 << 20)
    let sites = try #require(Dialects.named(dialect)).findings(in: SourceText(payload)).sites
    #expect(sites.map(\.text) == ["#!/bin/sh"])
    #expect(sites.map(\.content) == [.skipped(.notUnderstood("a script of more than 4 MiB"))])
  }

  @Test func `every prefix of a script is read`() async throws {
    let script = Array(
      "#!/bin/sh\nX=1 sudo docker run -e \"a $(docker pull b:1) ${x}\" \\\r\n 'c:1' <<E | sh -c 'podman pull d:1'\nE\nf:\n\t@$(Q)docker run $$(x) e:1 # y\n"
        .utf8)
    for dialect in ["shell", "makefile", "justfile"] {
      for count in 0...script.count {
        await Task.yield()
        let text = SourceText(Array(script[..<count]))
        let sites = try #require(Dialects.named(dialect)).findings(in: text).sites
        for (site, next) in zip(sites, sites.dropFirst()) { #expect(site.range.upperBound <= next.range.lowerBound) }
        for site in sites where site.image != nil { #expect(text.string(site.range) == site.text) }
      }
    }
  }
}
