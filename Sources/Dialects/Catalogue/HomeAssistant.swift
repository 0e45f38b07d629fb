import Documents

extension Dialect {
  /// What apps (add-ons) of Home Assistant are built on, for each architecture. Supervisor and builder hold each name against a pattern
  /// that ends with a tag, and refuse a digest.
  static let homeAssistant = Dialect(
    name: "home-assistant", title: "Home Assistant apps",
    sources: [
      "https://developers.home-assistant.io/docs/add-ons/configuration#add-on-extended-build",
      "https://github.com/frenck/action-app-linter/issues/118",
    ],
    claim: .content(["**/build.{yml,yaml,json}"], markers: ["build_from"]) { root in root["build_from"] != nil }, syntax: .yaml, .json,
    places: [
      Place(
        "build_from{,.*}",
        role: .leftAlone(
          "the builder of Home Assistant refuses digests here; leave 'build_from' out and pin the default of 'ARG BUILD_FROM' in the Dockerfile"
        ),
        if: .value(.lacks("{arch}")))
    ])
}
