import Dialects
import Pinning
import Rules
import Testing

/// Files of any name that another file names, and what is said of those that are not read.
@Suite struct IncludedFilesTests {
  /// A line for each site of all files: path, state (for what is left alone, why) and text.
  static func sites(_ files: [(path: String, text: String)], context: Set<String> = []) async -> [String] {
    let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
    let sources = texts.keys.sorted().map {
      SourceFile(path: $0, absolutePath: "/" + $0, role: context.contains($0) ? .context : .selected)
    }
    let scan = Scan { file in
      if let text = texts[file.path] { .success(Array(text.utf8)) } else { .failure(.system(path: file.path, SystemError(code: 2))) }
    }
    let report = await Run(RunOptions(.list), resolver: FixtureResolver()).report(on: await scan.scan(sources, jobs: 2))
    return report.files.flatMap { file in
      file.sites.map { site in
        let state = if case .skipped(let reason) = site.state { reason.rule.rawValue } else { site.state.code }
        return "\(file.path): \(state) \(site.site.text)"
      }
    }
  }

  private static let job = "job:\n  image: node:12\n  script: [true]\n"

  @Test(arguments: [
    "include: ci/a.yml", "include: /ci/a.yml", "include: [ci/a.yml]", "include: {local: ci/a.yml}", "include: [{local: /ci/a.yml}]",
    "include: {local: 'ci/*.yml'}", "include: [{local: '/**/a.yml'}]", "include: 'c*/**.yml'", "x: {trigger: {include: ci/a.yml}}",
    "x: {trigger: {include: [{local: ci/a.yml}]}}",
  ]) func `what GitLab includes is GitLab CI`(_ text: String) async {
    #expect(
      await Self.sites([(".gitlab-ci.yml", text + "\n"), ("ci/a.yml", Self.job), ("other/b.yml", Self.job)]) == [
        "ci/a.yml: unpinned node:12"
      ])
  }

  @Test func `what a project in a folder of the repository includes is looked for there, too`() async {
    let files = [("a/.gitlab-ci.yml", "include: [/ci/*.yml, b.yml]\n"), ("a/ci/c.yml", Self.job), ("a/b.yml", Self.job)]
    #expect(await Self.sites(files) == ["a/b.yml: unpinned node:12", "a/ci/c.yml: unpinned node:12"])
  }

  @Test func `what an included file includes is read, once, and circles end`() async {
    let files = [
      (".gitlab-ci.yml", "include: [a.yml, b.yml]\n"), ("a.yml", "include: [b.yml, a.yml]\n" + Self.job),
      ("b.yml", "include: [{local: sub/c.yml}, {local: .gitlab-ci.yml}]\n"), ("sub/c.yml", Self.job),
    ]
    #expect(await Self.sites(files) == ["a.yml: unpinned node:12", "sub/c.yml: unpinned node:12"])
    // Those that are not worked on say what the others are all the same.
    #expect(await Self.sites(files, context: [".gitlab-ci.yml", "a.yml", "b.yml"]) == ["sub/c.yml: unpinned node:12"])
  }

  @Test(arguments: [
    ("include: ci/none.yml", "file-not-read ci/none.yml"), ("include: 'none/*.yml'", "file-not-read none/*.yml"),
    ("include: {remote: 'https://a.test/b.yml'}", "file-not-read https://a.test/b.yml"),
    ("include: ['https://a.test/b.yml']", "file-not-read https://a.test/b.yml"),
    ("include: {template: Auto-DevOps.gitlab-ci.yml}", "file-not-read Auto-DevOps.gitlab-ci.yml"),
    ("x: {trigger: {include: [{artifact: made.yml, job: make}]}}", "file-not-read made.yml"),
    ("include: {local: $DIR/a.yml}", "not-literal $DIR/a.yml"), ("include: {local: ../a.yml}", "file-not-read ../a.yml"),
  ]) func `what GitLab includes and is not read is said to be not`(_ text: String, _ site: String) async {
    #expect(await Self.sites([(".gitlab-ci.yml", text + "\n"), ("ci/a.yml", Self.job)]) == [".gitlab-ci.yml: \(site)"])
  }

  @Test func `a remote file with its checksum cannot change`() async {
    #expect(await Self.sites([(".gitlab-ci.yml", "include: {remote: 'https://a.test/b.yml', integrity: 'sha256-x'}\n")]) == [])
  }

  private static let service = "services:\n  a:\n    image: nginx:1.25\n"

  @Test(arguments: [
    ("compose.yaml", "include: [x/db.yml]\n"), ("compose.yaml", "include: [{path: x/db.yml}]\n"),
    ("compose.yaml", "include: [{path: [./x/db.yml], env_file: x/env}]\n"),
    ("compose.yaml", "services: {b: {extends: {file: x/db.yml, service: a}}}\n"),
    ("y/compose.yaml", "include: [../x/db.yml]\n"), ("up.sh", "docker compose -p a -f other.yml -f x/db.yml up -d\n"),
    ("up.sh", "docker-compose --file=x/db.yml up\n"), (".env", "A=1\nCOMPOSE_FILE=none.yml:x/db.yml\n"),
    ("up.sh", "export COMPOSE_FILE=\"x/db.yml\"\n"), (".github/workflows/b.yml", "env:\n  COMPOSE_FILE: x/db.yml\n"),
    ("y/up.sh", "sudo docker stack deploy -c ../x/db.yml web\n"),
    ("y/up.sh", "docker stack deploy --compose-file x/db.yml web\n"), ("Makefile", "up:\n\t@docker compose \\\n\t  -f x/db.yml up\n"),
    (".github/workflows/a.yml", "jobs: {a: {steps: [{run: docker compose -f x/db.yml up}]}}\n"),
  ]) func `a Compose file of any name is one that another file calls so`(_ path: String, _ text: String) async {
    let services = "notes: not a Compose file by its look\n" + Self.service
    #expect(await Self.sites([(path, text), ("x/db.yml", services)]) == ["x/db.yml: unpinned nginx:1.25"])
  }

  @Test(arguments: [
    "docker compose logs -f x/db.yml", "docker compose -f $DIR/db.yml up", "docker compose -f ../../x/db.yml up",
    "echo stack deploy -c x/db.yml",
    "cat -f x/db.yml",
  ]) func `a script that names no Compose file makes none`(_ line: String) async {
    #expect(await Self.sites([("a/up.sh", line + "\n"), ("x/db.yml", "notes: 1\n" + Self.service)]) == [])
  }

  @Test(arguments: [
    ("include: [none.yml]", "file-not-read none.yml"), ("include: ['oci://a.test/b:1']", "file-not-read oci://a.test/b:1"),
    ("include: ['https://github.com/a/b.git#main:x.yml']", "file-not-read https://github.com/a/b.git#main:x.yml"),
    ("services: {a: {extends: {file: /etc/x.yml, service: a}}}", "file-not-read /etc/x.yml"),
    ("include: ['${DIR}/x.yml']", "not-literal ${DIR}/x.yml"),
  ]) func `what Compose includes and is not read is said to be not`(_ text: String, _ site: String) async {
    #expect(await Self.sites([("compose.yaml", text + "\n")]) == ["compose.yaml: \(site)"])
  }

  @Test(arguments: [
    ("a/azure-pipelines.yml", "steps: [{template: t/b.yml}]\n", "a/t/b.yml"),
    ("a/azure-pipelines.yml", "extends: {template: /t/b.yml}\n", "t/b.yml"),
    ("a/azure-pipelines.yml", "jobs: [{template: t/b.yml@self}]\n", "t/b.yml"),
    ("azure-pipelines.yml", "stages: [{template: ./b.yml}]\n", "b.yml"),
  ]) func `a template of Azure Pipelines`(_ path: String, _ text: String, _ template: String) async {
    let job = "jobs: [{job: a, container: {image: 'a.test/b:1'}}]\n"
    #expect(await Self.sites([(path, text), (template, job)]) == ["\(template): unpinned a.test/b:1"])
  }

  @Test func `a repository of templates is named once`() async {
    let text = "steps: [{template: a.yml@other}, {template: b.yml@other}, {template: none.yml}, {template: '${{ a }}.yml'}]\n"
    #expect(
      await Self.sites([("azure-pipelines.yml", text)]).map { $0.dropFirst("azure-pipelines.yml: ".count) } == [
        "file-not-read a.yml@other", "file-not-read none.yml", "not-literal ${{ a }}.yml",
      ])
  }

  @Test(arguments: [
    (".circleci/config.yml", "jobs: {a: {steps: [{continuation/continue: {configuration_path: ci/x.yml}}]}}\n", "ci/x.yml"),
    (".circleci/config.yml", "workflows: {a: {jobs: [{path-filtering/filter: {config-path: ci/x.yml}}]}}\n", "ci/x.yml"),
  ]) func `the configuration with which CircleCI goes on`(_ path: String, _ text: String, _ target: String) async {
    #expect(
      await Self.sites([(path, text), (target, "jobs: {a: {docker: [{image: 'cimg/base:2024.01'}]}}\n")]) == [
        "\(target): unpinned cimg/base:2024.01"
      ])
    #expect(await Self.sites([(path, text)]) == ["\(path): file-not-read \(target)"])
  }

  @Test func `what batect includes is batect, and bundles of other repositories are not read`() async {
    let text = "include: [x/a.yml, {type: file, path: ./b.yml}, {type: git, repo: 'https://a.test/c.git', ref: '1', path: c.yml}, no.yml]\n"
    let container = "containers: {a: {image: 'debian:12'}}\n"
    #expect(
      await Self.sites([("batect.yml", text), ("x/a.yml", container), ("b.yml", container)]) == [
        "b.yml: unpinned debian:12", "batect.yml: file-not-read https://a.test/c.git", "batect.yml: file-not-read no.yml",
        "x/a.yml: unpinned debian:12",
      ])
  }

  @Test func `a template of Drone's is the server's`() async {
    #expect(await Self.sites([(".drone.yml", "kind: template\nload: a.yaml\ndata: {}\n")]) == [".drone.yml: file-not-read a.yaml"])
  }

  private static let pod = "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: 'nginx:1.25'}]}\n"
  private static let patch = "- {op: replace, path: /spec/containers/0/image, value: 'nginx:1.25'}\n"

  @Test(arguments: [
    ("resources: [pod.txt]", "pod.txt", pod), ("resources: [./pod]", "pod", pod), ("patches: [{path: p.yaml}]", "p.yaml", patch),
    ("patchesJson6902: [{path: p.json}]", "p.json", #"[{"op": "replace", "path": "/a/image", "value": "nginx:1.25"}]"#),
    ("patchesStrategicMerge: [pod.patch]", "pod.patch", pod),
  ]) func `what a kustomization names`(_ text: String, _ name: String, _ content: String) async {
    #expect(
      await Self.sites([("a/kustomization.yaml", text + "\n"), ("a/\(name)", content)]).map { String($0.suffix(10)) } == ["nginx:1.25"])
  }

  @Test(
    arguments: [
      (
        "resources: ['https://github.com/a/b//c?ref=v1', github.com/a/b, ../base, none.yaml]",
        [
          "file-not-read https://github.com/a/b//c?ref=v1", "file-not-read github.com/a/b",
        ]
      ),
      ("resources: ['https://github.com/a/b//c?ref=0123456789012345678901234567890123456789']", []),
    ] as [(String, [String])]) func `what a kustomization takes from elsewhere`(_ text: String, _ sites: [String]) async
  {
    #expect(await Self.sites([("kustomization.yaml", text + "\n")]) == sites.map { "kustomization.yaml: \($0)" })
  }

  private static let application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: "
  private static let release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: "

  @Test(arguments: [
    ("up.sh", "helm upgrade --install web ./chart -f env/prod.yaml,none.yaml\n"),
    ("up.sh", "helm template web --values=env/prod.yaml chart\n"),
    ("app.yaml", application + "{source: {image: '', path: chart, helm: {valueFiles: [../env/prod.yaml]}}}\n"),
    ("app.yaml", application + "{image: '', sources: [{helm: {valueFiles: [$values/env/prod.yaml]}}]}\n"),
    ("app.yaml", release + "{image: '', chart: {spec: {valuesFiles: [env/prod.yaml]}}}\n"),
    ("skaffold.yaml", "manifests: {helm: {releases: [{valuesFiles: [env/prod.yaml]}]}}\n"),
    ("kustomization.yaml", "helmCharts: [{valuesFile: env/prod.yaml}]\n"),
  ]) func `values of Helm charts`(_ path: String, _ text: String) async {
    let values = "web:\n  image: nginx:1.25\n"
    #expect(await Self.sites([(path, text), ("env/prod.yaml", values)]) == ["env/prod.yaml: unpinned nginx:1.25"])
  }

  @Test(arguments: [
    (application + "{source: {path: chart, helm: {valueFiles: [none.yaml, ../env/prod.yaml]}}}\n", ["file-not-read none.yaml"]),
    (
      application + "{sources: [{helm: {valueFiles: [$values/none.yaml, /none.yaml, 'https://acme.test/v.yaml', '{{x}}/v.yaml']}}]}\n",
      [
        "file-not-read $values/none.yaml", "file-not-read /none.yaml", "file-not-read https://acme.test/v.yaml", "not-literal {{x}}/v.yaml",
      ]
    ),
    (release + "{chart: {spec: {valuesFiles: [none.yaml, env/prod.yaml]}}}\n", ["file-not-read none.yaml"]),
  ]) func `values of Helm charts that are not there`(_ text: String, _ sites: [String]) async {
    let values = "web:\n  image: nginx:1.25\n"
    let found = await Self.sites([("app.yaml", text), ("env/prod.yaml", values)])
    #expect(found.filter { $0.hasPrefix("app.yaml") } == sites.map { "app.yaml: \($0)" })
  }

  @Test(arguments: [
    ("a/docker-bake.hcl", "target \"a\" {\n  context = \"x\"\n  dockerfile = \"web.df\"\n}\n", "a/x/web.df"),
    ("a/docker-bake.hcl", "target \"a\" {\n  dockerfile = \"web.df\"\n}\n", "web.df"),
    ("a/skaffold.yaml", "build: {artifacts: [{image: a, context: x, docker: {dockerfile: web.df}}]}\n", "a/x/web.df"),
    ("a/skaffold.yaml", "build: {artifacts: [{image: a, docker: {dockerfile: web.df}}]}\n", "a/web.df"),
    ("build.sh", "docker buildx build -t a -f x/web.df .\n", "x/web.df"),
    (".github/workflows/a.yml", "jobs: {a: {steps: [{uses: ./docker/build-push-action, with: {file: x/web.df}}]}}\n", "x/web.df"),
  ]) func `a Dockerfile of any name`(_ path: String, _ text: String, _ dockerfile: String) async {
    let files = [(path, text), (dockerfile, "FROM debian:12\n"), ("other/web.df", "FROM debian:12\n")]
    #expect(await Self.sites(files).filter { !$0.contains("skipped") && $0.contains(".df") } == ["\(dockerfile): unpinned debian:12"])
  }

  @Test func `a name that tells the dialect counts for more than what another file says`() async {
    let files = [(".gitlab-ci.yml", "include: compose.yaml\n"), ("compose.yaml", Self.service + "job:\n  image: node:12\n")]
    #expect(await Self.sites(files) == ["compose.yaml: unpinned nginx:1.25"])
  }
}
