extension Place {
  /// KubeVirt: disks and kernels in images, which the kubelet pulls as it does those of containers;
  /// <https://kubevirt.io/user-guide/storage/disks_and_volumes/#containerdisk>. Volumes that are imported from a registry take a digest or
  /// a tag, not both, as their importer's library refuses the two together
  /// (<https://github.com/containers/image/blob/main/docker/docker_transport.go>); an import on a schedule looks at a tag
  /// (<https://github.com/kubevirt/containerized-data-importer/blob/main/doc/os-image-poll-and-update.md>).
  static let kubeVirt = [
    Place("**.volumes[].containerDisk.image", if: .object(group: "kubevirt.io")),
    Place("**.kernelBoot.container.image", if: .object(group: "kubevirt.io")),
    Place(
      "**.source.registry.url", written: .behind("docker://"), role: .leftAlone("an import on a schedule looks at a tag"),
      if: .object(group: "cdi.kubevirt.io", kinds: ["DataImportCron"])),
    Place(
      "**.source.registry.url", written: .behind("docker://"),
      if: .object(group: "kubevirt.io"), form: .digest),
  ]
}
