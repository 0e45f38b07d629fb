import References

extension Platform {
  /// The platform in containerd's spelling (platforms/database.go): `x86_64` is `amd64`, `arm64/v8` is `arm64`, `arm` is `arm/v7`.
  package var normalised: Platform {
    var result = Platform(os: os.lowercased(), architecture: architecture.lowercased(), variant: variant?.lowercased())
    if result.os == "macos" { result.os = "darwin" }
    switch result.architecture {
    case "i386": (result.architecture, result.variant) = ("386", nil)
    case "x86_64", "x86-64", "amd64":
      result.architecture = "amd64"
      if result.variant == "v1" { result.variant = nil }
    case "aarch64", "arm64":
      result.architecture = "arm64"
      if result.variant == "8" || result.variant == "v8" { result.variant = nil }
    case "armhf": (result.architecture, result.variant) = ("arm", "v7")
    case "armel": (result.architecture, result.variant) = ("arm", "v6")
    case "arm":
      let number = result.variant ?? ""
      if number.isEmpty { result.variant = "v7" } else if ["5", "6", "7", "8"].contains(number) { result.variant = "v\(number)" }
    default: break
    }
    if result.variant == "" { result.variant = nil }
    return result
  }

  /// What runs on this platform, the best first: itself, then the lesser variants of its architecture (containerd, platforms/compare.go).
  package var acceptable: [Platform] {
    let wanted = normalised
    let variants: [String?]
    switch (wanted.architecture, wanted.variant) {
    case ("arm", let variant?): variants = Self.descending(from: variant, to: 5, last: [])
    case ("amd64", let variant?): variants = Self.descending(from: variant, to: 2, last: [nil])
    case ("arm64", let variant?): variants = Self.descending(from: variant, to: 9, last: [nil])
    default: variants = [wanted.variant]
    }
    return variants.map { Platform(os: wanted.os, architecture: wanted.architecture, variant: $0) }
  }

  /// `v7`, `v6`, `v5`; a variant that is not a number is compatible with itself alone.
  private static func descending(from variant: String, to lowest: Int, last: [String?]) -> [String?] {
    guard variant.hasPrefix("v"), let number = Int(variant.dropFirst()), (lowest...32).contains(number) else { return [variant] }
    return stride(from: number, through: lowest, by: -1).map { "v\($0)" } + last
  }
}
