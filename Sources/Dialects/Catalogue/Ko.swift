extension Dialect {
  /// ko, which builds Go programs on a base image. It parses references by go-containerregistry, which takes tag and digest together and
  /// goes by the digest.
  static let ko = Dialect(
    name: "ko", title: "ko", sources: ["https://ko.build/configuration/#overriding-base-images"], claim: .path(["**/.ko{,.*}.{yml,yaml}"]),
    syntax: .yaml,
    places: [Place("defaultBaseImage"), Place("baseImageOverrides.*")])
}
