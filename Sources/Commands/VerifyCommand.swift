import ArgumentParser
import Pinning
import References
import Verifying

/// `tagpin verify`
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Say what became of the pins: whether they still exist, and what happened where a tag names something else now.",
    usage: "tagpin verify [<options>] [<path> ...]",
    discussion: """
      Asks registries and git servers, and changes nothing. Exits with 1 where a pin is gone, its tag is a mutant, or the comment beside it lies (--severity asks for more); with 2 where \
      something could not be found out.
      """)

  @OptionGroup(title: "Files") var files: FileOptions

  @Option(
    name: .customLong("platform"),
    help: ArgumentHelp(
      "Judge moved tags by this platform's image: os/arch[/variant]. Repeatable; without it each platform counts.", valueName: "platform"),
    transform: Platform.parse)
  var platforms: [Platform] = []

  @Flag(
    help: """
      Look into the image of each platform that differs, not into one, and fetch the commits of a repository where no tag or branch has the pinned one at its tip.
      """)
  var deep = false
  @OptionGroup(title: "Findings") var threshold: SeverityOptions
  @OptionGroup(title: "Network") var network: ConnectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    var options = VerifyOptions()
    options.platforms = platforms
    options.isDeep = deep
    options.jobs = network.jobs
    var request = FileRequest(.verify, files, output)
    request.network = network
    request.verifying = options
    request.threshold = threshold.severity
    try await FileCommand(request).run()
  }
}
