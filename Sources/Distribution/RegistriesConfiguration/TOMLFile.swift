import Documents
import SourceText

/// A TOML file of this machine, and its values as the kinds that are wanted. What nobody asks for does not matter; what is asked for and of
/// another kind is an error that names the place.
struct TOMLFile: Sendable {
  let path: String
  let root: TOMLTable
  private let source: SourceText

  init(_ bytes: [UInt8], path: String) throws(RegistriesFileError) {
    self.path = path
    source = SourceText(bytes)
    do throws(DocumentError) {
      root = try TOMLReader.read(source)
    } catch {
      throw .invalid(place: "\(path):\(source.position(at: error.byteOffset))", problem: error.problem)
    }
  }

  func boolean(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard case .boolean(let boolean) = value.content else { throw invalid(table, key, "is neither true nor false") }
    return boolean
  }

  func string(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> String? {
    guard let value = table[key] else { return nil }
    guard case .string(let text) = value.content else { throw invalid(table, key, "is not a string") }
    return text
  }

  func strings(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard case .array(let elements) = value.content else { throw invalid(table, key, "is not an array") }
    var texts: [String] = []
    for element in elements {
      guard case .string(let text) = element.content else {
        throw invalid(element.byteOffset, "'\(key)' holds something that is not a string")
      }
      texts.append(text)
    }
    return texts
  }

  /// `[[key]]`, or an array of tables in one line.
  func tables(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> [TOMLTable] {
    switch table[key]?.content {
    case nil: return []
    case .tables(let tables): return tables
    case .array(let elements):
      var tables: [TOMLTable] = []
      for element in elements {
        guard case .table(let table) = element.content else {
          throw invalid(element.byteOffset, "'\(key)' holds something that is not a table")
        }
        tables.append(table)
      }
      return tables
    default: throw invalid(table, key, "is not an array of tables: write [[…]]")
    }
  }

  /// `[key]`
  func table(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> TOMLTable? {
    guard let value = table[key] else { return nil }
    guard case .table(let found) = value.content else { throw invalid(table, key, "is not a table") }
    return found
  }

  func place(of byteOffset: Int) -> String { "\(path):\(source.position(at: byteOffset))" }

  func invalid(_ table: TOMLTable, _ key: String, _ problem: String) -> RegistriesFileError {
    invalid(table[key]?.byteOffset ?? table.byteOffset, "'\(key)' \(problem)")
  }

  func invalid(_ byteOffset: Int, _ problem: String) -> RegistriesFileError {
    .invalid(place: place(of: byteOffset), problem: problem)
  }
}
