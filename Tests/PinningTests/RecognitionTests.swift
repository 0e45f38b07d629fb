import Testing

/// Files that their content tells, whatever they are called.
@Suite struct RecognitionTests {
  @Test(arguments: [
    "services:\n  web:\n    image: nginx:1.25\n    volumes: [data:/data]\nvolumes:\n  data:\n",
    "version: '3'\nx-a: &a\n  image: nginx:1.25\nservices:\n  web: *a\n  b: {build: .}\n",
    "\u{FEFF}services:\n  web: {image: 'nginx:1.25', x-note: 1, deploy: {replicas: 2}}\n",
    "# a\r\nname: x\r\nservices:\r\n  web:\r\n    image: nginx:1.25\r\n",
  ]) func `a Compose file`(_ text: String) async {
    for path in ["install/latest.yml", "docker-stack.yml", "web.compose.yaml"] {
      #expect(await IncludedFilesTests.sites([(path, text)]) == ["\(path): unpinned nginx:1.25"])
    }
  }

  @Test(arguments: [
    "services:\n  web: {image: 'nginx:1.25', replicas: 2}\n", "services:\n  web: {image: 'nginx:1.25'}\nsteps: []\n",
    "services:\n  - {image: 'nginx:1.25'}\n", "services:\n  web: nginx:1.25\n  image: nginx:1.25\n",
    "services:\n  a: {environment: {image: 'nginx:1.25'}}\n",
    "a:\n  services:\n    web: {image: 'nginx:1.25'}\n", "apiVersion: v1\nservices:\n  web: {image: 'nginx:1.25'}\n",
    "services: {}\nimage: nginx:1.25\n",
  ]) func `what is no Compose file`(_ text: String) async {
    #expect(await IncludedFilesTests.sites([("a/services.yml", text)]) == [])
  }

  @Test func `a Skaffold file is no Kubernetes object`() async {
    let text = """
      apiVersion: skaffold/v4beta5
      kind: Config
      build:
        artifacts:
          - image: updater:1
            buildpacks: {builder: 'gcr.io/buildpacks/builder:v1'}
      deploy: {helm: {releases: [{name: a, setValues: {image: 'a:1'}}]}}
      """
    #expect(
      await IncludedFilesTests.sites([("ci/dev.yaml", text)]) == [
        "ci/dev.yaml: built-here updater:1", "ci/dev.yaml: unpinned gcr.io/buildpacks/builder:v1",
      ])
  }

  @Test(arguments: [
    "stages: [build]\nbuild:\n  stage: build\n  image: node:20\n  script: [make]\n",
    ".base: &base\n  image: node:20\nbuild:\n  <<: *base\n  stage: build\n  script: make\n  rules: [{when: always}]\n",
    "spec:\n  inputs: {a: {}}\n---\ndefault: {image: 'node:20'}\nbuild:\n  stage: $[[ inputs.a ]]\n  script: [make]\n",
  ]) func `a GitLab CI file`(_ text: String) async {
    #expect(await IncludedFilesTests.sites([("templates/build.yml", text)]) == ["templates/build.yml: unpinned node:20"])
  }

  @Test(arguments: [
    // Codefresh, Travis, Azure Pipelines, and values of a chart.
    "version: '1.0'\nstages: [build]\nsteps:\n  a: {stage: build, image: 'node:20', commands: [make]}\n  script: {}\n",
    "language: node\nstages: [build]\nscript: make\njobs: {include: [{stage: build, script: make, image: 'node:20'}]}\n",
    "stages:\n  - stage: a\n    jobs: [{job: a, container: x, steps: [{script: make}]}]\nimage: node:20\n",
    "web:\n  image: node:20\n  script: make\n", "web:\n  image: node:20\n  stage: a\n  script: make\n  port: 80\n",
  ]) func `what is no GitLab CI file`(_ text: String) async {
    #expect(await IncludedFilesTests.sites([("a/ci.yml", text)]) == [])
  }

  @Test(arguments: ["web.hcl", "web.job", "web.nomad"]) func `a job of Nomad`(_ path: String) async {
    let text =
      "job \"a\" {\n  group \"b\" {\n    task \"c\" {\n      driver = \"docker\"\n      config {\n        image = \"nginx:1.25\"\n      }\n    }\n  }\n}\n"
    #expect(await IncludedFilesTests.sites([(path, text)]) == ["\(path): unpinned nginx:1.25"])
  }
}
