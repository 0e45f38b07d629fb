import Corpus
import Foundation
import LoopbackRegistry

// run.sh calls it.

let subjects = ["start-up", "scan", "check", "resolve", "refs", "commit", "guard", "verify", "history"]
let arguments = CommandLine.arguments
let wanted = arguments.dropFirst(4)
guard arguments.count >= 4, wanted.allSatisfy(subjects.contains) else {
  let usage = "usage: benchmarks TAGPIN TOOLS-DIRECTORY SCRATCH-DIRECTORY [\(subjects.joined(separator: " | "))]...\n"
  FileHandle.standardError.write(Data(usage.utf8))
  exit(64)
}
let tools = Tools(tagpin: arguments[1], directory: arguments[2])
let directory = arguments[3]

let version = try printed([tools.tagpin, "--version"]).trimmingCharacters(in: .newlines)
show("tagpin \(version), \(ProcessInfo.processInfo.activeProcessorCount) processors")
// The others subtract it.
let startUp = try measureStartingUp(tools, directory: directory)
for subject in subjects where wanted.isEmpty || wanted.contains(subject) {
  switch subject {
  case "scan":
    for (title, files, isWorstCase) in [
      ("few images", Corpus.fewImages(count: 2000), false), ("images in every file", Corpus.allImages(count: 2000), true),
    ] {
      let repository = try Repository(files, at: directory + "/" + title.replacingOccurrences(of: " ", with: "-"))
      try measureScanning(tools, title, repository, runs: 7, hasAims: !isWorstCase)
    }
    let catalogue = Corpus.catalogue(count: 10_000)
    guard let deployment = catalogue.first(where: { $0.text.contains("kind: Deployment") }) else { break }
    try measureCatalogue(tools, try Repository(catalogue, at: directory + "/catalogue"), named: deployment.path, runs: 5)
  case "check": try measureChecking(tools, try Repository(Corpus.fewReferences(count: 20_000), at: directory + "/checking"), runs: 5)
  case "resolve":
    try measureResolving(tools, .open, directory: directory, startUp: startUp)
    try measureResolving(tools, .token, directory: directory, startUp: startUp)
    try measureResolvingByDefault(tools, .open, directory: directory, startUp: startUp)
    try measureResolvingByDefault(tools, .token, directory: directory, startUp: startUp)
  case "refs": try measureListing(tools)
  case "commit": try measureCommitting(tools, directory: directory)
  case "guard":
    try measureGuarding(tools, .open, directory: directory, startUp: startUp)
    try measureGuarding(tools, .token, directory: directory, startUp: startUp)
  case "verify": try measureVerifying(tools, directory: directory, startUp: startUp)
  case "history": try measureRemembering(tools, directory: directory)
  default: break
  }
}
