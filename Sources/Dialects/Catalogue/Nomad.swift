extension Dialect {
  /// Jobs of Nomad, the tasks that run containers; <https://developer.hashicorp.com/nomad/docs/job-declare/task-driver/docker>. Its drivers do not take tag and
  /// digest together: <https://github.com/hashicorp/nomad/issues/11821>, <https://github.com/hashicorp/nomad-driver-podman/issues/354>.
  static let nomad = nomad(name: "nomad", title: "Nomad jobs", claim: .path(["**/*.nomad", "**/*.nomad.hcl"]))

  /// Jobs in files that only their content tells.
  static let nomadHCL = nomad(
    name: "nomad-hcl", title: "Nomad jobs in other HCL files",
    claim: .content(["**/*.hcl"], markers: ["job ", "task ", "driver", "config", "image"]))

  private static func nomad(name: String, title: String, claim: Claim) -> Dialect {
    Dialect(
      name: name, title: title, claim: claim, syntax: .hcl, form: .digest,
      places: [
        Place("job.*.**.task.*.config.image", written: .behind("docker://"), if: runsContainers),
        Place("job.*.**.task.*.config.image", if: runsContainers),
        Place("variable.*.default", certainty: .ifUsed(.variable(.variable(isBare: false)))),
      ],
      templateMarks: ["[[", "{{", "{%", "<%"])
  }

  private static let runsContainers = Place.Condition.around(1, "driver", .isOneOf(["docker", "podman", "containerd-driver"]))
}
