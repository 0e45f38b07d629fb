import ArgumentParser

/// Which configuration counts, for every command that reads it.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read this configuration file, too: it is trusted, and goes before /etc/tagpin.yaml and your own.",
      discussion: "It takes the place of the one that TAGPIN_CONFIG names. 'tagpin config' prints what counts.", valueName: "file"),
    completion: .file())
  var config: String?

  @Flag(help: "Leave the repository's own configuration (.tagpin.yaml) unread.")
  var noRepositoryConfig = false
}
