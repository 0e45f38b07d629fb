import Dialects
import Testing

@Suite struct ClaimIndexTests {
  private static let paths = [
    "", "a", "compose.yaml", "a/compose.prod.yml", "docker-compose.yml.j2", "Dockerfile", "x/Dockerfile.dev", "Dockerfile.swift",
    "Dockerfile.license", "a.Dockerfile", ".github/workflows/ci.yml", "a/.github/workflows/ci.yml", ".github/actions/x/action.yml",
    ".gitea/workflows/ci.yaml", ".gitlab-ci.yml", "ci/a.gitlab-ci.yml", "k8s/pod.yaml", "pod.json", "values.yaml",
    "charts/a/values-prod.yaml",
    "charts/a/templates/pod.yaml", "charts/a/templates/_helpers.tpl", "kustomization.yaml", ".env", "a/.env.prod", ".drone.yml",
    "Jenkinsfile",
    "main.tf", "main.tf.json", "job.nomad", "job.nomad.tpl", "x.hcl", "roles/a/tasks/main.yml", "roles/a/defaults/main.yml", "run.sh",
    "bin/run",
    "Makefile", "a/Makefile.inc", "Earthfile", "Tiltfile", "BUILD.bazel", "MODULE.bazel", "WORKSPACE", "zarf.yaml", "devspace.yaml",
    "werf.yaml",
    "config.toml", "a.container", "template.xml", "README.md", ".pre-commit-config.yaml", "é.yaml", "Dockerfile.é", "skaffold.yaml",
  ]

  /// What is found by the index is what each dialect says of itself.
  @Test(arguments: paths) func `claims are those of each dialect`(_ path: String) {
    let found = ClaimIndex(Dialects.all).claimants(of: PathNames(path))
    #expect(found.map(\.dialect.name) == Dialects.all.filter { $0.claims(path) }.map(\.name))
    for claimant in found { #expect(claimant.isTold == claimant.dialect.isTold(by: path), "\(claimant.dialect.name)") }
  }

  @Test func `each dialect is found by the paths that name it`() {
    let index = ClaimIndex(Dialects.all)
    let found = Set(Self.paths.flatMap { index.claimants(of: PathNames($0)) }.map(\.dialect.name))
    #expect(found.count > 30, "\(found.count)")
  }
}
