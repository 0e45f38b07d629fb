/// Classes of ASCII bytes. Swift's own `isNumber` and `isUppercase` are Unicode's, which no reference grammar means.
package enum ASCII {
  package static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  package static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  package static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  package static func isLetter(_ byte: UInt8) -> Bool { isLower(byte) || isUpper(byte) }
  package static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLower(byte) || isUpper(byte) }
  package static func isLowerHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }
  package static func isHexDigit(_ byte: UInt8) -> Bool { isLowerHexDigit(byte) || (0x41...0x46).contains(byte) }
}
