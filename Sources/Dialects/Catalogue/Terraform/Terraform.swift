extension Dialect {
  /// Terraform and OpenTofu, by the resources that run containers. Another resource's `image` (a cloud's machine, LXD) is not a
  /// container's.
  ///
  /// - `docker_*`: since version 3.0 the provider hands the name as it is written to Docker's inspect and pull, which take tag and digest
  ///   together; before, it did not find such an image. An image with a `build` block, and one that `docker_registry_image` pushes, is made
  ///   here. The data source of that name asks for a tag's digest, which is all it is for; `docker_image` as a data source looks for what
  ///   Docker has already.
  /// - `kubernetes_*`: pod specs as Kubernetes has them.
  /// - Cloud Run: it asks for "an image path like [host/]repo-path[:tag and/or @digest]".
  /// - `aws_ecs_task_definition`: in `jsonencode(…)`; ECS runs `name:tag@digest`. `aws_lambda_function`: Lambda takes a tag or a digest.
  /// - Azure's containers: its registry's documentation names images by tag or by digest.
  static let terraform = Dialect(
    name: "terraform", title: "Terraform",
    sources: [
      "https://registry.terraform.io/providers/kreuzwerker/docker/latest/docs/resources/image",
      "https://github.com/kreuzwerker/terraform-provider-docker/issues/52", "https://github.com/ko-build/terraform-provider-ko/issues/205",
    ], claim: .content(["**/*.{tf,tofu}"], markers: ["image"]), syntax: .hcl,
    places: [
      Place("resource.docker_image.*.name", role: .built, if: .sibling("build")),
      Place("resource.docker_registry_image.*.name", role: .built),
      Place("resource.{docker_image.*.name,docker_container.*.image,docker_service.*.task_spec.container_spec.image}"),
      Place("resource.docker_buildx_builder.*.{docker_container,kubernetes,kubernetes.qemu}.image"),
      Place(
        "data.docker_registry_image.*.name",
        role: .leftAlone("this data source looks up what the tag points at; pin the image that uses it")),
      Place(
        "data.docker_image.*.name",
        role: .leftAlone("this data source finds an image that Docker has already; pin where it is pulled")),
      Place("resource.*.*.spec.**.{container,init_container}.image"),
      Place("resource.kubernetes_manifest.*.manifest.**.{containers,initContainers}[].image"),
      Place("resource.google_cloud_run_service.*.template.spec.containers.image"),
      Place("resource.{google_cloud_run_v2_service.*.template,google_cloud_run_v2_job.*.template.template}.containers.image"),
      Place("resource.aws_ecs_task_definition.*.container_definitions", by: JSONEncodedCall(places: [Place("_[][].image")])),
      Place("resource.aws_lambda_function.*.image_uri", form: .digest),
      Place("resource.{azurerm_container_group.*,azurerm_container_app.*.template}.{container,init_container}.image", form: .digest),
      Place("variable.*.default", certainty: .ifUsed(.variable(.variable(isBare: false)))),
    ], customs: Customs(pullPolicy: PullPolicy("image_pull_policy", "imagePullPolicy", never: ["Never"])))
}
