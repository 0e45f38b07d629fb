import Dialects
import SourceText
import Testing

/// Files that hold very many of one thing, which take no longer for each of them than small ones do: anybody's pull request can bring one.
@Suite(.serialized, .timeLimit(.minutes(30))) struct WideFilesTests {
  private static let count = 20_000

  private func siteCount(_ dialect: String, _ text: String, _ companions: [(name: String, text: String)] = []) throws -> Int {
    var options = DialectOptions()
    options.companions = companions.map { .init(name: $0.name, bytes: Array($0.text.utf8)) }
    return try #require(Dialects.named(dialect)).findings(in: SourceText(text), options: options).sites.count
  }

  private static func repeated(_ part: (Int) -> String) -> String { (0..<count).map(part).joined() }

  @Test(arguments: [
    ("gitlab-ci", "j#:\n  image: a:#\n  script: ['docker run b:#']\n", 2),
    ("helm-values", "a#ImageRepository: a/b#\na#ImageTag: v#\n", 1),
    ("werf", "image: i#\nfrom: a:#\n---\n", 1),
    ("gitlab-runner", "[[runners]]\n[runners.docker]\nimage = \"a:#\"\n", 1),
    ("earthfile", "ARG V#=a:1\nt#:\n FROM $V#\n FROM b:#\n", 2),
    ("bazel", "oci.pull(name = \"n#\", image = \"a#\", tag = \"1\")\n", 1),
    ("unraid", "<!-- # -->", 0), ("unraid", "<Container><Repository>a/b:#</Repository></Container>", 1),
    ("terraform", "variable \"v#\" {\n default = \"a:#\"\n}\nresource \"docker_image\" \"i#\" {\n name = var.v#\n}\n", 2),
  ]) func `of parts`(_ dialect: String, _ part: String, _ sitesOfEach: Int) throws {
    #expect(try siteCount(dialect, Self.repeated { part.replacing("#", with: "\($0)") }) == sitesOfEach * Self.count)
  }

  @Test(arguments: [
    ("bazel", "f(", ")", 0), ("tilt", "[", "]", 0), ("unraid", "<a>", "</a>", 0), ("bazel", "f(x = [", "])", 0),
    ("earthfile", "IF x\n", "END\n", 0),
    ("tilt", "f('", "')", 0),
  ]) func `within one another`(_ dialect: String, _ start: String, _ end: String, _ sites: Int) throws {
    let text = String(repeating: start, count: Self.count) + String(repeating: end, count: Self.count)
    #expect((try? siteCount(dialect, text)).map { $0 == sites } ?? true)
  }

  @Test func `of containers that may be declared`() throws {
    #expect(try siteCount("azure-pipelines", "jobs:\n" + Self.repeated { "- job: j\n  container: c\($0)\n" }) == Self.count)
  }

  @Test func `of services that extend one`() throws {
    let services = Self.repeated { "  s\($0): {extends: base, image: 'a:\($0)'}\n" }
    #expect(try siteCount("compose", "services:\n\(services)  base: {build: .}\n") == Self.count)
  }

  @Test func `of services that extend one another`() throws {
    let chain = Self.repeated { "  s\($0): {extends: s\($0 + 1), image: 'a:\($0)'}\n" }
    #expect(try siteCount("compose", "services:\n\(chain)  s\(Self.count): {build: .}\n") == Self.count)
  }

  @Test func `of services whose images are variables`() throws {
    let services = "services:\n" + Self.repeated { "  s\($0): {image: '${I\($0)}'}\n" }
    #expect(try siteCount("compose-env", Self.repeated { "I\($0)=a:\($0)\n" }, [("compose.yaml", services)]) == Self.count)
  }

  @Test func `of parameters that are images`() throws {
    let parameters = Self.repeated { "  p\($0): {type: string, default: 'a:\($0)'}\n" }
    let jobs = Self.repeated { "  j\($0): {docker: [{image: << parameters.p\($0) >>}]}\n" }
    #expect(try siteCount("circleci", "version: 2.1\nparameters:\n\(parameters)jobs:\n\(jobs)") >= Self.count)
  }

  @Test func `of jobs of Prow`() throws {
    let jobs = Self.repeated { "- {name: j\($0), spec: {containers: [{image: 'a:\($0)', env: [{name: B_IMAGE, value: 'b/c:\($0)'}]}]}}\n" }
    #expect(try siteCount("prow", "periodics:\n\(jobs)") == 2 * Self.count)
  }

  @Test func `of lines of a variable that names images`() throws {
    let lines = Self.repeated { "        k\($0)=a.test/b:v\($0)\n" }
    let text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - name: ALL_IMAGES\n      value: |\n\(lines)"
    #expect(try siteCount("kubernetes", text) == Self.count)
  }

  @Test func `of a bundle's related images`() throws {
    let related = Self.repeated { "  - image: a.test/b:v\($0)\n" }
    let variables = Self.repeated { "        - {name: V\($0), value: 'a.test/b:v\($0)'}\n" }
    let text =
      "apiVersion: operators.coreos.com/v1alpha1\nkind: ClusterServiceVersion\nspec:\n  relatedImages:\n\(related)  install:\n    - env:\n"
    #expect(try siteCount("kubernetes", text + variables) == 2 * Self.count)
  }

  @Test func `of the variables of a role`() throws {
    let variables = Self.repeated { "r\($0): a.test/b\($0)\nt\($0): v\($0)\n" }
    let tasks = Self.repeated { "  - podman_container:\n      image: '{{ r\($0) }}:{{ t\($0) }}'\n" }
    #expect(try siteCount("ansible-role", variables, [("tasks/main.yml", tasks)]) == Self.count)
  }

  @Test func `of a template's expressions`() throws {
    var options = DialectOptions()
    options.path = "a.sh.j2"
    let text = Self.repeated { "{% if a %}\ndocker run -v {{ b }}:/c d:\($0)\n{% endif %}\n" }
    #expect(try #require(Dialects.named("shell")).findings(in: SourceText(text), options: options).sites.count == Self.count)
  }

  @Test func `of texts among the values of a chart`() throws {
    #expect(try siteCount("helm-values", Self.repeated { "a\($0)Containers: |\n  - image: a:\($0)\n" }) == Self.count)
  }
}
