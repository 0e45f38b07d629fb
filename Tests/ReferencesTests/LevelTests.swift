import References
import Testing

/// How firmly tags name content, by the habits of those who publish them.
@Suite struct LevelTests {
  /// Docker Hub's official images, with their variants.
  static let dockerHub: [(String, Level)] = [
    ("latest", .latest), ("1", .floating), ("1.25", .floating), ("1.25.3", .version), ("1.25.3-alpine", .version),
    ("1.25-alpine", .floating),
    ("1.25.3-alpine3.18", .version), ("1.25-alpine3.18", .floating), ("alpine", .floating), ("alpine3.20", .floating),
    ("stable", .floating),
    ("mainline", .floating), ("stable-alpine", .floating), ("stable-alpine3.20-slim", .floating), ("1.25.3-bookworm-perl", .version),
    ("3.20", .floating), ("3.20.3", .version), ("edge", .floating), ("20240807", .version), ("bookworm", .floating),
    ("bookworm-slim", .floating),
    ("bookworm-20240110", .version), ("bookworm-20240110-slim", .version), ("12.5", .floating), ("12.5-slim", .floating),
    ("jammy", .floating),
    ("jammy-20240111", .version), ("22.04", .floating), ("24.04", .floating), ("rolling", .floating), ("3", .floating), ("3.12", .floating),
    ("3.12-slim", .floating), ("3.12.1-slim-bookworm", .version), ("3.13-rc", .floating), ("3.13.0rc2", .version),
    ("3.13.0rc2-slim", .version),
    ("3.13.0a6", .version), ("lts", .floating), ("lts-alpine", .floating), ("20-bookworm", .floating), ("20.11.0-bookworm", .version),
    ("current", .floating), ("iron", .floating), ("iron-slim", .floating), ("1.22rc1", .version), ("1.22rc1-alpine", .version),
    ("1.22", .floating), ("1.21.6", .version), ("1.21.6-bullseye", .version), ("16", .floating), ("16.1", .floating), ("17beta2", .version),
    ("17rc1-alpine3.20", .version), ("16.1-alpine3.19", .floating), ("8.0.36", .version), ("8.0", .floating), ("8-oracle", .floating),
    ("8.0.36-debian", .version), ("innovation", .floating), ("7.2.4", .version), ("7.2.4-alpine3.19", .version), ("7-bookworm", .floating),
    ("8.3-fpm", .floating), ("8.3.2-fpm-alpine", .version), ("6.4.2-php8.2-apache", .version), ("5-php8.2", .floating),
    ("php8.2", .floating),
    ("17-jdk", .floating), ("17-jre-alpine", .floating), ("17.0.9_9-jdk", .version), ("17.0.9_9-jre-jammy", .version),
    ("8u392-b08-jdk", .version),
    ("3.9-eclipse-temurin-17", .floating), ("3.9.6-eclipse-temurin-17", .version), ("9-jdk17", .floating), ("10.1.18-jdk17", .version),
    ("24.0.7-dind", .version), ("24-dind", .floating), ("dind", .floating), ("noble", .floating), ("4.0.1-rc.1", .version),
    ("2.0-rc1", .version),
    ("2.0.0-beta.3", .version), ("2.0.0-alpha", .version), ("1.x", .floating), ("1.25.x", .floating), ("2.10.0-bullseye", .version),
    ("24.1", .floating), ("24.1.2.5", .version), ("24.1.2.5-alpine", .version), ("23.8-alpine", .floating), ("sha-3f2a1b9", .version),
  ]

  /// GHCR, Quay, registry.k8s.io and what projects build by themselves: commits, days, counts of builds.
  static let projects: [(String, Level)] = [
    ("v1", .floating), ("v1.28", .floating), ("v1.28.4", .version), ("v1.28.4-eks-1-28-11", .version), ("v4.2.2", .version),
    ("v4", .floating),
    ("v2.9", .floating), ("v0.25.0", .version), ("v0.25.0-amd64", .version), ("v1.14.0-rc.2", .version), ("v1.14-rc.2", .version),
    ("main", .floating), ("master", .floating), ("develop", .floating), ("nightly", .floating), ("nightly-2024-01-15", .version),
    ("nightly-20240115", .version), ("v20240115-3f2a1b9", .version), ("v20231011-8b53cabe0", .version), ("canary", .floating),
    ("2024.01.1", .version), ("2024.1", .floating), ("2024.1.0", .version), ("2023.10", .floating), ("release", .floating),
    ("release-4.14", .floating), ("release-v3.26.4", .version), ("pr-123", .floating), ("main-3f2a1b9c", .version), ("3f2a1b9", .version),
    ("3f2a1b9c4d5e6f708192a3b4c5d6e7f801234567", .version), ("sha-3f2a1b9c4d5e6f708192a3b4c5d6e7f801234567", .version),
    ("git-3f2a1b9", .version), ("dev", .floating), ("test", .floating), ("production", .floating), ("prod", .floating),
    ("debug", .floating),
    ("v1.9.0-debug", .version), ("debug-nonroot", .floating), ("nonroot", .floating), ("3.9", .floating), ("3.10.1", .version),
    ("1.0.0-SNAPSHOT", .floating), ("1.0.0-nightly", .floating), ("latest-full", .floating), ("RELEASE.2024-01-16T16-07-38Z", .version),
    ("RELEASE.2023-12-09T18-17-51Z.fips", .version), ("r35.2.1", .version), ("n6.1.1", .version), ("b2345", .floating),
    ("202401101200", .version),
    ("123456", .version), ("1234", .floating), ("beta", .floating), ("rc", .floating), ("v2.0.0-beta", .version), ("jdk-17.0.9", .version),
    ("alpine-3.20.1", .floating), ("ubuntu-22.04", .floating), ("kubectl-1.28.4", .version), ("0.13.2-incubating", .version),
  ]

  /// Microsoft, Bitnami, Chainguard, Red Hat and NVIDIA.
  static let vendors: [(String, Level)] = [
    ("8.0.1-bookworm-slim", .version), ("8.0-bookworm-slim", .floating), ("8.0", .floating), ("8.0-alpine", .floating),
    ("8.0.1-alpine3.18-amd64", .version), ("7.4-ubuntu-22.04", .floating), ("7.4.1-ubuntu-22.04", .version), ("ltsc2022", .floating),
    ("ltsc2022-amd64", .floating), ("1809", .floating), ("20H2", .floating), ("10.0.20348.2227", .version),
    ("10.0.17763.5329-amd64", .version),
    ("2022-latest", .floating), ("2022-CU11-ubuntu-22.04", .version), ("2019-CU18-ubuntu-20.04", .version),
    ("windowsservercore-ltsc2022", .floating),
    ("windowsservercore-10.0.20348", .floating), ("4.8.1", .version), ("4.8", .floating), ("preview", .floating),
    ("9.0-preview", .floating),
    ("9.0.0-preview.1", .version), ("16.1.0-debian-11-r24", .version), ("16.1.0-debian-12", .version), ("16.1.0", .version),
    ("16-debian-12", .floating), ("16.1.0-debian-12-r4", .version), ("7.2-debian-12", .floating), ("latest-dev", .floating),
    ("latest-root", .floating),
    ("1.25.3-r0", .version), ("1.25.3-dev", .version), ("1.25-dev", .floating), ("21-dev", .floating), ("openjdk-21", .floating),
    ("9", .floating), ("9.3", .floating), ("9.3-1552", .version), ("8.9-1107.1705420509", .version), ("1-71", .version),
    ("1-36.1697626812", .version), ("9-minimal", .floating), ("4.14.0-202401151553.p0.g3f2a1b9.assembly.stream", .version),
    ("v4.14", .floating),
    ("4.14.8", .version), ("14-22.04_beta", .floating), ("6.4-22.04_edge", .floating), ("23.12-py3", .floating),
    ("12.3.1-devel-ubuntu22.04", .version),
    ("12.3.1-cudnn9-runtime-rockylinux9", .version), ("16-3.4", .floating), ("16-3.4-alpine", .floating), ("15.5-1.pgdg120", .floating),
  ]

  @Test(arguments: dockerHub + projects + vendors) func `a tag has the level that its publisher gives it`(_ tag: String, _ level: Level) {
    #expect(Level(of: tag) == level)
  }

  @Test func `the table is long, and names each tag once`() {
    let tags = (Self.dockerHub + Self.projects + Self.vendors).map(\.0)
    #expect(tags.count >= 150)
    #expect(Set(tags).count >= tags.count - 12)
  }

  @Test(arguments: [
    ("nginx", Level.latest), ("nginx:latest", .latest), ("nginx:1.25", .floating), ("nginx:1.25.3", .version),
    ("nginx:latest@sha256:\(String(repeating: "a", count: 64))", .digest), ("nginx@sha256:\(String(repeating: "a", count: 64))", .digest),
  ]) func `an image without a tag means latest, and a digest outweighs its tag`(_ text: String, _ level: Level) throws {
    #expect(try ImageReference(parsing: text).level == level)
  }

  @Test(arguments: [
    ("actions/checkout@v4", Level.floating), ("actions/checkout@v4.2.2", .version), ("actions/checkout@main", .floating),
    ("acme/tools/lint@lint/v1.2.3", .version), ("acme/tool@refs/tags/v1.2.3", .version), ("acme/tool@refs/heads/v1.2.3", .floating),
    ("acme/tool@release/v1", .floating), ("actions/checkout@" + String(repeating: "a1", count: 20), .digest),
  ]) func `an action's ref is judged by the part behind its last slash`(_ text: String, _ level: Level) throws {
    #expect(try ActionReference(parsing: text, on: .github).level == level)
  }

  @Test func `levels are ordered`() { #expect(Level.allCases.sorted() == [.latest, .floating, .version, .digest]) }
}
