import Documents
import SourceText

/// Options of a driver of Buildx, `name=value` one a line or separated by commas, among them `image`;
/// <https://docs.docker.com/build/builders/drivers/docker-container/>.
struct DriverOptions: PlaceReading {
  var words: String? { " (behind `image=`)" }
  var holdsSeveral: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar else { return nil }
    let bytes = Array(scalar.value.utf8)
    let options = bytes.split { $0 == 0x0A || $0 == 0x0D || $0 == UInt8(ascii: ",") }
    return options.compactMap { option in
      let option = option.drop(while: \.isWhiteSpace)
      let key = "image="
      guard option.starts(with: key.utf8) else { return nil }
      let value = option.dropFirst(key.utf8.count).prefix { !$0.isWhiteSpace }
      return value.isEmpty ? nil : ImageText().site(at: match, value.startIndex..<value.endIndex, in: scalar, of: file)
    }
  }
}
