// The catalogue writes globs and site paths as literals (many paths in one: `SitePaths`). One that does not parse is a mistake in this
// program, which the first test that touches the catalogue meets.

extension Glob: ExpressibleByStringLiteral {
  package init(stringLiteral value: StaticString) {
    do { self = try Glob(parsing: "\(value)") } catch { preconditionFailure("\(error)") }
  }
}

extension SitePath: ExpressibleByStringLiteral {
  package init(stringLiteral value: StaticString) {
    do { self = try SitePath(parsing: "\(value)") } catch { preconditionFailure("\(error)") }
  }
}
