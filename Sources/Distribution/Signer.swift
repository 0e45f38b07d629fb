import HTTP
import SwiftASN1

/// Who signed, as the certificate beside a signature says. Nobody checked it: whoever can write to a registry can put any certificate
/// there.
package struct Signer: Hashable, Sendable, Comparable {
  /// The repository whose workflow signed, or else the name in the certificate: an address, a service account, a subject. In lower case,
  /// fit to be shown.
  package var name: String
  /// Who vouched for the name: `https://token.actions.githubusercontent.com`.
  package var issuer: String?

  package init(_ name: String, issuer: String? = nil) {
    self.name = name
    self.issuer = issuer
  }

  package static func < (left: Self, right: Self) -> Bool { (left.name, left.issuer ?? "") < (right.name, right.issuer ?? "") }
}

extension Signer {
  /// Of a certificate in DER; nil where it names nobody. What Fulcio adds says more than the name, which is the workflow's
  /// (<https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md>).
  init?(certificate: [UInt8]) {
    guard let extensions = try? CertificateExtensions(certificate) else { return nil }
    let repository = extensions.text(.sourceRepository) ?? extensions.oldText(.workflowRepository)
    guard let name = repository ?? extensions.alternativeName.map(Self.withoutRevision), let shown = ServerText.shown(name.lowercased()),
      !shown.isEmpty
    else { return nil }
    self.init(shown, issuer: (extensions.text(.issuer) ?? extensions.oldText(.oldIssuer)).flatMap { ServerText.shown($0) })
  }

  /// By the subject alone, which is what Notation's trust policies name; nil where there is none. In the order of the certificate.
  init?(subjectOf certificate: [UInt8]) {
    guard let subject = try? DistinguishedName(subjectOf: certificate), let shown = ServerText.shown(subject.text), !shown.isEmpty else {
      return nil
    }
    self.init(shown)
  }

  /// A workflow's name ends with the branch or tag that it ran for: the next release has another one.
  private static func withoutRevision(_ name: String) -> String {
    name.contains("://") ? name.firstRange(of: "@refs/").map { String(name[..<$0.lowerBound]) } ?? name : name
  }
}

extension ASN1ObjectIdentifier {
  fileprivate static let alternativeNames: Self = [2, 5, 29, 17]
  fileprivate static let oldIssuer: Self = [1, 3, 6, 1, 4, 1, 57264, 1, 1]
  fileprivate static let workflowRepository: Self = [1, 3, 6, 1, 4, 1, 57264, 1, 5]
  fileprivate static let issuer: Self = [1, 3, 6, 1, 4, 1, 57264, 1, 8]
  fileprivate static let sourceRepository: Self = [1, 3, 6, 1, 4, 1, 57264, 1, 12]
}

/// The extensions of a certificate (RFC 5280, section 4.1), each by its name.
private struct CertificateExtensions {
  private var values: [ASN1ObjectIdentifier: ArraySlice<UInt8>] = [:]

  init(_ certificate: [UInt8]) throws {
    let body = try DER.parse(certificate).elements.first
    let list = body?.elements.first { $0.identifier == ASN1Identifier(tagWithNumber: 3, tagClass: .contextSpecific) }
    for entry in list?.elements.first?.elements ?? [] {
      guard let name = entry.elements.first, let value = entry.elements.last?.bytes else { continue }
      values[try ASN1ObjectIdentifier(derEncoded: name)] = value
    }
  }

  /// A value that is a string of ASN.1's.
  func text(_ name: ASN1ObjectIdentifier) -> String? {
    values[name].flatMap { try? DER.parse($0) }?.bytes.flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// A value that is the text itself.
  func oldText(_ name: ASN1ObjectIdentifier) -> String? { values[name].flatMap { String(validating: $0, as: UTF8.self) } }

  /// The first subject alternative name (section 4.2.1.6) that is an address, a host, a URI, or Fulcio's own kind of name.
  var alternativeName: String? {
    guard let names = values[.alternativeNames].flatMap({ try? DER.parse($0) })?.elements else { return nil }
    return names.lazy.compactMap { name -> String? in
      // An address, a host and a URI are the text itself; another name is a kind and a value.
      let text = name.identifier.tagNumber == 0 ? name.elements.last?.elements.first?.bytes : name.bytes
      return [0, 1, 2, 6].contains(name.identifier.tagNumber) ? text.flatMap { String(validating: $0, as: UTF8.self) } : nil
    }.first
  }
}

/// The subject of a certificate (RFC 5280, section 4.1.2.6), as it is written for people: `C=us, O=acme, CN=release`.
private struct DistinguishedName {
  let text: String

  private static let names: [ASN1ObjectIdentifier: String] = [
    [2, 5, 4, 3]: "CN", [2, 5, 4, 6]: "C", [2, 5, 4, 7]: "L", [2, 5, 4, 8]: "ST", [2, 5, 4, 10]: "O", [2, 5, 4, 11]: "OU",
  ]

  init(subjectOf certificate: [UInt8]) throws {
    var fields = try DER.parse(certificate).elements.first?.elements[...] ?? []
    // The version, which old certificates do not have.
    if fields.first?.identifier.tagClass == .contextSpecific { fields = fields.dropFirst() }
    // Behind the number, the algorithm, the issuer and the days.
    let parts = (fields.dropFirst(4).first?.elements ?? []).flatMap(\.elements).map(\.elements)
    text = try parts.compactMap { part -> String? in
      guard let kind = part.first, let value = part.last?.bytes.flatMap({ String(validating: $0, as: UTF8.self) }) else { return nil }
      let name = try ASN1ObjectIdentifier(derEncoded: kind)
      return "\(Self.names[name] ?? "\(name)")=\(value.lowercased())"
    }.joined(separator: ", ")
  }
}

extension ASN1Node {
  fileprivate var elements: [ASN1Node] { if case .constructed(let nodes) = content { Array(nodes) } else { [] } }
  fileprivate var bytes: ArraySlice<UInt8>? { if case .primitive(let bytes) = content { bytes } else { nil } }
}
