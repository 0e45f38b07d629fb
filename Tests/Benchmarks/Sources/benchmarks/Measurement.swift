import Foundation

/// What one run of a command took.
struct Measurement {
  var wall: Double
  var cpu: Double
  var peak: Double
  var exitCode: Int
}

/// The runs of one command.
struct Series {
  let title: String
  private(set) var runs: [Measurement] = []

  init(_ title: String) { self.title = title }

  mutating func append(_ run: Measurement) { runs.append(run) }

  var best: Double { runs.map(\.wall).min() ?? .nan }
  var median: Double { middle(runs.map(\.wall)) }
  var cpu: Double { middle(runs.map(\.cpu)) }
  var peak: Double { runs.map(\.peak).max() ?? .nan }

  private func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

struct Tools {
  var tagpin: String
  var directory: String

  var libyamlParse: String { directory + "/libyaml-parse" }

  /// Runs `command` in `place` with its output thrown away. Another exit code than the accepted ones is said on standard error.
  func run(_ command: [String], in place: String, accepting codes: Set<Int> = [0]) throws -> Measurement {
    let output = try printed([directory + "/measure", place] + command)
    let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard numbers.count == 4 else { throw BenchmarkError(description: "'\(command.joined(separator: " "))' could not be started") }
    let run = Measurement(wall: numbers[0] / 1e9, cpu: numbers[1] / 1e9, peak: numbers[2], exitCode: Int(numbers[3]))
    if !codes.contains(run.exitCode) {
      FileHandle.standardError.write(Data("warning: '\(command.joined(separator: " "))' ended with \(run.exitCode)\n".utf8))
    }
    return run
  }
}

extension Tools {
  /// Runs the commands in turns, so that each meets the same moments; once more before, which only fills the caches.
  func inTurns(
    _ commands: [(title: String, command: [String])], in place: String, runs: Int, accepting codes: Set<Int> = [0]
  ) throws -> [Series] {
    var series = commands.map { Series($0.title) }
    for run in 0...runs {
      for index in commands.indices {
        let measured = try self.run(commands[index].command, in: place, accepting: codes)
        if run > 0 { series[index].append(measured) }
      }
    }
    return series
  }
}

struct BenchmarkError: Error, CustomStringConvertible { var description: String }

/// What a command prints on standard output.
@discardableResult
func printed(_ command: [String], in place: String? = nil) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  if let place { process.currentDirectoryURL = URL(fileURLWithPath: place) }
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
