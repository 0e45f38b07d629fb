import References
import SourceText
import Testing

@testable import Dialects

/// What the readings of one consumer each make of a node.
@Suite struct PlaceReadingTests {
  @Test(arguments: [
    ("a/b@v1", "a/b@v1"), ("docker://a:1", "a:1"), ("Docker://a:1", "a:1"), ("./a", "local"), ("a/b", "invalid-reference"),
    ("${{ a }}/b@v1", "not-literal"), ("slsa-framework/slsa-github-generator/.github/workflows/x.yml@v1", "must-stay-tag"),
  ]) func `uses: of a workflow`(_ text: String, _ meaning: String) throws {
    #expect(try UsedAction(on: .github).meanings("uses: '\(text)'", at: "uses") == [meaning])
  }

  @Test func `the lock file beside a workflow has the actions that it lists`() throws {
    var options = DialectOptions()
    options.path = ".github/workflows/a.yml"
    options.companions = [.init(name: "actions.lock", bytes: Array("workflows: {.github/workflows/a.yml: [a/b@v1]}".utf8))]
    let text = "steps: [{uses: a/b@v1}, {uses: a/b@v2}]"
    #expect(try UsedAction(on: .github).meanings(text, at: "steps[].uses", options: options) == ["locked", "a/b@v2"])
    #expect(try UsedAction(on: .gitea).meanings(text, at: "steps[].uses", options: options) == ["a/b@v1", "a/b@v2"])
  }

  @Test func `the image of an action is one, or names a Dockerfile`() throws {
    let findings = try DockerURL(namesDockerfile: true).findings("a: {image: 'docker://a:1'}\nb: {image: dir/Dockerfile}", at: "*.image")
    #expect(findings.sites.map(\.image?.written) == ["a:1", nil])
    #expect(findings.links == [FileLink(.path("dir/Dockerfile"), .dialect("dockerfile"))])
  }

  @Test(
    arguments: [
      ("shell: python\nrun: docker pull a:1", []), ("shell: bash\nrun: docker pull a:1", ["a:1"]),
      ("shell: '${{ x }}'\nrun: docker pull a:1", ["a:1"]), ("defaults: {run: {shell: python}}\nrun: docker pull a:1", []),
      ("runs-on: windows-latest\nrun: |\n  docker pull `\n    a:1\n", ["a:1"]), ("run: |\n  #!/usr/bin/python\n  docker pull a:1", []),
    ] as [(String, [String])]) func `run: of a step is read as its shell reads it`(_ text: String, _ images: [String]) throws
  {
    #expect(try WorkflowScript().meanings(text, at: "run") == images)
  }

  @Test(
    arguments: [
      ("--x-image=q.test/a:1", ["q.test/a:1"]), ("-y-image=q.test/a:1", ["q.test/a:1"]), ("--image=q.test/a:1", []),
      ("--x_image=a/b:1", ["a/b:1"]),
      ("--z-images=a/b:1", ["a/b:1"]), ("--x-image=a", []), ("--image=", []), ("--image", []), ("image=a/b:1", []),
      ("--image-tag=a/b:1", []),
      ("--image-pull-policy=a/b:1", []), ("--x=a/b:1", []), ("--x-image=$(A)", []), ("--x-image=https://a/b:1", []),
      ("--x-image=a:8080", []),
      ("--x-image=a/b c:1", []),
    ] as [(String, [String])]) func `a flag that is called an image only may be one`(_ text: String, _ images: [String]) throws
  {
    let sites = try NamedImage(name: .flag).findings("args: ['\(text)']", at: "args[]").sites
    #expect(sites.map(\.text) == images)
    #expect(sites.allSatisfy { $0.isLikely })
  }

  @Test(
    arguments: [
      ("b/c:1", ["b/c:1"]), ("'x=b/c:1'", ["b/c:1"]), ("\"x=b/c:1\\ny=b/d:2\"", ["b/c:1", "b/d:2"]), ("'b/c:1=x'", []),
    ] as [(String, [String])]) func `a list of images by name`(_ text: String, _ images: [String]) throws
  {
    let found = try NamedImage(name: .key).findings("MY_IMAGES: \(text)", at: "*").sites
    #expect(found.map(\.text) == images)
  }

  @Test(arguments: [
    ("a.test/b/c/d@1", "a.test/b/c/d@1"), ("$CI_SERVER_FQDN/b/c/d@1", "$CI_SERVER_FQDN/b/c/d@1"), ("$HOST/b/c/d@1", "not-literal"),
    ("a", "invalid-reference"),
  ]) func `a component of GitLab`(_ text: String, _ meaning: String) throws {
    #expect(try GitLabComponent().meanings("component: '\(text)'", at: "component") == [meaning])
  }

  @Test(
    arguments: [
      ("{project: a/b, ref: v1}", ["a/b@v1"]), ("{project: a/b}", ["default-branch"]), ("{project: a/b, ref: 1.0}", ["numeric-tag"]),
      ("{project: a/b, ref: $A}", ["not-literal"]), ("{project: [a], ref: v1}", ["not-understood"]), ("{local: a}", []), ("a", []),
    ] as [(String, [String])]) func `a project of GitLab`(_ text: String, _ meanings: [String]) throws
  {
    #expect(try GitLabProject().meanings("include: \(text)", at: "include") == meanings)
  }

  @Test(
    arguments: [
      ("{repo: https://a.test/b/c, rev: v1}", ["https://a.test/b/c@v1"]), ("{repo: meta}", ["not-pinnable"]), ("{repo: local}", ["local"]),
      ("{repo: https://a.test/b/c}", ["invalid-reference"]), ("{hooks: []}", []),
    ] as [(String, [String])]) func `a repository of hooks`(_ text: String, _ meanings: [String]) throws
  {
    var options = DialectOptions()
    options.pinsPreCommit = true
    #expect(try HookRepository().meanings("a: \(text)", at: "a", options: options) == meanings)
  }

  @Test func `a repository of hooks is pinned only if that is turned on`() throws {
    #expect(try HookRepository().meanings("a: {repo: https://a.test/b/c, rev: v1}", at: "a") == ["turned-off"])
  }

  @Test(arguments: [("--rm -e X a:1 b", "a:1"), ("--unknown a:1", "not-understood"), ("a", "a")])
  func `the entry of a hook`(_ text: String, _ meaning: String) throws {
    #expect(try HookEntry().meanings("entry: \(text)", at: "entry") == [meaning])
  }

  @Test(arguments: [("a=b:1=c", "b:1=c"), ("a:1", "a:1"), ("a=b:1", "b:1")])
  func `an override of kustomize names the new image last`(_ text: String, _ image: String) {
    let bytes = Array(" \(text)".utf8)
    #expect(String(decoding: bytes[ImageOverride.range(in: bytes, 1..<bytes.count)], as: UTF8.self) == image)
  }

  @Test(
    arguments: [
      ("name=b image=a:1", "a:1"), ("image='a:1' b=c", "a:1"), ("x='image=b' image=\"a\"", "a"), ("image={{ a }}:1 b=c", "{{ a }}:1"),
      ("myimage=a", nil), ("image= b", nil), ("image=a'", "a'"),
    ] as [(String, String?)]) func `an argument among words`(_ text: String, _ image: String?)
  {
    let bytes = Array(" \(text)".utf8)
    let range = ModuleArgument(name: "image").range(in: bytes, 1..<bytes.count)
    #expect(range.map { String(decoding: bytes[$0], as: UTF8.self) } == image)
  }

  @Test(
    arguments: [
      ("a", []), ("b", ["not-pinnable"]), ("b:1", ["b:1"]), ("x/a", ["x/a"]),
    ] as [(String, [String])]) func `a word may be a declared container`(_ text: String, _ meanings: [String]) throws
  {
    let declared = "resources: {containers: [{container: a, image: c:1}]}\n"
    #expect(try ImageOrContainer().meanings(declared + "container: \(text)", at: "container") == meanings)
  }

  @Test(
    arguments: [
      ("type: registry-image\nsource: {repository: a, tag: b}", ["a:b"]), ("type: git\nsource: {repository: a}", []),
      ("type: registry-image\nsource: {repository: a}", ["a:latest"]), ("type: docker-image\nsource: {repository: a}", ["a:latest"]),
      ("type: registry-image\nsource: {repository: a, variant: b}", ["not-pinnable"]),
      ("type: registry-image\nsource: {}", ["not-understood"]),
      ("type: registry-image\nsource: {repository: a, tag: ((t))}", ["not-literal"]),
      ("type: docker-image\nsource: {repository: a, tag: 1.0}", ["numeric-tag"]),
      ("{type: registry-image, source: {repository: a, tag: b}}", ["not-pinnable"]),
    ] as [(String, [String])]) func `a resource of Concourse`(_ text: String, _ meanings: [String]) throws
  {
    let node = text.hasPrefix("{") ? " " + text : "\n" + text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    #expect(try ConcourseResource().meanings("a:\(node)\n", at: "a") == meanings)
    #expect(ConcourseResource(whyLeftAlone: "why").whyLeftAlone == "why")
  }

  @Test(arguments: [
    ("a.test/b:1", "a.test/b:1"), ("./b", "local"), ("node", "not-pinnable"), ("https://a.test/b.tgz", "not-pinnable"),
    ("a.test/locked:1", "not-pinnable"),
  ]) func `a feature of a development container`(_ key: String, _ meaning: String) throws {
    var options = DialectOptions()
    options.companions = [
      .init(name: "devcontainer-lock.json", bytes: Array(#"{"features": {"a.test/locked:1": {"resolved": "x"}}}"#.utf8))
    ]
    #expect(try DevContainerFeatures().meanings("features: {'\(key)': {}}", at: "features", options: options) == [meaning])
  }

  @Test func `names that are built are sites of nothing`() throws {
    let findings = try OwnNames().findings("tags: |\n  a/b:1,c/d:$V\n  $E\n", at: "tags")
    #expect(findings.sites.isEmpty)
    #expect(findings.ownImages.map(\.name.familiar) == ["a/b", "c/d"])
    #expect(findings.ownImages.map(\.extent) == [.tag(try #require(Tag("1"))), .name])
  }

  @Test(
    arguments: [
      ("{base: ../b, 'a/b:1': x, 'busybox:latest': y, '${A}': z}", ["base", "a/b:1", "busybox"]), ("[base=../b, other]", ["base"]),
      ("\"base=../b\\n a/b = x\"", ["base", "a/b"]), ("base", []),
    ] as [(String, [String])]) func `named contexts of a build`(_ contexts: String, _ names: [String]) throws
  {
    #expect(try ContextNames().findings("contexts: \(contexts)", at: "contexts").contexts.map(\.name) == names)
  }

  @Test func `an argument of a build names what it builds`() throws {
    #expect(
      try BuildArguments().findings("args: [build, -t, 'a/b', --tag=c/d, .]", at: "args").ownImages.map(\.name.familiar) == ["a/b", "c/d"])
    #expect(try BuildArguments().findings("args: [run, -t, 'a/b']", at: "args").ownImages.isEmpty)
  }
}
