import Foundation
import Testing

/// Which target uses which: the package's declarations, the import lines, and the order of the targets have to agree.
@Suite struct LayeringTests {
  /// Each may use the ones before it.
  private static let order = [
    "LibC", "References", "Rules", "SourceText", "Documents", "Dialects", "Configuration", "Programs", "Interruption", "HTTP",
    "Distribution", "Git", "Pinning", "Verifying", "Reporting", "Manual", "Commands", "tagpin",
  ]

  /// Modules that only these targets may import.
  private static let restricted: [String: Set<String>] = [
    "Glibc": ["LibC"], "Musl": ["LibC"], "Darwin": ["LibC"], "CLibgit2": ["Git"], "CLibyaml": ["Documents"], "AsyncHTTPClient": ["HTTP"],
    "NIOCore": ["HTTP"], "NIOHPACK": ["HTTP"], "NIOHTTP1": ["HTTP"], "NIOHTTP2": ["HTTP"],
    "NIOPosix": ["HTTP"], "NIOSSL": ["HTTP"], "NIOTLS": ["HTTP"], "Crypto": ["Distribution"], "SwiftASN1": ["Distribution"],
    "Subprocess": ["Programs"], "ArgumentParser": ["Commands"], "CBuild": ["Commands"],
    "FoundationEssentials": ["Commands", "Git", "HTTP", "Reporting"],
    "SystemPackage": ["Programs", "Interruption", "HTTP", "Distribution", "Git", "Pinning", "Commands"],
  ]

  /// What the language brings, for everybody.
  private static let free: Set<String> = ["Synchronization"]
  /// Comes with others and is not declared: the modules of products that are.
  private static let undeclared: Set<String> = ["FoundationEssentials", "Glibc", "Musl", "Darwin"]

  private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The package as SwiftPM reads it.
  private struct Manifest: Decodable {
    var targets: [Target]

    struct Target: Decodable {
      var name: String
      var type: String
      var dependencies: [Dependency]
    }

    /// `{"byName": ["HTTP", null]}` or `{"product": ["NIOCore", "swift-nio", null, null]}`: its name comes first.
    struct Dependency: Decodable {
      var name: String

      private struct Name: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
          var elements = try decoder.unkeyedContainer()
          text = try elements.decode(String.self)
        }
      }

      init(from decoder: any Decoder) throws {
        let kinds = try decoder.singleValueContainer().decode([String: Name].self)
        guard let name = kinds.values.first?.text else {
          throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
        }
        self.name = name
      }
    }
  }

  /// Read once.
  private static let manifest = Result { try manifest(of: package) }

  /// The scratch path is its own: that of the running tests is locked.
  private static func manifest(of package: URL) throws -> Manifest {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "tagpin-manifest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swift", "package", "--package-path", package.path, "--scratch-path", scratch.path, "dump-package"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "swift package dump-package failed")
    return try JSONDecoder().decode(Manifest.self, from: bytes)
  }

  /// Target, and what it declares: other targets and products, which are called as their modules.
  private static func declarations(in manifest: Manifest) -> [String: Set<String>] {
    Dictionary(uniqueKeysWithValues: manifest.targets.map { ($0.name, Set($0.dependencies.map(\.name))) })
  }

  /// Target, and the modules that its files import.
  private static let imports: Result<[String: Set<String>], any Error> = Result {
    var result: [String: Set<String>] = [:]
    let sources = package.appending(path: "Sources")
    for case let path as String in FileManager.default.enumerator(atPath: sources.path) ?? .init() where path.hasSuffix(".swift") {
      guard let target = path.split(separator: "/").first else { continue }
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      let modules = text.split(separator: "\n").filter { $0.contains("import ") }.joined(separator: "\n").matches(
        of:
          #/(?m)^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)/#
      )
      // On macOS the same module is the system's own.
      result[String(target), default: []].formUnion(modules.map { $0.1 == "System" ? "SystemPackage" : String($0.1) })
    }
    return result
  }

  @Test func `the order names every target, and the package declares them in it`() throws {
    let targets = try Self.manifest.get().targets.filter { ["regular", "executable"].contains($0.type) }.map(\.name)
    #expect(targets.filter(Self.order.contains) == Self.order)
    #expect(Set(targets).subtracting(["ServersForTests", "CBuild"]) == Set(Self.order))
    let importing = try Self.imports.get().keys
    #expect(Set(importing) == Set(Self.order))
  }

  @Test(arguments: order) func `a target imports what it declares, and only targets above it`(_ target: String) throws {
    let position = try #require(Self.order.firstIndex(of: target))
    let declared = try #require(Self.declarations(in: try Self.manifest.get())[target])
    let imported = try #require(try Self.imports.get()[target]).subtracting([target])

    #expect(declared == imported.subtracting(Self.free).subtracting(Self.undeclared))
    #expect(imported.intersection(Self.order).isSubset(of: Self.order[..<position]))
    for module in imported.subtracting(Self.order).subtracting(Self.free) {
      let allowed = Self.restricted[module]
      #expect(allowed?.contains(target) == true, "\(target) imports \(module)")
    }
  }

  @Test func `the benchmarks build tagpin's own targets as tagpin does`() throws {
    let own = Self.declarations(in: try Self.manifest.get())
    let theirs = Self.declarations(in: try Self.manifest(of: Self.package.appending(path: "Tests/Benchmarks"))).filter {
      own[$0.key] != nil
    }
    #expect(theirs["HTTP"] != nil)
    for (target, declared) in theirs { #expect(declared == own[target], "\(target)") }
  }

  @Test func `the lowest import nothing, and pinning imports no network`() throws {
    let imports = try Self.imports.get()
    for target in ["References", "Rules"] { #expect(imports[target]?.subtracting(Self.free) == [], "\(target)") }
    #expect(imports["SourceText"]?.subtracting(Self.free) == ["LibC"])
    #expect(imports["Pinning"]?.isDisjoint(with: ["HTTP", "Distribution", "Git"]) == true)
    #expect(imports["tagpin"] == ["Commands"])
    #expect(imports.values.allSatisfy { !$0.contains("Foundation") })
  }
}
