import LibC

/// The terminal behind a file descriptor.
enum Terminal {
  /// Its columns; nil where it does not say, and where there is none.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }
}
