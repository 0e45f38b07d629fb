import Rules

// The file of a baseline: a table of values between tabs, a finding a line, sorted, so that it makes small diffs. The first line names
// the columns.
extension Baseline {
  private static let header = "path\tplace\treference\trule\tcount"

  /// UTF-8, with LF at the end.
  package var text: String {
    let lines = counts.sorted { $0.key < $1.key }.map { key, count in
      [key.path, key.place, key.reference, key.rule.id, "\(count)"].map(\.tabEscaped).joined(separator: "\t")
    }
    return ([Self.header] + lines).map { $0 + "\n" }.joined()
  }

  package init(_ bytes: [UInt8]) throws(LineError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw LineError(line: 1, problem: "the file is not UTF-8") }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.first == Self.header else {
      throw LineError(line: 1, problem: "this is not a baseline: a baseline begins with the names of its columns")
    }
    var counts: [FindingKey: Int] = [:]
    for (index, line) in lines.enumerated().dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(\.tabUnescaped)
      guard cells.count == 5, let count = Int(cells[4]), count > 0 else {
        throw LineError(line: index + 1, problem: "the line has no path, place, reference, rule and count between tabs")
      }
      guard let rule = Rule(id: cells[3]) else { throw LineError(line: index + 1, problem: "there is no rule '\(cells[3])'") }
      counts[FindingKey(path: cells[0], place: cells[1], reference: cells[2], rule: rule), default: 0] += count
    }
    self.init(counts)
  }

  package struct LineError: Error, Hashable {
    package var line: Int
    package var problem: String
  }
}

extension StringProtocol {
  /// Without a character that ends a cell or a line.
  fileprivate var tabEscaped: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\\\"
      case "\t": text += "\\t"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  fileprivate var tabUnescaped: String {
    var text = ""
    var isEscaped = false
    let known: [Unicode.Scalar: Unicode.Scalar] = ["t": "\t", "n": "\n", "r": "\r"]
    for scalar in unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      text.unicodeScalars.append(isEscaped ? known[scalar] ?? scalar : scalar)
      isEscaped = false
    }
    return text
  }
}
