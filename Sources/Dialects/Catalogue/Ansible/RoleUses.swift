import Documents
import SourceText

/// What the files of a role make of its variables, told line by line: tasks and templates need not be YAML.
struct RoleUses {
  enum Part: Hashable {
    case literal(String)
    case variable(String)
  }

  /// An image that is written with variables.
  struct Image {
    var parts: [Part]
    var form: PinForm

    /// Its name begins with a variable and goes on behind it.
    var hasRegistryInVariable: Bool {
      guard case .variable? = parts.first, parts.count > 1, case .literal(let next) = parts[1] else { return false }
      return next.contains("/")
    }
  }

  struct Other {
    var file: String
    var line: Int

    func reason(_ name: String) -> String {
      "'\(file):\(line)' uses '\(name)' where it may be more than an image; give the image a variable of its own"
    }
  }

  private var images: [String: [Image]] = [:]
  private var others: [String: Other] = [:]
  /// The values of each variable, as they are written.
  private var values: [String: [String]] = [:]
  private var composites: [(name: String, parts: [Part], at: Other)] = []

  /// O(bytes of the role).
  init(in file: ReadFile) {
    let root = FileNames.around(["defaults", "vars"], []).folder(around: file.options.path) ?? ""
    let own = String(file.options.path.dropFirst(root.count))
    let files =
      [RoleFile(name: own, isOfVariables: true, file.text.bytes)]
      + file.options.companions.map { RoleFile(name: $0.name, isOfVariables: RoleFile.holdsVariables($0.name), $0.bytes) }
    for file in files where file.isOfVariables {
      for line in file.lines { if let variable = line.definition { values[variable.name, default: []].append(variable.value) } }
    }
    for file in files { read(file) }
    expand()
  }

  func uses(of name: String) -> [Image] { images[name] ?? [] }
  func otherUse(of name: String) -> Other? { others[name] }

  /// What an image is where that variable has this value; nil where the others are not known, or not for sure.
  func text(of image: Image, with name: String, _ value: String) -> String? {
    var text = ""
    for part in image.parts {
      switch part {
      case .literal(let literal): text += literal
      case .variable(name): text += value
      case .variable(let other):
        guard let known = values[other], Set(known).count == 1, let first = known.first, !first.isEmpty, !first.contains("{{") else {
          return nil
        }
        text += first
      }
    }
    return text
  }

  private mutating func read(_ file: RoleFile) {
    for (index, line) in file.lines.enumerated() {
      let names = line.words.filter { values[$0] != nil }
      guard !names.isEmpty else { continue }
      let place = Other(file: file.name, line: index + 1)
      let isDefinition = file.isOfVariables && line.definition != nil
      let parts = line.member.flatMap { RoleFile.parts(of: $0.value) }
      let inParts = parts?.compactMap(\.variable)
      if isDefinition, let definition = line.definition, names.dropFirst().isEmpty, !definition.value.contains("{{") { continue }
      guard let parts, let inParts, inParts.count == names.count - (isDefinition ? 1 : 0), !inParts.isEmpty else {
        for name in names.dropFirst(isDefinition ? 1 : 0) { others[name] = others[name] ?? place }
        continue
      }
      if isDefinition, let definition = line.definition {
        composites.append((definition.name, parts, place))
      } else if line.member?.key == "image", let form = file.form(ofImageIn: index) {
        for name in Set(inParts) { images[name, default: []].append(Image(parts: parts, form: form)) }
      } else {
        for name in inParts { others[name] = others[name] ?? place }
      }
    }
  }

  /// Puts what a variable is made of in its place, as far as that is used as an image.
  private mutating func expand() {
    for _ in 0..<4 {
      let pending = composites
      composites = []
      for composite in pending {
        let variables = Set(composite.parts.compactMap(\.variable))
        let uses = images[composite.name] ?? []
        if uses.isEmpty {
          composites.append(composite)
          continue
        }
        for name in variables {
          images[name, default: []] += uses.map { use in
            Image(
              parts: use.parts.flatMap { $0 == .variable(composite.name) ? composite.parts : [$0] }.joined, form: use.form)
          }
          if let other = others[composite.name] { others[name] = others[name] ?? other }
        }
      }
    }
    // What is handed on to a variable of which nothing is known may be used in any way.
    for composite in composites {
      for name in composite.parts.compactMap(\.variable) { others[name] = others[name] ?? composite.at }
    }
  }
}

extension [RoleUses.Part] {
  /// With literals that are beside one another in one.
  fileprivate var joined: [RoleUses.Part] {
    reduce(into: []) { parts, part in
      if case .literal(let text) = part, case .literal(let before)? = parts.last {
        parts[parts.count - 1] = .literal(before + text)
      } else {
        parts.append(part)
      }
    }
  }
}
