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
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2")
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
    .executableTarget(name: "benchmarks", dependencies: ["Corpus", "LoopbackRegistry"], swiftSettings: settings),
  ]
)
