extension Dialect {
  /// Jobs of Nomad, the tasks that run containers. Its drivers do not take tag and digest together.
  static let nomad = Dialect(
    name: "nomad", title: "Nomad jobs",
    sources: [
      "https://developer.hashicorp.com/nomad/docs/job-declare/task-driver/docker", "https://github.com/hashicorp/nomad/issues/11821",
      "https://github.com/hashicorp/nomad-driver-podman/issues/354",
    ],
    claim: .path(
      ["**/*.nomad.hcl"], or: ["**/*.{nomad,hcl,job}"], markers: ["job ", "task ", "driver", "config", "image"]),
    syntax: .hcl, form: .digest,
    places: [
      Place("job.*.**.task.*.config.image", written: .behind("docker://"), if: runsContainers),
      Place("job.*.**.task.*.config.image", if: runsContainers),
      Place("variable.*.default", certainty: .ifUsed(.variable(.variable(isBare: false)))),
    ],
    templateMarks: ["[[", "{{", "{%", "<%"])

  private static let runsContainers = Place.Condition.around(1, "driver", .isOneOf(["docker", "podman", "containerd-driver"]))
}
