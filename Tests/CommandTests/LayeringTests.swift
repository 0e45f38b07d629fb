import Foundation
import Testing

/// Which target uses which: the package's declarations, the import lines, and the order of the targets have to agree.
@Suite struct LayeringTests {
  /// Each may use the ones before it.
  private static let order = [
    "References", "SourceText", "Documents", "Dialects", "Configuration", "Programs", "Interruption", "HTTP", "Distribution", "Git",
    "Pinning", "Reporting", "Commands", "tagpin",
  ]

  /// Modules that only these targets may import.
  private static let restricted: [String: Set<String>] = [
    "CLibgit2": ["Git"], "CLibyaml": ["Documents"], "AsyncHTTPClient": ["HTTP"], "NIOCore": ["HTTP"], "NIOHPACK": ["HTTP"],
    "NIOHTTP1": ["HTTP"], "NIOHTTP2": ["HTTP"], "NIOPosix": ["HTTP"], "NIOSSL": ["HTTP"], "NIOTLS": ["HTTP"], "Crypto": ["Distribution"],
    "Subprocess": ["Programs"],
    "ArgumentParser": ["Commands"],
    "FoundationEssentials": ["Commands"], "SystemPackage": ["Programs", "Distribution"],
  ]

  /// What the system or the language brings, for everybody.
  private static let free: Set<String> = ["Glibc", "Musl", "Darwin", "Synchronization"]
  /// Comes with others and is not declared: the modules of products that are.
  private static let undeclared: Set<String> = ["FoundationEssentials"]

  private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Target, and what it declares: other targets and modules of products.
  private static func declarations() throws -> [String: Set<String>] {
    var text = try String(contentsOf: package.appending(path: "Package.swift"), encoding: .utf8)
    text = text.replacing(#/\/\/[^\n]*/#, with: "")
    var result: [String: Set<String>] = [:]
    for target in text.split(separator: #/\.(?:executableTarget|target|systemLibrary|testTarget)\(/#).dropFirst() {
      guard let name = target.firstMatch(of: #/name: "(\w+)"/#)?.1 else { continue }
      var dependencies: Set<String> = []
      if let list = target.firstMatch(of: #/dependencies: \[(?<list>(?:[^\[\]]|\[[^\]]*\])*)\]/#)?.list {
        let products = list.matches(of: #/\.product\(name: "(\w+)"/#).map { String($0.1) }
        let targets = list.replacing(#/\.product\((?:[^()]|\([^)]*\))*\)/#, with: "").matches(of: #/"(\w+)"/#).map { String($0.1) }
        dependencies = Set(products + targets)
      }
      result[String(name)] = dependencies
    }
    return result
  }

  /// Target, and the modules that its files import.
  private static func imports() throws -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    let sources = package.appending(path: "Sources")
    for case let path as String in FileManager.default.enumerator(atPath: sources.path) ?? .init() where path.hasSuffix(".swift") {
      guard let target = path.split(separator: "/").first else { continue }
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      let modules = text.matches(
        of:
          #/(?m)^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)/#
      )
      // On macOS the same module is the system's own.
      result[String(target), default: []].formUnion(modules.map { $0.1 == "System" ? "SystemPackage" : String($0.1) })
    }
    return result
  }

  @Test func `the order names every target, and the package declares them in it`() throws {
    let declared = try Self.declarations()
    let text = try String(contentsOf: Self.package.appending(path: "Package.swift"), encoding: .utf8)
    let positions = try Self.order.map {
      try #require(text.firstRange(of: "arget(name: \"\($0)\"") ?? text.firstRange(of: "arget(\n      name: \"\($0)\""), "\($0)").lowerBound
    }
    #expect(positions == positions.sorted())
    #expect(Set(declared.keys.filter { !$0.hasSuffix("Tests") && !$0.hasPrefix("CLib") }) == Set(Self.order))
    let importing = try Self.imports().keys
    #expect(Set(importing) == Set(Self.order))
  }

  @Test(arguments: order) func `a target imports what it declares, and only targets above it`(_ target: String) throws {
    let position = try #require(Self.order.firstIndex(of: target))
    let declared = try #require(try Self.declarations()[target])
    let imported = try #require(try Self.imports()[target]).subtracting([target])

    #expect(declared == imported.subtracting(Self.free).subtracting(Self.undeclared))
    #expect(imported.intersection(Self.order).isSubset(of: Self.order[..<position]))
    for module in imported.subtracting(Self.order).subtracting(Self.free) {
      let allowed = Self.restricted[module]
      #expect(allowed?.contains(target) == true, "\(target) imports \(module)")
    }
  }

  @Test func `the lowest import nothing, and pinning imports no network`() throws {
    let imports = try Self.imports()
    for target in ["References", "SourceText"] { #expect(imports[target]?.subtracting(Self.free) == [], "\(target)") }
    #expect(imports["Pinning"]?.isDisjoint(with: ["HTTP", "Distribution", "Git"]) == true)
    #expect(imports["tagpin"] == ["Commands"])
    #expect(imports.values.allSatisfy { !$0.contains("Foundation") })
  }
}
