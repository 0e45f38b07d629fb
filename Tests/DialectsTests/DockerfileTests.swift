import Dialects
import Documents
import References
import Rules
import SourceText
import Testing

private let digest = "sha256:" + String(repeating: "0", count: 64)

@Suite struct DockerfileTests {
  /// One line a site: place, text and state.
  private func sites(_ text: String) throws -> [String] {
    try Dockerfile.findings(in: SourceText(text)).sites.map { site in
      let state =
        switch site.content {
        case .image: site.unwritten?.rule.id ?? "image"
        case .action: "action"
        case .skipped(let reason): reason.rule.id
        case .failed(let failure): failure.rule.id
        }
      return "\(site.place) \(site.text) \(state)"
    }
  }

  private func only(_ text: String) throws -> Site {
    let sites = try Dockerfile.findings(in: SourceText(text)).sites
    #expect(sites.count == 1)
    return try #require(sites.first)
  }

  // MARK: FROM

  @Test(arguments: [
    ("FROM nginx", "FROM nginx image"),
    ("FROM nginx:1.25", "FROM nginx:1.25 image"),
    ("from nginx:1.25 as web", "FROM nginx:1.25 image"),
    ("  FROM\tnginx:1.25 ", "FROM nginx:1.25 image"),
    ("FROM --platform=$BUILDPLATFORM nginx:1.25 AS web", "FROM nginx:1.25 image"),
    ("FROM --platform=\"linux/amd64\" nginx:1.25", "FROM nginx:1.25 image"),
    ("FROM \"nginx:1.25\"", "FROM nginx:1.25 image"),
    ("FROM 'nginx:1.25'", "FROM nginx:1.25 image"),
    ("FROM nginx:1.25\r\nRUN x\r\n", "FROM nginx:1.25 image"),
    ("\u{FEFF}FROM nginx:1.25", "FROM nginx:1.25 image"),
    ("# é\nFROM nginx:1.25", "FROM nginx:1.25 image"),
    ("FROM nginx:1.25@\(digest)", "FROM nginx:1.25@\(digest) image"),
    ("FROM localhost:5000/a/b", "FROM localhost:5000/a/b image"),
    ("FROM \\\n  # why\n\n  nginx:1.25 \\ \n AS web", "FROM nginx:1.25 image"),
    ("\\\nFROM nginx:1.25", "FROM nginx:1.25 image"),
    ("FROM scratch", "FROM scratch scratch"),
    ("FROM nginx:$TAG", "FROM nginx:$TAG not-literal"),
    ("FROM ${REGISTRY}/nginx:1.25", "FROM ${REGISTRY}/nginx:1.25 not-literal"),
    ("FROM {{ image }}", "FROM {{ image }} not-literal"),
    ("FROM acme/{{ image }}:1 AS x", "FROM acme/{{ image }}:1 not-literal"),
    ("FROM %IMAGE%", "FROM %IMAGE% not-literal"),
    ("FROM @BASE@", "FROM @BASE@ not-literal"),
    ("FROM nginx:1.25 # why", "FROM nginx:1.25 invalid-reference"),
    ("FROM nginx:1.25 web", "FROM nginx:1.25 invalid-reference"),
    ("FROM nginx:1.25 AS", "FROM nginx:1.25 invalid-reference"),
    ("FROM Nginx", "FROM Nginx invalid-reference"),
    ("FROM nginx:", "FROM nginx: invalid-reference"),
    ("FROM nginx@sha256:12", "FROM nginx@sha256:12 invalid-reference"),
    ("FROM https://example.test/a", "FROM https://example.test/a invalid-reference"),
    ("FROM \"nginx", "FROM \"nginx invalid-reference"),
    ("FROM", "FROM FROM invalid-reference"),
    ("FROM --platform=linux/amd64", "FROM FROM invalid-reference"),
    ("FROM nginx\\:1.25", "FROM nginx not-spliceable"),
    ("FROM ngi\"nx\":1.25", "FROM ngi not-spliceable"),
    ("FROM nginx:\\\n1.25", "FROM nginx: not-spliceable"),
    ("ONBUILD FROM nginx", "ONBUILD FROM nginx invalid-reference"),
  ]) func `reads from`(_ input: String, _ site: String) throws {
    #expect(try sites(input) == [site])
  }

  @Test func `stages are those defined above`() throws {
    let text = """
      FROM golang:1.22 AS Build
      FROM build AS test
      FROM later
      FROM alpine AS later
      FROM alpine
      """
    #expect(
      try sites(text) == ["FROM golang:1.22 image", "FROM build stage", "FROM later image", "FROM alpine image", "FROM alpine image"])
    #expect(try sites("FROM alpine AS alpine\nFROM alpine") == ["FROM alpine image", "FROM alpine stage"])
  }

  // MARK: COPY --from and RUN --mount

  @Test(arguments: [
    ("COPY --from=golang:1.22 /a /b", "COPY --from golang:1.22 image"),
    ("copy --chown=1:1 --From=golang:1.22 /a /b", "COPY --from golang:1.22 image"),
    ("COPY --link --from=\"golang:1.22\" /a /b", "COPY --from golang:1.22 image"),
    ("COPY --from=golang:1.22 [\"/a\", \"/b\"]", "COPY --from golang:1.22 image"),
    ("COPY --from=build /a /b", "COPY --from build stage"),
    ("COPY --from=BUILD /a /b", "COPY --from BUILD stage"),
    ("COPY --from=later /a /b", "COPY --from later stage"),
    ("COPY --from=0 /a /b", "COPY --from 0 stage"),
    ("COPY --from=7 /a /b", "COPY --from 7 invalid-reference"),
    ("COPY --from=nginx /a /b", "COPY --from nginx image"), ("COPY --from=tools /a /b", "COPY --from tools named-context"),
    ("RUN --mount=from=busybox true", "RUN --mount busybox image"),
    ("COPY --from=ghcr.io/a/b /a /b", "COPY --from ghcr.io/a/b image"),
    ("COPY --from=nginx@\(digest) /a /b", "COPY --from nginx@\(digest) image"),
    ("COPY --from=scratch /a /b", "COPY --from scratch scratch"),
    ("COPY --from=$X /a /b", "COPY --from $X not-literal"),
    ("COPY --from= /a /b", "COPY --from --from= invalid-reference"),
    ("COPY --from /a /b", "COPY --from --from invalid-reference"),
    ("COPY --from=gol\\ang:1.22 /a /b", "COPY --from gol not-spliceable"),
    ("ONBUILD COPY --from=golang:1.22 /a /b", "ONBUILD COPY --from golang:1.22 image"),
    ("onbuild run --mount=from=golang:1.22 x", "ONBUILD RUN --mount golang:1.22 image"),
    ("RUN --mount=type=bind,from=golang:1.22,target=/x cmd", "RUN --mount golang:1.22 image"),
    ("RUN --mount=from=golang:1.22,type=bind cmd", "RUN --mount golang:1.22 image"),
    ("RUN --network=none --mount=\"type=bind,from=golang:1.22\" cmd", "RUN --mount golang:1.22 image"),
    ("RUN --mount=type=bind,FROM='golang:1.22' cmd", "RUN --mount golang:1.22 image"),
    ("RUN --mount=type=bind,from=build cmd", "RUN --mount build stage"),
    ("RUN --mount=type=bind,from=0 cmd", "RUN --mount 0 stage"),
    ("RUN --mount=type=cache,from=scratch cmd", "RUN --mount scratch scratch"),
    ("RUN --mount=type=bind,from= cmd", "RUN --mount from= invalid-reference"),
    ("RUN --mount=type=bind,\\\nfrom=golang:1.22 \\\n cmd", "RUN --mount golang:1.22 image"),
  ]) func `reads other sources`(_ line: String, _ site: String) throws {
    #expect(try sites("FROM a:1 AS build\n\(line)\nFROM b:1 AS later\n") == ["FROM a:1 image", site, "FROM b:1 image"])
  }

  @Test(arguments: [
    "COPY a --from=x:1 /b", "RUN echo --mount=from=x:1", "ADD --from=x:1 a b", "RUN --mount=type=cache,target=/root cmd",
    "COPY -- --from=x:1 /b", "ENV A=b", "LABEL from=nginx:1",
    "CMD [\"FROM\", \"nginx:1\"]", "# FROM nginx:1", "RUN x \\\n# FROM nginx:1\n\n FROM nginx:1", "ARG BASE=nginx:1",
    "RUN <<EOF\nFROM nginx:1\nEOF", "ONBUILD RUN x", "ONBUILD",
  ]) func `anything else is no site`(_ line: String) throws {
    #expect(try sites("FROM a:1\n\(line)\n") == ["FROM a:1 image"])
  }

  @Test func `reads several mounts`() throws {
    let text = "FROM a:1\nRUN --mount=from=b:1 --mount=type=secret,id=x --mount=from=c:1,target=/c x"
    #expect(try sites(text) == ["FROM a:1 image", "RUN --mount b:1 image", "RUN --mount c:1 image"])
    let found = try Dockerfile.findings(in: SourceText("# 1\nRUN --mount=from=b:1 --mount=from=c@\(digest),target=/c x")).sites
    #expect(found.map(\.commentPlace) == [.none, .none])
    #expect(found.map(\.tagComment) == [nil, nil])
  }

  // MARK: Directives

  @Test(arguments: [
    ("# syntax=docker/dockerfile:1\nFROM a:1", ["# syntax docker/dockerfile:1 image", "FROM a:1 image"]),
    ("#  SynTax = docker/dockerfile:1 // options\r\nFROM a:1", ["# syntax docker/dockerfile:1 image", "FROM a:1 image"]),
    (
      "\u{FEFF}# check=skip=all\n# syntax=docker/dockerfile:1@\(digest)\nFROM a:1",
      ["# syntax docker/dockerfile:1@\(digest) image", "FROM a:1 image"]
    ),
    ("#!/usr/bin/env docker\n# syntax=docker/dockerfile:1\nFROM a:1", ["# syntax docker/dockerfile:1 image", "FROM a:1 image"]),
    ("# syntax=$FRONTEND\nFROM a:1", ["# syntax $FRONTEND not-literal", "FROM a:1 image"]),
    ("# a comment\n# syntax=docker/dockerfile:1\nFROM a:1", ["FROM a:1 image"]),
    ("\n# syntax=docker/dockerfile:1\nFROM a:1", ["FROM a:1 image"]),
    ("# unknown=1\n# syntax=docker/dockerfile:1\nFROM a:1", ["FROM a:1 image"]),
    (" # syntax=docker/dockerfile:1\nFROM a:1", ["FROM a:1 image"]),
    ("FROM a:1\n# syntax=docker/dockerfile:1", ["FROM a:1 image"]),
    ("# syntax=", []),
    ("# escape=`\nFROM `\n a:1\nRUN dir c:\\\nFROM b:1", ["FROM a:1 image", "FROM b:1 image"]),
    ("# comment\n# escape=`\nFROM a:1\nRUN c:\\\nFROM b:1", ["FROM a:1 image"]),
    ("#!/bin/x\n# escape=`\nFROM a:1\nRUN c:\\\nFROM b:1", ["FROM a:1 image"]),
    ("FROM a:1\nRUN c:\\\\\nFROM b:1", ["FROM a:1 image", "FROM b:1 image"]),
  ]) func `reads directives only at the top`(_ text: String, _ expected: [String]) throws {
    #expect(try sites(text) == expected)
  }

  @Test func `a directive has no place for a comment`() throws {
    let site = try only("# syntax=docker/dockerfile:1")
    #expect(site.commentPlace == .none)
    #expect(site.tagComment == nil)
  }

  @Test func `another frontend may have instructions of its own`() throws {
    let text = "# syntax=acme/dockerfile-x:1\nINCLUDE ./base\nFROM ./other#stage\nFROM a:1"
    #expect(try sites(text) == ["# syntax acme/dockerfile-x:1 image", "FROM ./other#stage local", "FROM a:1 image"])
    #expect(throws: DocumentError.self) { try sites("# syntax=mirror.test/docker/dockerfile:1\nINCLUDE ./base") }
  }

  @Test(arguments: [
    ("FROM a\nRUNN x\n", 7, "unknown instruction 'RUNN'"),
    ("// syntax=docker/dockerfile:1\nFROM a", 0, "unknown instruction '//'"),
    ("FROM a\nRUN <<EOF\nx", 7, "the heredoc 'EOF' is not closed: no line holds 'EOF' alone"),
    ("# syntax=a\n# SYNTAX=b\n", 11, "the directive 'syntax' may stand here only once"),
    ("# escape=x\nFROM a", 9, "the escape character must be '\\' or '`'"),
    ("{\"a\": 1}", 0, "unknown instruction '{\"a\":'"),
  ]) func `what build kit cannot read fails`(_ text: String, _ offset: Int, _ problem: String) {
    let error = #expect(throws: DocumentError.self) { try sites(text) }
    #expect(error?.byteOffset == offset)
    #expect(error?.problem == problem)
  }

  @Test(arguments: ["", "\n", "# nothing", "\u{FEFF}", "\\", "\\\n\\\n", "RUN x", "\r\n\r\n"]) func `a file without images has no sites`(
    _ text: String
  ) throws {
    #expect(try sites(text) == [])
  }

  // MARK: Heredocs

  @Test(arguments: [
    "RUN <<EOF\nFROM x:1\nEOF", "RUN <<-EOF\n\tFROM x:1\n\t\tEOF", "RUN <<'EOF' bash\nFROM x:1\nEOF", "RUN 3<<\"E F\" cat\nFROM x:1\nE F",
    "COPY <<a <<b /\nFROM x:1\na\nFROM y:1\nb",
    "ADD <<EOF /x\r\nFROM x:1\r\nEOF\r", "ONBUILD RUN <<EOF\nFROM x:1\nEOF", "run --mount=type=cache,target=/x \\\n <<EOF\nFROM x:1\nEOF",
    "COPY --chmod=1 <<EOF /x\nEOF X\nFROM x:1\nEOF",
    "RUN <<EOF\n\\\nEOF", "RUN cat <<A && cat <<B\nFROM x:1\nA\nFROM y:1\nB",
  ]) func `what a heredoc holds is not Dockerfile`(_ text: String) throws {
    #expect(try sites("FROM a:1\n\(text)\nFROM b:1\n") == ["FROM a:1 image", "FROM b:1 image"])
  }

  @Test(arguments: [
    "RUN [\"cat\", \"<<EOF\"]", "RUN echo $((1<<2))", "RUN echo 1 << 2", "RUN cat <<<EOF", "RUN cat<<EOF", "RUN echo \"<<EOF\"",
    "RUN echo it's <<EOF", "CMD <<EOF", "ENV A=<<EOF",
    "RUN x \\<<EOF",
  ]) func `what only looks like a heredoc is none`(_ text: String) throws {
    #expect(try sites("FROM a:1\n\(text)\nFROM b:1\n") == ["FROM a:1 image", "FROM b:1 image"])
  }

  // MARK: ARG

  @Test(arguments: [
    ("ARG BASE=nginx:1.25\nFROM $BASE", ["ARG BASE nginx:1.25 image"]),
    ("ARG BASE=nginx:1.25\nFROM ${BASE} AS x\nFROM \"${BASE}\"", ["ARG BASE nginx:1.25 image"]),
    ("arg BASE=nginx\nFROM $BASE", ["ARG BASE nginx image"]),
    ("ARG BASE=\"nginx:1.25\"\nFROM $BASE", ["ARG BASE nginx:1.25 image"]),
    ("ARG BASE='nginx:1.25'\r\nFROM $BASE\r\n", ["ARG BASE nginx:1.25 image"]),
    ("ARG A=1 \\\n  BASE=nginx:1.25 B\nFROM $BASE", ["ARG BASE nginx:1.25 image"]),
    ("ARG A=a:1 B=b:1\nFROM $B\nFROM $A", ["ARG A a:1 image", "ARG B b:1 image"]),
    ("ARG BASE=a:1\nARG BASE=b:1\nARG BASE\nFROM $BASE", ["ARG BASE b:1 image"]),
    ("ARG BASE=a:1\nFROM x:1\nCOPY --from=$BASE /a /b", ["ARG BASE a:1 image", "FROM x:1 image"]),
    ("ARG BASE=a:1\nFROM x:1\nARG BASE=b:1\nCOPY --from=$BASE /a /b", ["FROM x:1 image", "COPY --from $BASE not-literal"]),
    ("ARG A=a:1\nARG BASE=$A\nFROM $BASE", ["ARG A a:1 image"]),
    ("ARG BASE=a:1\nFROM ${BASE:-b:1}", ["ARG BASE a:1 image"]),
    ("ARG BASE\nFROM ${BASE:-b:1}", ["FROM b:1 image"]),
    ("ARG BASE=\nFROM ${BASE:-b:1}", ["FROM b:1 image"]),
    ("FROM ${BASE-b:1}", ["FROM b:1 image"]),
    ("FROM ${A:-${B:-b:1}}", ["FROM b:1 image"]),
    ("ARG BASE=a:1\nFROM ${BASE:?no base}", ["FROM ${BASE:?no invalid-reference"]),
    ("ARG BASE=a:1\nFROM ${BASE:?}", ["ARG BASE a:1 image"]),
    ("ARG BASE=scratch\nFROM $BASE", ["ARG BASE scratch scratch"]),
    ("ARG KIND=debug\nFROM a:1 AS debug\nFROM $KIND", ["ARG KIND debug stage", "FROM a:1 image"]),
    ("ARG BASE=a:1@\(digest)\nFROM $BASE", ["ARG BASE a:1@\(digest) image"]),
    ("ARG BASE=Nginx\nFROM $BASE", ["ARG BASE Nginx invalid-reference"]),
    ("ARG BASE=ngi\\nx:1\nFROM $BASE", ["ARG BASE ngi not-spliceable"]),
    ("ARG BASE=nginx:\\\n1\nFROM $BASE", ["ARG BASE nginx: not-spliceable"]),
    ("ARG BASE=nginx:\"1\"\nFROM $BASE", ["ARG BASE nginx: not-spliceable"]),
    ("ARG BASE=a:1\nFROM $BASE\nFROM ${BASE}-slim", ["ARG BASE a:1 used-otherwise", "FROM a:1-slim made-of-parts"]),
    ("ARG BASE=a:1\nFROM $BASE\nRUN echo ${BASE}-slim", ["ARG BASE a:1 image"]),
    ("ARG TAG=1.25\nFROM nginx:$TAG", ["FROM nginx:1.25 made-of-parts"]),
    ("ARG REGISTRY=docker.io/\nFROM ${REGISTRY}nginx:1", ["FROM docker.io/nginx:1 made-of-parts"]),
    ("ARG A=x\nARG BASE=$A/nginx:1\nFROM $BASE", ["FROM x/nginx:1 made-of-parts"]),
    ("ARG BASE\nFROM $BASE", ["FROM $BASE not-literal"]),
    ("FROM $BASE\nARG BASE=a:1", ["FROM $BASE not-literal"]),
    ("ARG BASE=a:1\nFROM ${BASE%x}", ["FROM ${BASE%x} not-literal"]),
    ("ARG BASE=a:1\nFROM ${BASE:+b:1}", ["FROM ${BASE:+b:1} not-literal"]),
    ("ARG BASE=nginx\nFROM x:1\nCOPY --from=$BASE / /", ["ARG BASE nginx image", "FROM x:1 image"]),
    ("ARG BASE=a:1\nFROM '$BASE'", ["FROM $BASE not-literal"]),
  ]) func `reads defaults that are used whole`(_ text: String, _ expected: [String]) throws {
    #expect(try sites(text) == expected)
  }

  @Test func `a default that is a part somewhere says where`() throws {
    let site = try #require(try Dockerfile.findings(in: SourceText("ARG BASE=a:1\nFROM $BASE\nFROM ${BASE}-slim")).sites.first)
    #expect(
      site.content == .skipped(.usedOtherwise("'${BASE}-slim' uses 'BASE' as a part of a name; give the image a variable of its own")))
  }

  @Test(arguments: [
    ("LABEL base=$BASE", "line 4 uses 'BASE' where no image belongs; give the image a variable of its own"),
    ("RUN true", "the commands in line 4 have 'BASE' in their environment; give the image a variable of its own"),
    ("ENV OTHER=1", nil), ("LABEL base=$BASE_NAME", nil), ("ARG BASE=b\nRUN echo $BASE", nil),
  ]) func `a default that a stage sees is left where the stage uses it`(_ instruction: String, _ why: String?) throws {
    let site = try #require(try Dockerfile.findings(in: SourceText("ARG BASE=a:1\nFROM $BASE\nARG BASE\n\(instruction)")).sites.first)
    #expect(site.image != nil)
    #expect(site.unwritten == why.map { .usedOtherwise($0) })
  }

  /// The lines of the defaults are named, and what to do.
  @Test(arguments: [
    (
      "ARG TAG=3\nFROM alpine:${TAG}",
      "'alpine:3' by the default of 'TAG' in line 1, and what else uses 'TAG' would meet the digest, too"
    ),
    (
      "ARG A=docker.io\nARG TAG=3\nFROM ${A}/alpine:${TAG}",
      "'docker.io/alpine:3' by the defaults of 'A' in line 1 and 'TAG' in line 2, and with another value its digest would be asked of another image"
    ),
    (
      "FROM x:1\nFROM ${REGISTRY:-docker.io}/alpine:3",
      "'docker.io/alpine:3' by the default of 'REGISTRY', and with another value its digest would be asked of another image"
    ),
  ]) func `what is known of a name in parts is said, with the lines of its defaults`(_ text: String, _ reason: String) throws {
    let site = try #require(try Dockerfile.findings(in: SourceText(text)).sites.last)
    #expect(site.unwritten == .madeOfParts(reason + "; give the whole image one variable to have it pinned"))
    #expect(site.image != nil)
  }

  @Test func `name and digest in two arguments are named, where one of them is empty`() throws {
    let text = "ARG TOOLS=\"ghcr.io/acme/tools:latest\"\nARG TOOLS_SHA=\"\"\nFROM ${TOOLS}@${TOOLS_SHA} AS tools"
    let site = try #require(try Dockerfile.findings(in: SourceText(text)).sites.last)
    guard case .skipped(let reason) = site.content else { return #expect(Bool(false), "\(site.content)") }
    let places = "'TOOLS' in line 1 and 'TOOLS_SHA' in line 2"
    #expect(reason.description.hasPrefix("'ghcr.io/acme/tools:latest@' by the defaults of \(places), which is not a reference: "))
  }

  // MARK: Comments

  @Test(arguments: [
    "# tagpin: ignore", "  # tagpin:ignore because", "# ratchet:exclude", "# why\n# tagpin: ignore", "# tagpin: ignore\n# tag=1.25",
  ])
  func `a mark above the instruction ignores it`(_ comment: String) throws {
    #expect(try sites("ARG BASE=x:1\n\(comment)\nFROM \\\n nginx:1.25\n") == ["FROM nginx:1.25 ignored-by-comment"])
  }

  @Test(arguments: ["# tagpin: ignore\n\n", "# tagpin: ignore\n# why\n", "RUN x # tagpin: ignore\n"]) func `a mark elsewhere does not`(
    _ text: String
  ) throws {
    #expect(try sites("\(text)FROM nginx:1.25") == ["FROM nginx:1.25 image"])
  }

  @Test func `a comment above names the tag`() throws {
    let text = SourceText("\u{FEFF}# why\r\n\t# tag=1.25\r\n\tFROM nginx@\(digest)\r\n")
    let site = try #require(try Dockerfile.findings(in: text).sites.first)
    #expect(site.imageWithCommentTag?.tag == Tag("1.25"))
    let comment = try #require(site.tagComment)
    #expect(text.string(comment.removal) == "\t# tag=1.25\r\n")
    #expect(text.string(comment.tagRange) == "1.25")
    #expect(try only("# web\nFROM nginx@\(digest)").tagComment == nil)
    #expect(try only("# 1.25\n\nFROM nginx@\(digest)").tagComment == nil)
  }

  @Test(arguments: [
    "FROM nginx:1.25", "FROM nginx:1.25\n", "\u{FEFF}FROM nginx:1.25\r\n", "# syntax=docker/dockerfile:1\n\tFROM \\\n nginx:1.25\n",
    "# why\n  FROM nginx:1.25", "ARG A=b \\\r\n BASE=nginx:1.25\r\nFROM $BASE",
    "FROM scratch\r\nCOPY --from=nginx:1.25 / /", "# escape=`\nRUN --mount=from=nginx:1.25 `\n x", "RUN <<EOF\n# x\nEOF\nFROM nginx:1.25",
    "# why\nFROM nginx:1.25",
  ]) func `the tag can be written above and taken away again`(_ input: String) throws {
    let text = SourceText(input)
    let before = try Dockerfile.findings(in: text).sites
    let index = try #require(before.firstIndex { $0.text == "nginx:1.25" })
    let splices = try #require(TagComment.splices(recording: Tag("1.25")!, at: before[index].commentPlace))
    let written = SourceText(try text.applying(splices + [Splice(before[index].range, with: "nginx@\(digest)")]))

    let after = try Dockerfile.findings(in: written).sites
    #expect(after.map(\.place) == before.map(\.place))
    #expect(after[index].imageWithCommentTag?.tag == Tag("1.25"))
    let removal = try #require(after[index].tagComment?.removal)
    #expect(try written.applying([Splice(removal, with: ""), Splice(after[index].range, with: "nginx:1.25")]) == text.bytes)
  }

  // MARK: Anything

  static let large = """
    \u{FEFF}# syntax=docker/dockerfile:1\r
    # escape=`\r
    # é: comment\r
    ARG BASE="nginx:1.25" `\r
      # comment é\r
      TAG=1.25 OTHER=ghcr.io/acme/base@\(digest)\r

    # tagpin: ignore\r
    FROM --platform=$BUILDPLATFORM golang:1.22-alpine AS Build\r
    RUN --mount=type=bind,from=busybox:1.36,target=/x --mount=type=cache,target="/root" `\r
      go build `\r

      ./...\r
    RUN <<-"EOF" <<two\r
    \tFROM x:1\r
    \tEOF\r
    FROM y:1\r
    two\r
    # tag=1.25\r
    FROM ${BASE}\r
    COPY --from=build --chown=1:1 ["/é", "/b"]\r
    COPY --link --from=acme/tool:2 /a /b\r
    ONBUILD COPY --from=${OTHER:-x:1} /a /b\r
    FROM ${NONE:-"alpine:3.20"} as last\r
    FROM al`pine:3.20\r
    FROM nginx:${TAG}
    """

  @Test func `every prefix is read or refused without harm`() async throws {
    let bytes = Array(Self.large.utf8)
    for count in 0...bytes.count {
      await Task.yield()
      for terminator in [[], [UInt8(ascii: "\n")]] {
        let text = SourceText(Array(bytes[..<count]) + terminator)
        let found: Findings
        do { found = try Dockerfile.findings(in: text) } catch {
          #expect((0...count).contains(error.byteOffset))
          continue
        }
        var end = 0
        for site in found.sites {
          #expect(site.range.lowerBound >= end && site.range.upperBound <= text.bytes.count && !site.range.isEmpty)
          end = site.range.upperBound
          if site.unwritten != nil { continue }
          #expect(site.text == text.string(site.range))
          if site.image != nil { #expect(Array(site.text.utf8) == Array(text.bytes[site.range])) }
          if let comment = site.tagComment { #expect(text.string(comment.tagRange) == comment.tag?.text) }
        }
      }
    }
    #expect(
      try sites(Self.large) == [
        "# syntax docker/dockerfile:1 image", "ARG BASE nginx:1.25 image", "ARG OTHER ghcr.io/acme/base@\(digest) image",
        "FROM golang:1.22-alpine ignored-by-comment",
        "RUN --mount busybox:1.36 image", "COPY --from build stage", "COPY --from acme/tool:2 image", "FROM alpine:3.20 image",
        "FROM al not-spliceable",
        "FROM nginx:1.25 made-of-parts",
      ])
  }

  @Test func `defaults of defaults end`() throws {
    let chain = (1...5_000).map { "ARG A\($0)=${A\($0 - 1):-${A\($0 - 1)}}\n" }.joined()
    #expect(try sites("ARG A0=\n\(chain)FROM $A5000") == ["FROM $A5000 not-literal"])
    let nested = String(repeating: "${A:-", count: 5_000) + "a" + String(repeating: "}", count: 5_000)
    #expect(try sites("FROM \(nested)") == ["FROM \(nested) not-literal"])
  }

  @Test(arguments: ["FROM ", "\\\n", "RUN <<a ", "ARG A=", "${", "FROM ${A:-", "COPY --from=\"", "# tag=1\n", "RUN --mount=from=a,", "'"])
  func `long runs of one text end`(_ text: String) {
    _ = try? sites(String(repeating: text, count: 5_000))
    _ = try? sites("FROM " + String(repeating: text, count: 5_000))
    _ = try? sites("ARG A=" + String(repeating: text, count: 5_000) + "\nFROM $A")
  }
}
