import Dialects
import Pinning
import SourceText
import Testing

/// Which dialect reads a file, from its path and content.
@Suite struct DeploymentClaimsTests {
  struct File: Sendable, CustomTestStringConvertible {
    var path: String
    var content: String
    var dialect: String?
    var sites: Int

    var testDescription: String { path }
  }

  static let pod = "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: nginx:1}]}\n"

  static let files = [
    File(path: "jobs/web.nomad.hcl", content: "job \"w\" {}\n", dialect: "nomad", sites: 0),
    File(path: "jobs/web.nomad.hcl", content: "job \"w\" {}\n", dialect: "nomad", sites: 0),
    File(
      path: "jobs/web.hcl",
      content: "job \"w\" {\n group \"g\" {\n task \"t\" {\n driver = \"docker\"\n config {\n image = \"a:1\"\n }\n }\n }\n }\n",
      dialect: "nomad", sites: 1),
    File(path: "config.hcl", content: "image = \"nginx:1\"\n", dialect: nil, sites: 0),
    File(path: "main.tf", content: "resource \"docker_image\" \"a\" {\n name = \"a:1\"\n}\n", dialect: "terraform", sites: 1),
    File(path: "main.tf", content: "resource \"null\" \"a\" {}\n", dialect: nil, sites: 0),
    File(path: "pkg/Kptfile", content: "pipeline: {mutators: [{image: a/b:1}]}\n", dialect: "kptfile", sites: 1),
    File(path: "web.container", content: "[Container]\nImage=nginx:1\n", dialect: "quadlet", sites: 1),
    File(path: "web.container.d/10-image.conf", content: "[Container]\nImage=nginx:1\n", dialect: "quadlet", sites: 1),
    File(path: "disk.image", content: "\u{0}\u{1}", dialect: nil, sites: 0),
    File(path: "task.json", content: #"{"containerDefinitions": [{"image": "a:1"}]}"#, dialect: "ecs-task", sites: 1),
    File(path: "package.json", content: #"{"image": "a:1"}"#, dialect: nil, sites: 0),
    File(path: "roles/a/tasks/main.yml", content: "- docker_container:\n    image: a:1\n", dialect: "ansible", sites: 1),
    File(
      path: "template.yaml", content: "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Code: {ImageUri: a.test/b:1}}}}\n",
      dialect: "cloudformation", sites: 1),
    File(
      path: "stack.template",
      content: #"{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"ImageUri": "a.test/b:1"}}}}}"#,
      dialect: "cloudformation", sites: 1),
    // Kubernetes objects with the other dialects' words in their texts.
    File(path: "a.yaml", content: pod + "---\n# - docker_container: image\n", dialect: "kubernetes", sites: 1),
    File(path: "b.yaml", content: pod + "---\n# Resources Type AWS::EKS Properties Image\n", dialect: "kubernetes", sites: 1),
    File(path: "c.yaml", content: "- digital_ocean_droplet:\n    image: ubuntu-24-04-x64\n", dialect: nil, sites: 0),
  ]

  @Test(arguments: files) func `a file is read by its dialect`(_ file: File) {
    let scan = Scan { _ in .success(Array(file.content.utf8)) }
    let scanned = scan.scan(SourceFile(path: file.path, absolutePath: "/" + file.path, role: .selected))
    #expect(scanned?.dialect?.name == file.dialect)
    #expect(scanned?.findings.sites.count ?? 0 == file.sites)
    #expect(scanned?.state == nil)
  }
}
