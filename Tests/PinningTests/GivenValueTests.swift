import Dialects
import Pinning
import Testing

/// Values that are given to what another file defines: written only where that is found, once, and uses them as whole images alone.
@Suite struct GivenValueTests {
  /// What becomes of the sites of the file `caller`.
  private func states(_ caller: String, _ files: [String: String], _ command: Report.Command = .pin) async throws -> [String] {
    try await Repository(files).states(command).filter { $0.hasPrefix(caller + " ") }.map { String($0.dropFirst(caller.count + 1)) }
  }

  // MARK: Tekton

  private static func pipeline(_ value: String, ref: String = "name: build", name: String = "image") -> String {
    """
    apiVersion: tekton.dev/v1
    kind: Pipeline
    metadata: {name: p}
    spec:
      tasks: [{name: a, taskRef: {\(ref)}, params: [{name: \(name), value: "\(value)"}]}]

    """
  }

  private static func task(_ steps: String, kind: String = "Task", param: String = "name: image", name: String = "build") -> String {
    "apiVersion: tekton.dev/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec:\n  params: [{\(param)}]\n  steps: \(steps)\n"
  }

  private static let runs = "[{name: a, image: $(params.image)}]"

  @Test func `a task of the repository that runs an image`() async throws {
    let files = ["p.yaml": Self.pipeline("quay.io/acme/tool:3"), "tasks/t.yaml": Self.task(Self.runs)]
    #expect(try await states("p.yaml", files) == ["quay.io/acme/tool:3 changed"])
    #expect(try await states("p.yaml", files, .check) == ["quay.io/acme/tool:3 unpinned"])
    // The same in one file, which is a stream.
    #expect(
      try await states("p.yaml", ["p.yaml": files["p.yaml"]! + "---\n" + files["tasks/t.yaml"]!]).first == "quay.io/acme/tool:3 changed")
  }

  @Test(arguments: [
    // The step uses it as something else, too, or as a part, or shows it, or the task computes with it.
    (Self.task("[{image: $(params.image), args: ['$(params.image)']}]"), "used-otherwise"),
    (Self.task("[{image: $(params.image)}, {image: '$(params.image)-debug'}]"), "used-otherwise"),
    (Self.task("[{image: $(params.image), script: 'echo $(params.image)'}]"), "used-otherwise"),
    (Self.task(Self.runs, param: "name: image, enum: ['quay.io/acme/tool:3']"), "used-otherwise"),
    // It is handed on to what is not there.
    (Self.task("[{image: $(params.image)}, {ref: {name: x}, params: [{name: image, value: $(params.image)}]}]"), "used-otherwise"),
    // There is no such task, or none with that parameter, or another kind of one, or two.
    (Self.task(Self.runs, name: "other"), "not-pinnable"), (Self.task("[]", param: "name: other"), "not-pinnable"),
    (Self.task(Self.runs, kind: "ClusterTask"), "not-pinnable"),
    (Self.task(Self.runs) + "---\n" + Self.task(Self.runs), "not-pinnable"),
  ]) func `a value is left where the task may mean something else by it`(_ task: String, _ state: String) async throws {
    #expect(
      try await states("p.yaml", ["p.yaml": Self.pipeline("quay.io/acme/tool:3"), "t.yaml": task]) == ["quay.io/acme/tool:3 \(state)"])
  }

  @Test func `what a task of the repository does not run is nothing`() async throws {
    let files = ["p.yaml": Self.pipeline("quay.io/acme/tool:3"), "t.yaml": Self.task("[{image: 'a.test/b:1', args: ['$(params.image)']}]")]
    #expect(try await states("p.yaml", files) == [])
  }

  @Test(arguments: ["resolver: git", "name: build, bundle: 'a.test/b:1'", "name: build, apiVersion: acme.test/v1", "name: '{{ .x }}'"])
  func `a task that comes from elsewhere`(_ ref: String) async throws {
    let files = ["p.yaml": Self.pipeline("quay.io/acme/tool:3", ref: ref), "t.yaml": Self.task(Self.runs)]
    #expect(try await states("p.yaml", files).contains("quay.io/acme/tool:3 not-pinnable"))
  }

  @Test func `Pipelines as Code may take a task from elsewhere`() async throws {
    let annotated = Self.pipeline("quay.io/acme/tool:3").replacing(
      "{name: p}", with: "{name: p, annotations: {pipelinesascode.tekton.dev/task-1: build}}")
    #expect(try await states("p.yaml", ["p.yaml": annotated, "t.yaml": Self.task(Self.runs)]) == ["quay.io/acme/tool:3 not-pinnable"])
  }

  @Test(arguments: [("main", "tag-elsewhere"), ("busybox", "tag-elsewhere"), ("acme/tool", "changed"), ("a.test/b:1", "changed")])
  func `a word alone is not written`(_ value: String, _ state: String) async throws {
    #expect(try await states("p.yaml", ["p.yaml": Self.pipeline(value), "t.yaml": Self.task(Self.runs)]) == ["\(value) \(state)"])
  }

  @Test func `a run gives a pipeline what that gives its task`() async throws {
    let run = """
      apiVersion: tekton.dev/v1
      kind: PipelineRun
      spec: {pipelineRef: {name: p}, params: [{name: tool, value: "a.test/run:1"}]}

      """
    let pipeline = """
      apiVersion: tekton.dev/v1
      kind: Pipeline
      metadata: {name: p}
      spec:
        params: [{name: tool, default: "a.test/default:1"}]
        tasks: [{taskRef: {name: build}, params: [{name: image, value: $(params.tool)}]}]

      """
    let files = ["r.yaml": run, "p.yaml": pipeline, "t.yaml": Self.task(Self.runs)]
    #expect(try await states("r.yaml", files) == ["a.test/run:1 changed"])
    #expect(try await states("p.yaml", files) == ["a.test/default:1 changed", "$(params.tool) not-literal"])
    let shown = ["r.yaml": run, "p.yaml": pipeline, "t.yaml": Self.task("[{image: $(params.image), args: ['$(params.image)']}]")]
    #expect(try await states("r.yaml", shown) == ["a.test/run:1 used-otherwise"])
    #expect(try await states("p.yaml", shown).first == "a.test/default:1 used-otherwise")
  }

  @Test(arguments: [
    ("a.test/default:1", ["a.test/default:1 not-pinnable"]), ("main", []), ("tool:1", ["tool:1 not-pinnable"]),
    ("a.test/b@sha256:\(String(repeating: "0", count: 64))", ["a.test/b@sha256:\(String(repeating: "0", count: 64)) pinned"]),
  ]) func `a default that is handed on to a task that is not there is reported`(_ value: String, _ found: [String]) async throws {
    let pipeline = """
      apiVersion: tekton.dev/v1
      kind: Pipeline
      metadata: {name: p}
      spec:
        params: [{name: image, default: "\(value)"}, {name: url, default: "tool:1"}]
        tasks: [{taskRef: {name: none}, params: [{name: image, value: $(params.image)}, {name: url, value: $(params.url)}]}]

      """
    #expect(try await states("p.yaml", ["p.yaml": pipeline]) == found)
  }

  @Test func `what calls itself ends`() async throws {
    let text = """
      apiVersion: tekton.dev/v1
      kind: Pipeline
      metadata: {name: p}
      spec:
        params: [{name: image}]
        tasks: [{taskRef: {kind: Pipeline, name: p}, params: [{name: image, value: $(params.image)}]}]

      """
    #expect(try await states("p.yaml", ["p.yaml": text]) == [])
  }

  @Test func `a task in a tree of others is none of this repository`() async throws {
    let files = ["p.yaml": Self.pipeline("a.test/b:1"), "vendor/x/t.yaml": Self.task(Self.runs)]
    #expect(try await states("p.yaml", files) == ["a.test/b:1 not-pinnable"])
    let own = ["vendor/x/p.yaml": Self.pipeline("a.test/b:1"), "vendor/x/t.yaml": Self.task(Self.runs)]
    #expect(try await states("vendor/x/p.yaml", own) == ["a.test/b:1 changed"])
  }

  @Test(arguments: [
    ("params: [{name: image, value: [VALUES]}]", "", "changed"),
    ("params: [{name: image, value: [VALUES]}]", ", displayName: 'as $(params.image)'", "not-pinnable"),
    ("params: [{name: image, value: [VALUES]}], include: [{params: [{name: image, value: 'a.test/b:1'}]}]", "", "not-pinnable"),
    ("include: [{params: [{name: image, value: VALUES}]}]", "", "not-pinnable"),
  ]) func `the values of a matrix are given to the task`(_ matrix: String, _ rest: String, _ state: String) async throws {
    let call = "taskRef: {name: build}, matrix: {\(matrix.replacing("VALUES", with: "'a.test/b:2'"))}\(rest)"
    let text = "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec: {tasks: [{name: a, \(call)}]}\n"
    #expect(try await states("p.yaml", ["p.yaml": text, "t.yaml": Self.task(Self.runs)]).contains("a.test/b:2 \(state)"))
    let shown = Self.task("[{image: $(params.image), args: ['$(params.image)']}]")
    #expect(try await !states("p.yaml", ["p.yaml": text, "t.yaml": shown]).contains { $0.hasSuffix("changed") })
  }

  // MARK: GitHub

  private static func caller(_ uses: String, _ with: String = "image: 'a.test/b:1'") -> String {
    "jobs:\n  a:\n    uses: \(uses)\n    with: {\(with)}\n"
  }

  private static func workflow(_ container: String, _ rest: String = "") -> String {
    "on: {workflow_call: {inputs: {image: {type: string}, other: {}}}}\njobs: {x: {container: \(container), steps: [{run: 'true'\(rest)}]}}\n"
  }

  private static let run = ".github/workflows/run.yml"

  @Test(arguments: [
    ("'${{ inputs.image }}'", "", ["a.test/b:1 changed"]), ("{image: '${{ inputs.Image }}'}", "", ["a.test/b:1 changed"]),
    ("'${{ inputs.image }}'", ", name: 'in ${{ inputs.image }}'", ["a.test/b:1 used-otherwise"]),
    ("'${{ inputs.image }}'", ", if: inputs.image == 'x'", ["a.test/b:1 used-otherwise"]),
    ("\"${{ inputs.image || 'x:1' }}\"", "", []), ("'${{ inputs.other }}'", "", []),
  ]) func `a workflow of the repository`(_ container: String, _ rest: String, _ states: [String]) async throws {
    let files = [".github/workflows/a.yml": Self.caller("./\(Self.run)"), Self.run: Self.workflow(container, rest)]
    #expect(try await self.states(".github/workflows/a.yml", files).filter { !$0.contains("local") } == states)
  }

  @Test func `a workflow that is not there, and one of another repository`() async throws {
    let missing = [".github/workflows/a.yml": Self.caller("./.github/workflows/none.yml")]
    #expect(try await states(".github/workflows/a.yml", missing).contains("a.test/b:1 not-pinnable"))
    let other = [
      ".github/workflows/a.yml": Self.caller("acme/x/.github/workflows/run.yml@v1"), Self.run: Self.workflow("'${{ inputs.image }}'"),
    ]
    #expect(try await !states(".github/workflows/a.yml", other).contains { $0.hasPrefix("a.test") })
  }

  @Test func `a value of a matrix that a workflow is given`() async throws {
    let caller = """
      jobs:
        a:
          name: all
          strategy: {matrix: {image: ["a.test/b:1", "a.test/c:1"]}}
          uses: ./\(Self.run)
          with: {image: "${{ matrix.image }}"}

      """
    let files = [".github/workflows/a.yml": caller, Self.run: Self.workflow("'${{ inputs.image }}'")]
    let found = try await states(".github/workflows/a.yml", files).filter { $0.hasPrefix("a.test") }
    #expect(found == ["a.test/b:1 changed", "a.test/c:1 changed"])
  }

  @Test(arguments: [
    ("runs: {using: composite, steps: [{shell: bash, run: 'docker run --rm ${{ inputs.image }} make'}]}", "tag-in-script"),
    (
      "runs: {using: composite, steps: [{uses: docker/setup-qemu-action@v3, with: {image: '${{ inputs.image }}'}}]}", "changed"
    ),
    // What an action in JavaScript does with it, nobody can see.
    ("runs: {using: node20, main: index.js}", "not-pinnable"),
    ("runs: {using: docker, image: Dockerfile, args: ['${{ inputs.image }}']}", "not-pinnable"),
  ]) func `an action of the repository`(_ runs: String, _ state: String) async throws {
    let caller = "jobs:\n  a:\n    steps: [{uses: ./tools/x, with: {image: 'a.test/b:1'}}]\n"
    let files = [".github/workflows/a.yml": caller, "tools/x/action.yaml": "inputs: {image: {required: true}}\n\(runs)\n"]
    #expect(try await states(".github/workflows/a.yml", files).filter { !$0.contains("local") } == ["a.test/b:1 \(state)"])
  }

  // MARK: GitLab

  @Test(arguments: [
    ("image: {type: string}", "include: [{local: ci/x.yml, inputs: {image: 'ruby:3.3'}}]", "ci/x.yml", ["ruby:3.3 changed"]),
    ("image:", "include: {local: /ci/x.yml, inputs: {image: 'ruby:3.3'}}", "ci/x.yml", ["ruby:3.3 changed"]),
    ("image:", "d: {trigger: {include: [{local: ci/x.yml, inputs: {image: 'ruby:3.3'}}]}}", "ci/x.yml", ["ruby:3.3 changed"]),
    (
      "image: {options: ['ruby:3.3', 'ruby:3.2']}", "include: {local: ci/x.yml, inputs: {image: 'ruby:3.3'}}", "ci/x.yml",
      ["ruby:3.3 used-otherwise"]
    ),
    ("image: {regex: '^ruby'}", "include: {local: ci/x.yml, inputs: {image: 'ruby:3.3'}}", "ci/x.yml", ["ruby:3.3 used-otherwise"]),
    ("other:", "include: {local: ci/x.yml, inputs: {image: 'ruby:3.3'}}", "ci/x.yml", ["ruby:3.3 not-pinnable"]),
    ("image:", "include: {local: 'ci/*.yml', inputs: {image: 'ruby:3.3'}}", "ci/x.yml", ["ruby:3.3 not-pinnable"]),
    ("image:", "include: {component: 'a.test/b/c@1.0', inputs: {image: 'ruby:3.3'}}", "ci/x.yml", ["ruby:3.3 not-pinnable"]),
    ("image:", "include: {local: ci/none.yml, inputs: {image: 'ruby:3.3'}}", "ci/x.yml", ["ruby:3.3 not-pinnable"]),
  ]) func `a file that GitLab includes with inputs`(_ input: String, _ caller: String, _ path: String, _ states: [String]) async throws {
    let job = "spec:\n  inputs:\n    \(input)\n---\njob: {image: '$[[ inputs.image ]]', script: [make]}\n"
    let found = try await self.states(".gitlab-ci.yml", [".gitlab-ci.yml": caller + "\n", path: job])
    #expect(found.filter { $0.hasPrefix("ruby") } == states)
  }

  // MARK: Argo

  private static func argoWorkflow(_ call: String, kind: String = "Workflow") -> String {
    """
    apiVersion: argoproj.io/v1alpha1
    kind: \(kind)
    metadata: {name: w}
    spec:
      templates:
        - name: main
          \(call)
        - name: run
          inputs: {parameters: [{name: image}, {name: word}]}
          container: {image: "{{inputs.parameters.image}}", args: ["{{inputs.parameters.word}}"]}

    """
  }

  @Test(arguments: [
    ("steps: [[{name: a, template: run, arguments: {parameters: [{name: image, value: 'a.test/b:1'}]}}]]", ["a.test/b:1 changed"]),
    ("dag: {tasks: [{name: a, template: run, arguments: {parameters: [{name: image, value: 'a.test/b:1'}]}}]}", ["a.test/b:1 changed"]),
    ("dag: {tasks: [{name: a, template: run, arguments: {parameters: [{name: word, value: 'a.test/b:1'}]}}]}", []),
    ("dag: {tasks: [{name: a, template: none, arguments: {parameters: [{name: image, value: 'a.test/b:1'}]}}]}", []),
    (
      "steps: [[{name: a, templateRef: {name: t, template: run}, arguments: {parameters: [{name: image, value: 'a.test/b:1'}]}}]]",
      ["a.test/b:1 not-pinnable"]
    ),
    (
      "steps: [[{name: a, templateRef: {name: w, template: run}, arguments: {parameters: [{name: image, value: 'a.test/b:1'}]}}]]",
      ["a.test/b:1 changed"]
    ),
    (
      "steps: [[{name: a, templateRef: {name: w, template: run, clusterScope: true}, arguments: {parameters: [{name: image, value: 'a.test/b:1'}]}}]]",
      ["a.test/b:1 not-pinnable"]
    ),
  ]) func `a template of Argo Workflows`(_ call: String, _ states: [String]) async throws {
    let files = ["a.yaml": Self.argoWorkflow(call), "t.yaml": Self.argoWorkflow("suspend: {}", kind: "WorkflowTemplate")]
    #expect(try await self.states("a.yaml", files).filter { $0.hasPrefix("a.test") } == states)
  }

  @Test(arguments: [
    ("run", "changed"), ("show", "used-otherwise"),
  ]) func `items are given to a template of another file`(_ template: String, _ state: String) async throws {
    let call =
      "steps: [[{name: a, templateRef: {name: w, template: \(template)}, withItems: ['a.test/b:1', 'a.test/c:1'], arguments: {parameters: [{name: image, value: '{{item}}'}]}}]]"
    let other = Self.argoWorkflow("suspend: {}", kind: "WorkflowTemplate").replacing(
      "    - name: run",
      with:
        "    - name: show\n      inputs: {parameters: [{name: image}]}\n      container: {image: '{{inputs.parameters.image}}', args: ['{{inputs.parameters.image}}']}\n    - name: run"
    )
    let found = try await states("a.yaml", ["a.yaml": Self.argoWorkflow(call), "t.yaml": other]).filter { $0.hasPrefix("a.test") }
    #expect(found == ["a.test/b:1 \(state)", "a.test/c:1 \(state)"])
  }

  @Test func `a workflow that runs a workflow template`() async throws {
    let run = """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      spec: {workflowTemplateRef: {name: w}, arguments: {parameters: [{name: builder, value: "a.test/b:1"}]}}

      """
    let template = """
      apiVersion: argoproj.io/v1alpha1
      kind: WorkflowTemplate
      metadata: {name: w}
      spec:
        arguments: {parameters: [{name: builder}]}
        templates: [{name: a, container: {image: "{{workflow.parameters.builder}}"}}]

      """
    #expect(try await states("a.yaml", ["a.yaml": run, "t.yaml": template]) == ["a.test/b:1 changed"])
    let shown = template.replacing("container: {", with: "container: {args: ['{{workflow.parameters.builder}}'], ")
    #expect(try await states("a.yaml", ["a.yaml": run, "t.yaml": shown]) == ["a.test/b:1 used-otherwise"])
    #expect(try await states("a.yaml", ["a.yaml": run]) == ["a.test/b:1 not-pinnable"])
  }

  // MARK: One named file

  @Test func `of a named file alone, what is called by its path is read, and what is called by its name is not`() async {
    let caller = (path: ".github/workflows/a.yml", text: Self.caller("./\(Self.run)"))
    let files = [caller, (path: Self.run, text: Self.workflow("'${{ inputs.image }}'"))]
    let found = await IncludedFilesTests.sites(files, context: [Self.run])
    #expect(found.contains("\(caller.path): unpinned a.test/b:1"), "\(found)")
    #expect(!found.contains { $0.hasPrefix(Self.run) })
    let tasks = [(path: "p.yaml", text: Self.pipeline("a.test/b:1")), (path: "t.yaml", text: Self.task(Self.runs))]
    #expect(await IncludedFilesTests.sites(tasks, context: ["t.yaml"]) == ["p.yaml: not-pinnable a.test/b:1"])
  }

  @Test func `a comment leaves it alone`() async throws {
    let ignored = "jobs:\n  a:\n    uses: ./\(Self.run)\n    with:\n      image: a.test/b:1 # tagpin: ignore\n"
    let files = [".github/workflows/a.yml": ignored, Self.run: Self.workflow("'${{ inputs.image }}'")]
    #expect(try await states(".github/workflows/a.yml", files).contains("a.test/b:1 ignored-by-comment"))
  }
}
