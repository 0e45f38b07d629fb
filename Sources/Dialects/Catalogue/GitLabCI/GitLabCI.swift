extension Dialect {
  /// GitLab CI/CD. Jobs are the top-level keys that are not global keywords; hidden ones begin with a dot.
  static let gitlabCI = Dialect(
    name: "gitlab-ci", title: "GitLab CI/CD",
    sources: ["https://docs.gitlab.com/ci/yaml/#image", "https://docs.gitlab.com/ci/yaml/#include"],
    claim: .path(
      ["**/.gitlab-ci.{yml,yaml}", "**/*.gitlab-ci.{yml,yaml}", ".gitlab/ci/**/*.{yml,yaml}", ".gitlab-ci/**/*.{yml,yaml}"],
      or: ["**/*.{yml,yaml}"], markers: ["script:", "image:|include:", "^stages:|stage:"], shape: GitLabShape.holds),
    syntax: .yaml,
    places: [
      Place("{,*.}{image,services[]}{,.name}"),
      Place("include{,[]}", by: GitLabProject()),
      Place("include{,[]}.component", by: GitLabComponent()),
      Place("*.trigger.include{,[]}", by: GitLabProject()),
      Place("{include,*.trigger.include}{,[]}{,.local}", by: included),
      Place("{include,*.trigger.include}{,[]}.remote", by: GitLabRemote()),
      Place("{include,*.trigger.include}{,[]}.template", by: NotReadFile(.outside)),
      Place("*.trigger.include{,[]}.artifact", by: NotReadFile(.generated)),
      Place("*.trigger.include{,[]}.component", by: GitLabComponent()),
      Place("*.parallel.matrix[].*", certainty: .ifUsed(matrixValue(.around(2)))),
      Place("*.parallel.matrix[].*[]", certainty: .ifUsed(matrixValue(.around(2)))),
      Place("spec.inputs.*.default", certainty: .ifUsed(input()), if: .not(isRestricted)),
      Place(
        "spec.inputs.*.default",
        certainty: .ifUsed(input(shown: .init("the pattern or list beside it may refuse a digest; pin it by hand, and change that, too"))),
        if: isRestricted),
      Place("spec.inputs.*", by: Declared(.key(around: 0), of: ByItsFile(), scope: .file, limits: ["regex", "options"], ofInput)),
      Place(givenInputs, by: GivenAway(.key(around: 0), to: GitLabInclude(), ofInput)),
      Place(
        givenInputs, certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
        if: .all([.anyOf([.key(.containsOneOf(["image", "Image", "IMAGE"])), .value(.containsOneOf(["/"]))]), .value(.lacks("$"))])),
      // Lists of lines, which may hold lists of lines, at the top or in jobs; <https://docs.gitlab.com/ci/yaml/#script>.
      Place("{before_script,after_script,*.script,*.before_script,*.after_script}[*]", shell: .posix),
    ],
    exclusions: ["variables", "stages", "workflow"],
    holdsShell: true, customs: Customs(referenceTag: "!reference", pullPolicy: PullPolicy("pull_policy", never: ["never"])))

  /// A variable that a job runs with in turn; <https://docs.gitlab.com/ci/yaml/#parallelmatrix>. The jobs are called by its values, and
  /// others need them by that name.
  private static func matrixValue(_ scope: Parameter.Scope) -> Parameter {
    Parameter(
      name: .key(around: 0), scope: scope,
      shown: .init("the jobs are called by their matrix's values; pin it by hand, and change 'needs' with it"),
      .texts(["${*}", "$*"]))
  }

  /// What whoever includes the file may give; <https://docs.gitlab.com/ci/inputs/>.
  private static func input(shown: Parameter.Shown? = nil) -> Parameter {
    Parameter(name: .key(around: 1), scope: .file, shown: shown, ofInput)
  }

  private static let ofInput = ParameterNotation.texts(["$[[inputs.*]]"])
  private static let givenInputs: SitePaths = "{include,*.trigger.include}{,[]}.inputs.*"

  /// The input says which values it takes.
  private static let isRestricted = Place.Condition.anyOf([.sibling("regex"), .sibling("options")])

  /// A file of the same project, from its root whether or not a slash says so; <https://docs.gitlab.com/ci/yaml/#includelocal>. That of a
  /// project which is in a folder of this one is looked for there.
  private static let included = FilePaths(
    dialect: "gitlab-ci", bases: [.root, .folder], slash: [.root, .folder], takesPatterns: true, kind: .action)
}
