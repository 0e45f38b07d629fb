import SourceText

extension Syntax {
  static let buildFile = Syntax(
    "a file of a build tool", tellsOfOthers: true,
    reading: .sites { (text, _, _) in
      Findings(
        ownImages: BuildFileNames.all.flatMap { $0.names(in: text.bytes) }.compactMap { name in
          OwnImage(
            builtAs: String(decoding: text.bytes[name.range], as: UTF8.self) + (name.tag.map { ":" + $0 } ?? ""),
            byteOffset: name.range.lowerBound)
        }.sorted { $0.byteOffset < $1.byteOffset })
    })
}

/// How the files of one tool name the images that they build.
struct BuildFileNames: Sendable {
  struct Name: Sendable {
    var range: Range<Int>
    /// Where the tag is elsewhere.
    var tag: String?
  }

  let names: @Sendable ([UInt8]) -> [Name]

  func names(in bytes: [UInt8]) -> [Name] { names(bytes) }

  static let all = [jibOfGradle, jibOfMaven, nix]

  /// `jib { to { image = 'acme/app' } }`, `jib.to.image = "acme/app"`
  static let jibOfGradle = BuildFileNames { bytes in
    BuildFileText.places(of: "jib", in: bytes).compactMap { place -> Name? in
      var text = BuildFileText(bytes, at: place.upperBound)
      if text.skip(".to.image") {
        text.skipAround("=")
        return text.literal().map { Name(range: $0) }
      }
      text.skipWhiteSpace()
      guard let block = text.block(), let to = BuildFileText.places(of: "to", in: bytes, block).first else { return nil }
      var inner = BuildFileText(bytes, at: to.upperBound)
      inner.skipWhiteSpace()
      guard let target = inner.block(), let image = BuildFileText.places(of: "image", in: bytes, target).first else { return nil }
      inner = BuildFileText(bytes, at: image.upperBound)
      inner.skipAround("=")
      return inner.literal().map { Name(range: $0) }
    }
  }

  /// `<to><image>acme/app</image>` behind the plugin's name.
  static let jibOfMaven = BuildFileNames { bytes in
    BuildFileText.places(of: "jib-maven-plugin", in: bytes).compactMap { plugin -> Name? in
      let end = BuildFileText.places(of: "</plugin>", in: bytes, plugin.upperBound..<bytes.count).first?.lowerBound ?? bytes.count
      guard let to = BuildFileText.places(of: "<to>", in: bytes, plugin.upperBound..<end).first,
        let image = BuildFileText.places(of: "<image>", in: bytes, to.upperBound..<end).first
      else { return nil }
      let text = bytes[image.upperBound..<end].prefix { $0 != UInt8(ascii: "<") }
      return Name(range: text.startIndex..<text.endIndex)
    }
  }

  /// `dockerTools.buildImage { name = "acme/app"; tag = "1"; }`. What has no tag gets one of its content.
  static let nix = BuildFileNames { bytes in
    ["buildImage", "buildLayeredImage", "streamLayeredImage", "buildNixShellImage"].flatMap { function in
      BuildFileText.places(of: function, in: bytes).compactMap { place -> Name? in
        var text = BuildFileText(bytes, at: place.upperBound)
        text.skipWhiteSpace()
        if text.skip("rec") { text.skipWhiteSpace() }
        guard let block = text.block(), let name = BuildFileText.value(of: "name", in: bytes, block) else {
          return nil
        }
        let tag = BuildFileText.value(of: "tag", in: bytes, block).map { String(decoding: bytes[$0], as: UTF8.self) }
        return Name(range: name, tag: tag)
      }
    }
  }
}
