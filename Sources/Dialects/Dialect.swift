/// What a kind of source file means: how to recognise it, where in it references stand, and what its consumer accepts as a pin.
package struct Dialect: Sendable {
  /// Stable, for machines and for `--dialect`: `github-actions`.
  package let name: String
  /// What it is called in tables: `GitHub Actions workflows and actions`.
  package let title: String
  package let claim: Claim
  package let syntax: Syntax
  package let form: PinForm
  package let places: [Place]
  /// Everything below these paths is left out.
  package let exclusions: [SitePath]
  /// Files that it does not claim in spite of their names.
  package let notFiles: [Glob]
  /// Marks of a template language: a file that cannot be parsed and holds one of them is a template, not a broken file. `${{` is none.
  package let templateMarks: [String]
  /// Whether its text may hold shell lines that build images (`run:` and `script:` blocks, scripts, Makefiles).
  package let holdsShell: Bool
  /// Files that say more about a file of the dialect.
  package let companions: Companions?

  package enum Companions: Sendable {
    /// The one whose path is made from the file's own, which may not be there; nil where none can.
    case file(@Sendable (_ path: String) -> String?)
    /// Those in the same folder whose paths match.
    case beside([Glob])
  }

  package enum Claim: Sendable {
    /// The file's name or path says what it is, so that a file that cannot be parsed is a failure.
    case path([Glob])
    /// Files of these names are of this kind where they hold all of these texts (`a|b`: one of both); anything that cannot be parsed is none of ours, and reported as such.
    case content([Glob], markers: [String])
  }

  package enum Syntax: String, Sendable {
    case yaml, json, hcl, dockerfile, shell, makefile, justfile, quadlet, jenkinsfile, dotenv
    /// JSON whose consumer takes comments.
    case jsonc
  }

  package init(
    name: String, title: String, claim: Claim, syntax: Syntax, form: PinForm = .tagAndDigest, places: [Place] = [],
    exclusions: [SitePath] = [], notFiles: [Glob] = [], templateMarks: [String] = ["{{", "{%", "<%"], holdsShell: Bool = false,
    companions: Companions? = nil
  ) {
    self.name = name
    self.title = title
    self.claim = claim
    self.syntax = syntax
    self.form = form
    self.places = places
    self.exclusions = exclusions
    self.notFiles = notFiles
    self.templateMarks = templateMarks
    self.holdsShell = holdsShell
    self.companions = companions
  }
}
