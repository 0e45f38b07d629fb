import Documents
import References
import SourceText

/// What the configuration says to dialects.
package struct DialectOptions: Hashable, Sendable {
  /// Helm charts put the digest behind the tag, `1.25@sha256:…`.
  package var putsDigestInTag = false
  /// The `rev` of a repository of pre-commit hooks is pinned, too.
  package var pinsPreCommit = false
  /// What GitHub's lock file of actions lists is pinned all the same.
  package var ignoresActionsLock = false
  /// The file's path, relative to the repository's root.
  package var path = ""
  /// The files that `companions` of the dialect names, as far as there are any.
  package var companions: [Companion] = []

  /// A file that says more about the one that is read.
  package struct Companion: Hashable, Sendable {
    /// Its name without its folder.
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  package init() {}
}

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

/// A path in a document, and what stands there.
package struct Place: Hashable, Sendable {
  package let path: SitePath
  package let meaning: Meaning
  package let condition: Condition
  /// What this place takes as a pin, where it is not what the dialect says.
  package var form: PinForm?

  /// The keys of an image in parts.
  package struct SplitKeys: Hashable, Sendable {
    package var registry: String?
    /// The first of these that the mapping has.
    package var name: [String]
    package var tag: String
    package var digest: String
    package var insertion: Insertion
    /// What stands before the name: `oci://`. A name without it is none.
    package var scheme = ""
    /// The mapping in this one that holds tag and digest.
    package var inner: String?

    /// What is done where the mapping has no key for the digest.
    package enum Insertion: Hashable, Sendable {
      /// The consumer knows the key, so that it can be added.
      case key
      /// The digest goes behind the tag, `1.25@sha256:…`, if the configuration's `helm: {tag-digest: true}` says that the templates stand it.
      case tagIfConfigured
    }
  }

  /// The keys of a git repository and its ref.
  package struct GitKeys: Hashable, Sendable {
    package var repository: String
    package var ref: String
    package var names: Names

    /// What the first key holds, and so what its absence of a ref means.
    package enum Names: Hashable, Sendable {
      /// A project on the GitLab that runs the pipeline. Without a ref it is the default branch.
      case project
      /// A URL of pre-commit's configuration, `local` or `meta`.
      case hooks
    }
  }

  package indirect enum Meaning: Hashable, Sendable {
    /// An image; without a tag it means `latest`.
    case image
    /// A key called `image` whose value is an image if it has a tag or a digest. Without, its tag may come from elsewhere.
    case likelyImage
    /// `uses:` of a workflow or action: `owner/repo@ref` on that service, `./local`, or `docker://image`.
    case uses(ActionRepository.Service)
    /// A component of GitLab: `host/group/project/name@1.2`.
    case component
    /// A mapping that names a git repository and a ref of it under keys of its own.
    case gitRepository(GitKeys)
    /// `docker://image`; anything else is a path in the repository.
    case dockerURL
    /// An image, or a name that is declared at that path, in this document or in another file; a word without tag, digest and slash may be either.
    case imageOrDeclared(SitePath)
    /// Words of a command line of `docker run`: the image is the first one behind the flags.
    case dockerArguments
    /// A mapping with the `type` and `source: {repository, tag}` of a Concourse resource, whose digest goes to `version: {digest}`; where it has no version of its
    /// own, why it is left alone.
    case concourseResource(leftAlone: String?)
    /// A mapping that holds an image in parts, under these keys.
    case splitImage(SplitKeys)
    /// Any member of Helm values: it is an image if its key says so, or the name of an image in parts if other parts stand beside it.
    case helmValue
    /// `old=new:tag`, of which the new name is the image; or an image.
    case imageOverride
    /// It has the name of an image and is none: no place after this one applies.
    case notAnImage
    /// A mapping whose keys are images.
    case imageKeys
    /// A mapping whose keys are features of a development container. Those that its lock file, the file beside it, lists are left to that.
    case featureKeys
    /// A text that is a YAML document of its own, with places in it.
    case embeddedYAML([Place])
    /// Lines for a shell: which one, `shell` beside them or around them may say.
    case script
    /// A text that is a Dockerfile.
    case embeddedDockerfile
    /// A call `jsonencode(…)` in HCL with places in its argument, which is the only element of `_`: `_[][].image`.
    case jsonEncoded([Place])
    /// An image behind this text, which begins the value or follows a `=`; a value without it is no image.
    case behind(String)
    /// The value of that argument among words such as `name=web image=nginx:1.27`; a text without it is no image.
    case argument(String)
    /// The default of a variable, under its name: an image where the file uses the variable whole as one.
    case variableDefault
    /// An image whose consumer takes no digest here; what to do.
    case notPinnable(String)
    /// An image that the repository builds, written whole.
    case builtImage
    /// A service of Compose: its `image` is what its `build` makes, where it has both, its own or by a merge key or `extends`.
    case composeService
    /// The path of the Dockerfile that a development container is built from. Its tools look up the base images as they do an `image`.
    case devContainerDockerfile
    /// The paths of the Compose files, one of whose services, named by `service` beside it, is the development container.
    case devContainerCompose
    /// Names or references of images that the repository builds, one a line or separated by commas; nothing here is a site.
    case builtNames
    /// A list of arguments of `docker build`, Kaniko or Buildah, with the names of what they build.
    case buildArguments
    /// A name that is replaced before it is deployed.
    case substitutedName
  }

  package indirect enum Condition: Hashable, Sendable {
    case always
    case all([Condition])
    /// The mapping that holds the value has that key, too, with a value that ends in one of these.
    case siblingEnds(String, [String])
    /// The value stands in a Kubernetes object of that API group, or one below it, and, if any are named, of one of these kinds.
    case object(group: String, kinds: [String] = [])
    /// The mapping that holds the value has that key, too.
    case sibling(String)
    /// The mapping that many levels around the one that holds the value has this key, or these nested keys with dots between, and there, if any are named,
    /// one of these values.
    case around(Int, String, oneOf: [String] = [])
    /// The same, and one of these texts stands in the value there.
    case aroundHolds(Int, String, anyOf: [String])
    /// The value begins with this text.
    case begins(String)
    /// The value is what a parameter stands for that is used whole as an image.
    case fills(Parameter)
    /// The value has not this text in it.
    case valueLacks(String)
    /// The mapping that holds the value has that text under that key.
    case siblingValue(String, String)
    /// The mapping that holds the value stands under a key that matches.
    case underKey(Glob)
    /// The value stands in `with:` of a step whose `uses:` has this text in it.
    case stepUses(String)
    /// The document is a Kubernetes object: `apiVersion` and `kind` at its root; a definition of a custom resource is none.
    case kubernetesObject
  }
}
