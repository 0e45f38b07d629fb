// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that nobody who builds tagpin pays for it. run.sh builds and runs it.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "tagpin-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(
      name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .executableTarget(name: "libyaml-parse", dependencies: ["CLibyaml"]),
    .executableTarget(name: "measure"),
    .target(name: "Corpus", swiftSettings: settings),
    .target(
      name: "LoopbackRegistry",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], swiftSettings: settings),
    .target(
      name: "LoopbackGit",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], swiftSettings: settings),
    .executableTarget(name: "benchmarks", dependencies: ["Corpus", "LoopbackRegistry", "LoopbackGit"], swiftSettings: settings),

    // Links to targets of tagpin itself, so that the parts that have no command of their own are measured, too: their declarations are for
    // one package only. Tests/CommandTests/LayeringTests.swift compares them with tagpin's own.
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .target(
      name: "Programs",
      dependencies: [
        .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: settings),
    .target(name: "LibC", swiftSettings: settings),
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
      name: "Git",
      dependencies: ["LibC", "Programs", "Interruption", "HTTP", "CLibgit2", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: settings),
    .executableTarget(name: "list-references", dependencies: ["Git", "HTTP", "LibC"], swiftSettings: settings),
    .executableTarget(name: "libgit2-list", dependencies: ["CLibgit2"]),
  ]
)
