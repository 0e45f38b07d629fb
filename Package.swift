// swift-tools-version:6.2
import PackageDescription

// The targets stand in the order in which they may use each other: each only the ones above it.
// Tests/CommandTests/LayeringTests.swift compares this file, the import lines and that order.

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
  + (Context.environment["TAGPIN_WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)])

let package = Package(
  name: "tagpin",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "tagpin", targets: ["tagpin"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(
      name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

    // What only the build knows, as C: a Swift target cannot be given a text.
    .target(name: "CBuild", cSettings: Context.environment["TAGPIN_COMMIT"].map { [.define("TAGPIN_COMMIT", to: "\"\($0)\"")] } ?? []),

    .target(name: "LibC", swiftSettings: settings),
    .target(name: "References", swiftSettings: settings),
    .target(name: "Rules", swiftSettings: settings),
    .target(name: "SourceText", dependencies: ["LibC"], swiftSettings: settings),
    .target(name: "Documents", dependencies: ["SourceText", "CLibyaml"], swiftSettings: settings),
    .target(
      name: "Dialects", dependencies: ["References", "Rules", "SourceText", "Documents"], exclude: ["Catalogue/README.md"],
      swiftSettings: settings),
    .target(
      name: "Configuration", dependencies: ["References", "Rules", "SourceText", "Documents", "Dialects"],
      resources: [.embedInCode("tagpin.schema.json")], swiftSettings: settings),
    .target(
      name: "Programs",
      dependencies: [
        .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: settings),
    .target(
      name: "Interruption", dependencies: ["LibC", .product(name: "SystemPackage", package: "swift-system")], swiftSettings: settings),
    .target(
      name: "HTTP",
      dependencies: [
        "LibC",
        .product(name: "AsyncHTTPClient", package: "async-http-client", moduleAliases: ["Configuration": "SwiftConfiguration"]),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHPACK", package: "swift-nio-http2"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: settings),
    .target(
      name: "Distribution",
      dependencies: [
        "References", "Rules", "SourceText", "Documents", "Programs", "HTTP",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], exclude: ["README.md"], swiftSettings: settings),
    .target(
      name: "Git",
      dependencies: ["LibC", "Programs", "Interruption", "HTTP", "CLibgit2", .product(name: "SystemPackage", package: "swift-system")],
      exclude: ["README.md"], swiftSettings: settings),
    .target(
      name: "Pinning",
      dependencies: [
        "LibC", "References", "Rules", "SourceText", "Documents", "Dialects", "Configuration", "Interruption",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(
      name: "Verifying",
      dependencies: [
        "References", "Rules", "SourceText", "Documents", "Dialects", "Configuration", "Programs", "HTTP", "Distribution", "Git", "Pinning",
      ],
      swiftSettings: settings),
    .target(
      name: "Reporting", dependencies: ["References", "Rules", "SourceText", "Dialects", "Configuration", "Git", "Pinning", "Verifying"],
      resources: [.embedInCode("report.schema.json")], swiftSettings: settings),
    .target(name: "Manual", resources: [.embedInCode("Pages")], swiftSettings: settings),
    .target(
      name: "Commands",
      dependencies: [
        "CBuild", "LibC", "References", "Rules", "SourceText", "Dialects", "Configuration", "Interruption", "HTTP", "Distribution", "Git",
        "Pinning", "Verifying", "Reporting", "Manual", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: settings),
    .executableTarget(name: "tagpin", dependencies: ["Commands"], swiftSettings: settings),

    .target(
      name: "ServersForTests",
      dependencies: [
        "LibC", .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHPACK", package: "swift-nio-http2"),
        .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "SystemPackage", package: "swift-system"),
      ], path: "Tests/ServersForTests", swiftSettings: settings),
    .testTarget(name: "ReferencesTests", dependencies: ["References"], swiftSettings: settings),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText"], swiftSettings: settings),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "SourceText"], swiftSettings: settings),
    .testTarget(
      name: "DialectsTests", dependencies: ["Dialects", "Documents", "References", "Rules", "SourceText"], swiftSettings: settings),
    .testTarget(
      name: "ConfigurationTests", dependencies: ["References", "Rules", "SourceText", "Documents", "Dialects", "Configuration"],
      swiftSettings: settings),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", "ServersForTests"], swiftSettings: settings),
    .testTarget(
      name: "DistributionTests",
      dependencies: ["Distribution", "HTTP", "LibC", "References", "ServersForTests", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings),
    .testTarget(
      name: "GitTests", dependencies: ["Git", "HTTP", "ServersForTests"], swiftSettings: settings),
    .testTarget(
      name: "PinningTests",
      dependencies: [
        "Pinning", "Configuration", "Dialects", "Documents", "References", "Rules", "SourceText",
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: settings),
    .testTarget(
      name: "VerifyingTests",
      dependencies: [
        "Verifying", "Distribution", "Git", "Programs", "Pinning", "Configuration", "Dialects", "References", "Rules", "SourceText",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Git", "Verifying", "Pinning", "Configuration", "Dialects", "References", "Rules", "SourceText"],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "tagpin", "Documents", "SourceText", "ServersForTests", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: settings),
  ]
)
