extension StringProtocol {
  /// In text, and in an attribute in double quotes, of HTML and of XML 1.0, which has no control characters.
  var xml: String {
    var result = ""
    for scalar in String(self).visible.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
