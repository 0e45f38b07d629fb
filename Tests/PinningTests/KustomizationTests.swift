import Pinning
import Testing

/// What kustomizations make of the images of the files that they take.
@Suite struct KustomizationTests {
  private func states(_ files: [String: String], _ command: Report.Command = .list) async -> [String] {
    (try? await Repository(files).states(command)) ?? []
  }

  private func pod(_ image: String) -> String { Repository.pod(image) }

  @Test(
    arguments: [
      // resources, bases and components, files and folders, one after another
      (
        [
          "o/kustomization.yaml": "resources: [../b]\nimages: [{name: a/b, newName: c/d}]\n",
          "b/kustomization.yaml": "resources: [pod.yaml]\n",
        ], "b/pod.yaml"
      ),
      (
        ["o/kustomization.yml": "bases: [../b/]\nimages: [{name: a/b, newName: c/d}]\n", "b/Kustomization": "resources: [./x/pod.yaml]\n"],
        "b/x/pod.yaml"
      ),
      (
        [
          "o/kustomization.yaml": "resources: [..]\nimages: [{name: a/b, newName: c/d}]\n", "kustomization.yaml": "resources: [pod.yaml]\n",
        ], "pod.yaml"
      ),
      (
        [
          "kustomization.yaml": "resources: [pod.yaml]\ncomponents: [c]\n",
          "c/kustomization.yaml": "kind: Component\nimages: [{name: a/b, newName: c/d}]\n",
        ], "pod.yaml"
      ),
      (
        [
          "kustomization.yaml": "resources: [pod.yaml]\ntransformers: [t.yaml]\n",
          "t.yaml": "apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: {name: t}\nimageTag: {name: a/b, newName: c/d}\n",
        ], "pod.yaml"
      ),
      (["kustomization.yaml": "patches: [{path: pod.yaml}]\nimages: [{name: a/b, newName: c/d}]\n"], "pod.yaml"),
    ] as [([String: String], String)]) func `an image of that name is replaced in what the kustomization reaches`(
      _ files: [String: String], _ path: String
    ) async
  {
    var files = files
    files[path] = pod("a/b:1")
    files["elsewhere/pod.yaml"] = pod("a/b:1")
    let states = await states(files).filter { $0.contains("a/b") }
    #expect(Set(states) == ["\(path) a/b:1 substituted-here", "elsewhere/pod.yaml a/b:1 unpinned"])
  }

  @Test func `names are compared as they are written`() async {
    let files = [
      "kustomization.yaml": "resources: [pod.yaml, full.yaml]\nimages: [{name: nginx, newName: acme/nginx}]\n", "pod.yaml": pod("nginx:1"),
      "full.yaml": pod("docker.io/library/nginx:1"),
    ]
    #expect(
      await states(files).filter { $0.contains(".yaml") && $0.contains(":1") } == [
        "full.yaml docker.io/library/nginx:1 unpinned", "pod.yaml nginx:1 substituted-here",
      ])
  }

  @Test func `custom resources, values of charts and entries beside it are not replaced`() async {
    let files = [
      "kustomization.yaml":
        "resources: [tool.yaml, release.yaml]\nimages: [{name: a/b, newName: a/c}, {name: x, newName: a/b, newTag: '2'}]\n",
      "tool.yaml": "apiVersion: acme.test/v1\nkind: Tool\nspec: {image: 'a/b:1'}\n",
      "release.yaml":
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {values: {image: {repository: a/b, tag: '1', digest: ''}}}\n",
    ]
    #expect(
      await states(files).filter { $0.contains("a/b") }.sorted() == [
        "kustomization.yaml a/b:2 unpinned", "release.yaml a/b:1 unpinned", "tool.yaml a/b:1 unpinned",
      ])
  }

  @Test(arguments: [
    ("{name: a/b, newName: a/b, newTag: '2'}", ["kustomization.yaml a/b:2 unpinned", "pod.yaml a/b:1 substituted-here"]),
    ("{name: a/b, newTag: '2'}", ["kustomization.yaml a/b:2 unpinned", "pod.yaml a/b:1 substituted-here"]),
    ("{name: a/b, newName: a/b}", ["kustomization.yaml a/b tag-elsewhere", "pod.yaml a/b:1 unpinned"]),
    ("{name: a/b, newName: 'c/d:2'}", ["kustomization.yaml c/d:2 unpinned", "pod.yaml a/b:1 substituted-here"]),
    ("{name: a/b, tagSuffix: -x}", ["kustomization.yaml a/b unpinned", "pod.yaml a/b:1 digest-dropped"]),
    ("{name: a/b, newTag: '2', tagSuffix: -x}", ["kustomization.yaml a/b:2 unpinned", "pod.yaml a/b:1 substituted-here"]),
  ]) func `an entry replaces the name, the tag, or both`(_ entry: String, _ expected: [String]) async {
    #expect(await states(["kustomization.yaml": "resources: [pod.yaml]\nimages: [\(entry)]\n", "pod.yaml": pod("a/b:1")]) == expected)
  }

  @Test func `a pin whose digest tagSuffix drops is none`() async {
    let pinned = "a/b:1@sha256:\(String(repeating: "1", count: 64))"
    let files = ["kustomization.yaml": "resources: [pod.yaml]\nimages: [{name: a/b, tagSuffix: -x}]\n", "pod.yaml": pod(pinned)]
    #expect(await states(files, .check) == ["kustomization.yaml a/b unpinned", "pod.yaml \(pinned) digest-dropped"])
    #expect(await states(files, .pin) == ["kustomization.yaml a/b tag-suffix", "pod.yaml \(pinned) digest-dropped"])
    #expect(await states(files, .unpin).last == "pod.yaml \(pinned) changed")
  }

  @Test func `what one overlay replaces and another does not runs as it is`() async {
    var files = [
      "a/kustomization.yaml": "resources: [../b]\nimages: [{name: a/b, newTag: '2'}]\n", "b/kustomization.yaml": "resources: [pod.yaml]\n",
      "c/kustomization.yaml": "resources: [../b]\n", "b/pod.yaml": pod("a/b:1"),
    ]
    #expect(await states(files).contains("b/pod.yaml a/b:1 unpinned"))
    files["c/kustomization.yaml"] = "resources: [../b]\nimages: [{name: a/b, newTag: '3'}]\n"
    #expect(await states(files).contains("b/pod.yaml a/b:1 substituted-here"))
    // A digest would be carried to another name by one of them.
    files["c/kustomization.yaml"] = "resources: [../b]\nimages: [{name: a/b, newName: c/d}]\n"
    files["a/kustomization.yaml"] = "resources: [../b]\n"
    #expect(await states(files).contains("b/pod.yaml a/b:1 substituted-here"))
  }

  @Test(arguments: [
    "patches: [{path: patch.yaml}]", "patchesStrategicMerge: [patch.yaml]", "patches: [{path: patch.yaml, target: {kind: Pod, name: p}}]",
    "patches: [{patch: '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: p, image: c/d:2}]}}'}]",
    "patches: [{target: {kind: Pod, name: p}, patch: '{apiVersion: v1, kind: Pod, metadata: {name: any}, spec: {containers: [{name: p, image: c/d:2}]}}'}]",
  ]) func `a strategic merge patch replaces the image of the container that it names`(_ patches: String) async {
    let files = [
      "kustomization.yaml": "resources: [pod.yaml]\n\(patches)\n", "pod.yaml": pod("a/b:1"), "patch.yaml": pod("c/d:2"),
      "other/pod.yaml": pod("a/b:1"),
    ]
    let states = await states(files)
    #expect(states.filter { $0.contains("a/b") } == ["other/pod.yaml a/b:1 unpinned", "pod.yaml a/b:1 substituted-here"])
    #expect(states.contains("patch.yaml c/d:2 unpinned") || states.contains("kustomization.yaml c/d:2 unpinned"))
  }

  @Test(arguments: [
    "patches: [{path: patch.yaml, target: {kind: Pod, name: p.*}}]",
    "patches: [{path: patch.yaml, target: {kind: Pod, labelSelector: a=b}}]",
    "patches: [{path: patch.yaml, target: {kind: Pod, name: q}}]", "resources: [patch.yaml]", "patches: [{path: missing.yaml}]",
  ]) func `a patch of something else does not`(_ patches: String) async {
    let files = ["kustomization.yaml": "resources: [pod.yaml]\n\(patches)\n", "pod.yaml": pod("a/b:1"), "patch.yaml": pod("c/d:2")]
    #expect(await states(files).contains("pod.yaml a/b:1 unpinned"))
  }

  @Test func `a patch for another container, namespace or name does not`() async {
    for change in [("name: p, image", "name: q, image"), ("{name: p}", "{name: p, namespace: n}"), ("kind: Pod", "kind: Job")] {
      let files = [
        "kustomization.yaml": "resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n", "pod.yaml": pod("a/b:1"),
        "patch.yaml": pod("c/d:2").replacing(change.0, with: change.1),
      ]
      #expect(await states(files).contains("pod.yaml a/b:1 unpinned"))
    }
  }

  @Test func `what only one overlay patches runs as it is in the other`() async {
    let files = [
      "a/kustomization.yaml": "resources: [../b]\npatches: [{path: patch.yaml}]\n", "a/patch.yaml": pod("c/d:2"),
      "b/kustomization.yaml": "resources: [pod.yaml]\n", "c/kustomization.yaml": "resources: [../b]\n", "b/pod.yaml": pod("a/b:1"),
    ]
    #expect(await states(files).contains("b/pod.yaml a/b:1 unpinned"))
  }
}
