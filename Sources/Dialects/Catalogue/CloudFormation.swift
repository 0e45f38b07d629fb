extension Dialect {
  /// Templates of CloudFormation and SAM: images of Lambda functions, and containers of ECS and Batch. Lambda takes a tag or a digest, not
  /// both, so that the digest is alone; ECS runs `name:tag@digest`. A function whose `Metadata` names a Dockerfile is built by `sam
  /// build`. Values of functions (`!Sub`, `Ref`) are computed; the default of a parameter that is the whole of an image is a site.
  static let cloudFormation = Dialect(
    name: "cloudformation", title: "CloudFormation and SAM templates",
    sources: ["https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html"],
    claim: .content(["**/*.{yml,yaml,json,template}"], markers: ["Resources", "Type", "AWS::", "Properties", "Image"]), syntax: .yaml,
    .json,
    places: [
      Place("Resources.*.Properties.ImageUri", role: .built, if: .around(1, "Metadata.Dockerfile")),
      Place("Resources.*.Properties.Code.ImageUri", role: .built, if: .around(2, "Metadata.Dockerfile")),
      Place("Resources.*.Properties.{ImageUri,Code.ImageUri}", form: .digest),
      Place("Resources.*.Properties.{ContainerDefinitions[],ContainerProperties}.Image"),
      Place("Parameters.*.Default", certainty: .ifUsed(.variable(.variable(isBare: false)))),
    ],
    customs: Customs(parameterKey: "Ref", functions: ["Fn::*"]))
}
