import Foundation

/// A directory that is removed afterwards.
func withTemporaryDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let directory = FileManager.default.temporaryDirectory.appending(path: "http-tests-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: directory) }
  return try await body(directory)
}

func write(_ text: String, to path: String) throws { try text.write(toFile: path, atomically: false, encoding: .utf8) }

struct ProcessFailure: Error {
  var command: String
}

/// Runs a program to its end; its output goes nowhere.
func run(_ program: String, _ arguments: [String], in directory: String) throws {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.currentDirectoryURL = URL(filePath: directory)
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw ProcessFailure(command: "\(program) \(arguments.joined(separator: " "))") }
}

/// A program that runs while `body` does.
func withProcess<Result>(_ program: String, _ arguments: [String], do body: () async throws -> Result) async throws -> Result {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  defer {
    // tinyproxy takes its time over SIGTERM.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
  return try await body()
}
