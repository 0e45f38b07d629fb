extension Dialect {
  /// Templates of CloudFormation and SAM: images of Lambda functions, and containers of ECS and Batch;
  /// <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html>. Lambda takes a tag or a digest, not both, so that
  /// the digest stands alone; ECS runs `name:tag@digest`. A function whose `Metadata` names a Dockerfile is built by `sam build`. Values of functions (`!Sub`,
  /// `Ref`) are computed; the default of a parameter that is the whole of an image is a site.
  static let cloudFormation = cloudFormation(
    name: "cloudformation", title: "CloudFormation and SAM templates", files: "**/*.{yml,yaml,template}", syntax: .yaml, root: "Resources")

  static let cloudFormationJSON = cloudFormation(
    name: "cloudformation-json", title: "CloudFormation templates in JSON", files: "**/*.{json,template}", syntax: .json,
    root: "\"Resources\"")

  private static func cloudFormation(name: String, title: String, files: Glob, syntax: Syntax, root: String) -> Dialect {
    Dialect(
      name: name, title: title, claim: .content([files], markers: [root, "Type", "AWS::", "Properties", "Image"]), syntax: syntax,
      places: [
        Place("Resources.*.Properties.ImageUri", .builtImage, if: .around(1, "Metadata.Dockerfile")),
        Place("Resources.*.Properties.Code.ImageUri", .builtImage, if: .around(2, "Metadata.Dockerfile")),
        Place("Resources.*.Properties.ImageUri", form: .digest),
        Place("Resources.*.Properties.Code.ImageUri", form: .digest),
        Place("Resources.*.Properties.ContainerDefinitions[].Image"),
        Place("Resources.*.Properties.ContainerProperties.Image"),
        Place("Parameters.*.Default", .variableDefault),
      ])
  }
}
