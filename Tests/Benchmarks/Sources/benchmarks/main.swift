import Corpus
import Foundation
import LoopbackRegistry

// Usage: benchmarks TAGPIN TOOLS-DIRECTORY SCRATCH-DIRECTORY; run.sh calls it.

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  FileHandle.standardError.write(Data("usage: benchmarks TAGPIN TOOLS-DIRECTORY SCRATCH-DIRECTORY\n".utf8))
  exit(64)
}
let tools = Tools(tagpin: arguments[1], directory: arguments[2])
let directory = arguments[3]

let version = try printed([tools.tagpin, "--version"]).trimmingCharacters(in: .newlines)
show("tagpin \(version), \(ProcessInfo.processInfo.activeProcessorCount) processors")
let startUp = try measureStartingUp(tools, directory: directory)
for (title, files, isWorstCase) in [
  ("few images", Corpus.fewImages(count: 2000), false), ("images in every file", Corpus.allImages(count: 2000), true),
] {
  let repository = try Repository(files, at: directory + "/" + title.replacingOccurrences(of: " ", with: "-"))
  try measureScanning(tools, title, repository, runs: 7, hasAims: !isWorstCase)
}
try measureResolving(tools, .open, directory: directory, startUp: startUp)
try measureResolving(tools, .token, directory: directory, startUp: startUp)
try measureListing(tools)
try measureCommitting(tools, directory: directory)
try measureGuarding(tools, .open, directory: directory, startUp: startUp)
try measureGuarding(tools, .token, directory: directory, startUp: startUp)
