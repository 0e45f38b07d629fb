extension Dialect {
  /// Files of no other kind in which a comment says to Renovate which image the tag in the next line is one of: variables of builds, tools
  /// and infrastructure. In files of other kinds such lines are read besides.
  static let renovateComments = Dialect(
    name: "renovate-comments", title: "Other files with comments for Renovate",
    sources: ["https://docs.renovatebot.com/presets-customManagers/"],
    claim: .content(
      ["**/*.{yml,yaml,env,hcl,tf,tofu,tfvars,toml,properties,ini,conf,cfg,bzl}", "**/.env.*"], markers: ["datasource=docker", "renovate:"]),
    syntax: .renovateComments)
}
