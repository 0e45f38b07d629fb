import CLibyaml

/// libyaml's parser over bytes in memory, and its current event. The bytes have to outlive it.
struct YAMLEvents: ~Copyable {
  // libyaml keeps a pointer to the parser inside the parser, so it needs an address of its own.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>

  /// What went wrong, in libyaml's words.
  struct Failure: Error {
    var problem: String
    var place: Place
  }

  /// A place as the one who found the failure counts it.
  enum Place {
    /// Code points from the beginning of what libyaml was given.
    case codePoint(Int)
    /// Bytes from there.
    case byte(Int)
    /// Bytes from the beginning of the file.
    case offset(Int)
  }

  /// `input` is UTF-8, not empty, and begins behind a byte order mark.
  init(_ input: UnsafeBufferPointer<UInt8>) throws(Failure) {
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    event.initialize(to: yaml_event_t())
    guard yaml_parser_initialize(parser) == 1 else { throw Failure(problem: "out of memory", place: .offset(0)) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  /// The next event; it is valid until the next call.
  func next() throws(Failure) -> UnsafePointer<yaml_event_t> {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else { throw failure }
    return UnsafePointer(event)
  }

  private var failure: Failure {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
    // Only the reader, which checks characters before they are scanned, counts in bytes.
    let isReaders = parser.pointee.error == YAML_READER_ERROR
    return Failure(
      problem: problem, place: isReaders ? .byte(parser.pointee.problem_offset) : .codePoint(parser.pointee.problem_mark.index))
  }
}
