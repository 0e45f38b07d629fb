extension Rule {
  /// What the list says of one rule. All texts are whole sentences but the title.
  struct Entry {
    var kind: Kind
    var title: String
    var what: String
    var why: String
    var advice: String

    init(_ kind: Kind, _ title: String, what: String, why: String, advice: String) {
      self.kind = kind
      self.title = title
      self.what = what
      self.why = why
      self.advice = advice
    }
  }

  var entry: Entry {
    switch self {
    case .pinned:
      Entry(
        .state, "pinned",
        what: "The reference names a digest or a commit.",
        why: "What runs cannot change unless this line does.",
        advice: "Nothing. 'tagpin update' moves the pin to what its tag names now.")
    case .unpinned:
      Entry(
        .state, "unpinned",
        what: "The reference names a tag or a branch, and no digest or commit.",
        why: "Whoever may write to its registry or repository can change what runs here, without any change in this one.",
        advice: "Run 'tagpin pin'.")
    case .changed:
      Entry(
        .state, "changed",
        what: "The reference was rewritten, or would be in a dry run.",
        why: "The new text names another content, or the same one in another way.",
        advice: "Read the change, and commit it.")

    case .latestTag:
      Entry(
        .finding, "latest tag",
        what: "The reference names the tag 'latest', or none, which means the same.",
        why: "It is whatever was pushed last: nobody can say which version runs, and the next start may bring another one.",
        advice: "Write the version that is meant, and run 'tagpin pin'.")
    case .floatingTag:
      Entry(
        .finding, "floating tag",
        what: "The reference names a tag that is made to be moved, such as '1', '1.25' or 'alpine', or a branch.",
        why: "Each release moves it, so that two machines can run different contents of one name.",
        advice: "Run 'tagpin pin'. Where a policy asks for no more than a version, write the full one.")
    case .versionTag:
      Entry(
        .finding, "version tag",
        what: "The reference names a full version, such as '1.25.3', and no digest or commit.",
        why: "A full version can be overwritten like any other tag, by its publisher or by whoever has their password.",
        advice: "Run 'tagpin pin', or say in a policy that a version is enough here.")
    case .registryNotAllowed:
      Entry(
        .finding, "registry not allowed",
        what: "The image comes from a place that 'registries-allowed' in a configuration does not list.",
        why: "Somebody decided from where images may come; what comes from elsewhere was not looked at by them.",
        advice: "Use the image from a listed place, or have whoever keeps the list add this one.")

    case .current:
      Entry(
        .state, "current",
        what: "The tag names what is pinned.",
        why: "Nothing has moved since.",
        advice: "Nothing.")
    case .drift:
      Entry(
        .state, "drift",
        what: "A floating tag, such as '1.25' or 'v4', has moved on since it was pinned.",
        why: "That is what such a tag is for. The pin keeps the old content, with its old faults.",
        advice: "Run 'tagpin update' when you want to follow.")
    case .republished:
      Entry(
        .state, "republished",
        what: "A full-version tag has another index, and the images in it are the pinned ones.",
        why: "Publishers add a platform or write the index again; what runs is the same.",
        advice: "Nothing, or 'tagpin update' to name the new index.")
    case .rebuilt:
      Entry(
        .state, "rebuilt",
        what: "A full-version tag names a new build of the same source.",
        why: """
          Publishers rebuild a release on a mended base. Its labels say so, and whoever overwrites a tag can copy labels, but not the \
          signature that 'signatures' in a configuration of yours asks for.
          """,
        advice: "Run 'tagpin update' to take the rebuild, after a look at where it comes from.")
    case .reReleased:
      Entry(
        .state, "re-released",
        what: "A full-version tag names the same version, built from another revision of its source.",
        why: "One version now has two contents. That may be a correction; it is not a rebuild.",
        advice: "Look at what changed between the two revisions before you run 'tagpin update'.")
    case .unexplained:
      Entry(
        .state, "unexplained move",
        what: "A full-version tag names other content, and nothing in it says why.",
        why: "An honest rebuild without labels looks like this, and so does an attack.",
        advice: "Ask its publisher, or compare both images, before you run 'tagpin update'.")
    case .mutant:
      Entry(
        .state, "mutant",
        what: """
          A full-version tag names content that differs in a way that no rebuild explains, or a tag names content that is not signed by \
          whom 'signatures' in a configuration of yours says.
          """,
        why: """
          A lost signature or platform, another signer, another source, another program that starts: that is what an overwritten release \
          looks like.
          """,
        advice:
          "Find out from its publisher what happened. Your pin still names the old content, and 'tagpin update' leaves it so without '--now'."
      )
    case .knownBad:
      Entry(
        .state, "known bad",
        what: "The digest or commit is on a list of known bad ones.",
        why: "Somebody found out what it does.",
        advice: "Pin another version at once, and treat what it ran on as compromised.")
    case .gone:
      Entry(
        .state, "gone",
        what: "The registry no longer has the pinned digest.",
        why: "The next pull fails on each machine that does not have the image yet.",
        advice: "Run 'tagpin update' to pin what the tag names now, after a look at it: the old content can no longer be compared.")
    case .endangered:
      Entry(
        .state, "endangered",
        what: "No tag is known to name the pinned digest any more, and its registry is known to delete such content.",
        why: "Once it is deleted, the next pull fails.",
        advice: "Run 'tagpin update', or copy the image to a registry of your own.")
    case .platformPin:
      Entry(
        .state, "pin of one platform",
        what: "The pin is the manifest of one platform, and the tag names an index that has it.",
        why: "Machines of another platform cannot run it.",
        advice: "Nothing where that is meant; else run 'tagpin update'.")
    case .untagged:
      Entry(
        .state, "untagged pin",
        what: "The pin names content, and no tag is recorded beside it.",
        why: "Whether a newer one exists, and whether a tag ever named it, cannot be told.",
        advice: "Write the tag beside the digest, or in a comment behind the commit.")
    case .tagGone:
      Entry(
        .state, "tag gone",
        what: "The tag that is recorded beside the pin does not exist any more; what is pinned does.",
        why: "Publishers delete tags of releases that they take back, and registries may delete what no tag names.",
        advice: "Find out why it was deleted, and pin a tag that exists.")
    case .mismatch:
      Entry(
        .state, "mismatch",
        what: "The comment names a full-version tag, and that tag names another commit.",
        why: "Either the comment lies about what runs, or the tag was moved after it was pinned.",
        advice:
          "Find out which commit was released. Then have 'tagpin update --comments' mend the comment, or 'tagpin update --now' follow the tag."
      )
    case .unreachable:
      Entry(
        .state, "unreachable commit",
        what: "No tag and no branch of the repository has the pinned commit at its tip or, where 'verify --deep' looked, leads to it.",
        why:
          "It may be an older commit of a branch, and it may be one of a fork: GitHub serves commits of forks under the name of the original.",
        advice: "Run 'tagpin verify --deep', look for the commit on a branch of the repository, or pin a tag.")
    case .archived:
      Entry(
        .state, "archived",
        what: "The repository of the action or component is archived, as its server says.",
        why: "Nobody mends it any more. What is pinned stays what it is.",
        advice: "Look for what took its place.")
    case .held:
      Entry(
        .state, "held",
        what: "What the tag names now is younger than 'min-age' asks for, by evidence that its publisher cannot forge.",
        why: "Most of what is smuggled into a registry is found within days. Who waits does not run it.",
        advice: "Wait until it is free, or let this one through with 'tagpin update --now'.")
    case .unverified:
      Entry(
        .failed, "not verified",
        what: "What became of the pin could not be found out.",
        why: "A registry, a git server or the program that verifies signatures did not answer, or not in a way that proves anything.",
        advice: "Do what the message says, and run again.")

    case .notLiteral:
      Entry(
        .skipped, "not literal",
        what: "The text has a variable or an expression, and what fills it in is not known here.",
        why: "A digest belongs to one image; behind a variable it would pin whatever the variable names. A tag may run here all the same.",
        advice: "Pin the value where it is written, or write the reference out.")
    case .stage:
      Entry(
        .skipped, "build stage",
        what: "The name is that of an earlier stage of the same Dockerfile.",
        why: "Nothing is pulled for it; the image of that stage is a site of its own.",
        advice: "Nothing.")
    case .namedContext:
      Entry(
        .skipped, "named build context",
        what: "The name is that of a build context, which is handed over when the image is built.",
        why: "A context can be a directory, and it can be an image with a tag.",
        advice: "Pin the image where the context is declared. If the name is meant as an image, write its tag.")
    case .scratch:
      Entry(
        .skipped, "scratch",
        what: "'scratch' is the empty base image.",
        why: "It is not an image, and no registry has it.",
        advice: "Nothing.")
    case .local:
      Entry(
        .skipped, "path in this repository",
        what: "The text is a path in the repository itself.",
        why: "Its content belongs to the same commit as this line.",
        advice: "Nothing.")
    case .builtHere:
      Entry(
        .skipped, "built here",
        what: "The repository builds an image of this name itself.",
        why: "A digest would stop the image that was just built from being used.",
        advice: "Nothing. If it is pulled all the same, give what is built another name.")
    case .substitutedHere:
      Entry(
        .skipped, "replaced here",
        what: "A kustomization replaces this name.",
        why: "What runs is what the kustomization says, and that is a site of its own.",
        advice: "Nothing.")
    case .tagSuffix:
      Entry(
        .skipped, "tag suffix",
        what: "A suffix is put behind the tag of another file by kustomize, which drops its digest.",
        why: "Whatever is pinned below, a tag runs.",
        advice: "Write 'newTag' with the whole tag in place of 'tagSuffix', and run 'tagpin pin'.")
    case .digestDropped:
      Entry(
        .skipped, "digest dropped",
        what: "A kustomization's 'tagSuffix' drops the digest of this reference.",
        why: "A pin here would change nothing: a tag runs.",
        advice: "Write 'newTag' with the whole tag in that kustomization.")
    case .ignoredByComment:
      Entry(
        .skipped, "ignored by a comment",
        what: "A comment at this line says that it is to be left alone.",
        why: "A tag may run here, because somebody decided that it may.",
        advice: "Take the comment away when its reason is gone.")
    case .ignoredByConfiguration:
      Entry(
        .skipped, "ignored by the configuration",
        what: "A rule of the configuration leaves this reference alone.",
        why: "A tag may run here, because somebody decided that it may.",
        advice: "Take the rule away when its reason is gone.")
    case .notSelected:
      Entry(
        .skipped, "left out by --only",
        what: "This run looks at images only, or at actions only, and this is one of the others.",
        why: "Nothing was decided about it.",
        advice: "Run again without --only, or with the other value.")
    case .mustStayTag:
      Entry(
        .skipped, "must stay a tag",
        what: "It works with a tag only: something else compares the tag.",
        why: "A digest would break it. A tag can move.",
        advice: "Trust its publisher, or use something else.")
    case .locked:
      Entry(
        .skipped, "left to a lock file",
        what: "A lock file says which content this reference stands for.",
        why: "A pin here would say the same twice, and the two could come apart.",
        advice: "Keep the lock file up to date. If it cannot be read, mend it: until then nothing is known of this reference.")
    case .defaultBranch:
      Entry(
        .skipped, "default branch",
        what: "No ref is written, so that it is whatever the default branch holds.",
        why: "Each push to that branch changes what runs here.",
        advice: "Write a 'ref', and run 'tagpin pin'.")
    case .turnedOff:
      Entry(
        .skipped, "turned off",
        what: "It is pinned only where a setting of the configuration says so.",
        why: "A digest works here only in some setups. Until then a tag runs.",
        advice: "Set it, if what reads this file takes a digest.")
    case .noTagRecorded:
      Entry(
        .skipped, "no tag recorded",
        what: "There is a bare digest or commit here, and nothing says of which tag.",
        why: "There is nothing to update to, and nothing to go back to. The pin itself is good.",
        advice: "Write the tag beside it, before the digest or in a comment, if it should be kept up to date.")
    case .notUnderstood:
      Entry(
        .skipped, "not understood",
        what: "A reference is expected here, and something other than a text was found.",
        why: "It may hold a reference that was not judged.",
        advice: "See what the file's consumer makes of it, and pin it by hand.")
    case .notPinnable:
      Entry(
        .skipped, "not pinnable",
        what: "What reads this file takes no digest here, or only where something else is set.",
        why: "A digest would make it fail. A tag can move.",
        advice: "Do what the reason says, or move the reference to where a digest can stand.")
    case .madeOfParts:
      Entry(
        .skipped, "made of parts",
        what: "The parts of the reference stand in several places, and no digest is written for all of them.",
        why: "A digest that stays when another part changes would pull something else. A tag may run.",
        advice: "Give the whole image one value, or one variable.")
    case .usedOtherwise:
      Entry(
        .skipped, "used otherwise",
        what: "A parameter or variable is an image in one place, and something else in another.",
        why: "A digest would break the other use: a name, a label, a part of a longer text. A tag may run.",
        advice: "Give the image a parameter of its own.")
    case .ownedByRobot:
      Entry(
        .skipped, "owned by a robot",
        what: "Another robot writes this reference.",
        why: "Two that write one line undo each other's work. Whether it writes digests is up to its settings.",
        advice: "Have that robot write digests.")
    case .tagElsewhere:
      Entry(
        .skipped, "tag from elsewhere",
        what: "No tag is written, and what reads the file may take it from elsewhere.",
        why: "Only what is put together there is a reference; it may have a tag that moves.",
        advice: "Write the tag here, too, if that is where it comes from.")
    case .clusterInternal:
      Entry(
        .skipped, "registry inside a cluster",
        what: "The registry's name is one that only a cluster, or a network of containers, knows: 'registry:5000', 'registry.tools.svc'.",
        why: "It is not asked, as another host may answer to that name here. A tag may run there.",
        advice: "If this machine reaches it, name it under 'registries' in the configuration, and run again.")
    case .tagInScript:
      Entry(
        .skipped, "tag in a script",
        what: "A command of a script names an image by its tag.",
        why: "Scripts are rewritten only where that is asked for. Until then a tag runs.",
        advice: "Write 'scripts: true' in the configuration, and run 'tagpin pin'.")
    case .likely:
      Entry(
        .skipped, "likely an image",
        what: "A text reads like a reference, in a place that can hold an image or something else.",
        why: "What reads it is not known. If it is an image, a tag runs; if it is not, a digest would spoil it.",
        advice: "Run with --likely, or write 'likely: true' in the configuration, to have it pinned, too. 'sites' names single places.")
    case .fileNotRead:
      Entry(
        .skipped, "file not read",
        what: "Another file says what runs here, and it is not read: it is of another repository, missing, or made by the pipeline.",
        why: "What it names was not looked for. A tag may run.",
        advice: "See there whether what it names is pinned.")

    case .invalidReference:
      Entry(
        .failed, "not a reference",
        what: "A reference is expected here, and the text is not one.",
        why: "What reads the file will not take it either, or takes it for something else.",
        advice: "Correct it, or leave it out.")
    case .notSpliceable:
      Entry(
        .failed, "cannot be rewritten in place",
        what: "The reference cannot be replaced without touching anything else: it holds an escape, a fold or a line break.",
        why: "Only the reference's own bytes are ever changed.",
        advice: "Write it on one line, without escapes.")
    case .aliasElsewhere:
      Entry(
        .failed, "alias elsewhere",
        what: "An alias uses this value in a place that holds no image.",
        why: "A digest here would change that other value as well.",
        advice: "Write the image there, or the value here, on its own.")
    case .numericTag:
      Entry(
        .failed, "tag read as a number",
        what: "YAML reads the plain tag as a number.",
        why: "The tag 1.10 is then the tag 1.1.",
        advice: "Quote it.")
    case .noPlaceForTag:
      Entry(
        .failed, "no place for the tag",
        what: "The pin is a bare digest here, and no comment can stand that records the tag.",
        why: "The tag would be lost: nothing could update the pin or take it back.",
        advice: "Choose the style 'tag-and-digest', or leave it out.")
    case .notFound:
      Entry(
        .failed, "not found",
        what: "The registry or the git server says that there is no such tag.",
        why: "What runs here cannot be pulled, or only from a cache.",
        advice: "Correct the tag.")
    case .unresolved:
      Entry(
        .failed, "cannot be resolved",
        what: "No registry or git server gave a digest or a commit for it.",
        why: "Whether the tag exists, and what it names, is not known.",
        advice: "Do what the message says: it names the host and its answer.")
    case .staleComment:
      Entry(
        .failed, "stale comment",
        what: "The comment beside the pin names a tag or a branch that nobody knows, or nobody could say whether it is one.",
        why: "What the pin should be kept up to date with is not known. The pin itself is good.",
        advice: "Write the tag that it is pinned to, or take the comment away.")

    case .tagNotRecorded:
      Entry(
        .warning, "tag not recorded",
        what: "The pin names a commit, and no comment can stand that says of which tag.",
        why: "'tagpin update' and 'tagpin unpin' will leave this pin alone.",
        advice: "Put the value on a line of its own.")
    case .tagAndBranch:
      Entry(
        .warning, "tag and branch",
        what: "A tag and a branch have this name.",
        why: "The tag was taken; who wrote it may have meant the branch.",
        advice: "Write 'refs/tags/NAME' or 'refs/heads/NAME' if you know which.")
    case .renamed:
      Entry(
        .warning, "renamed",
        what: "The repository is called something else now.",
        why: "Somebody else may take the old name over.",
        advice: "Write the new name.")
    case .ignoreEnded:
      Entry(
        .warning, "ignored no longer",
        what: "A comment left the reference alone up to a day, and that day has passed.",
        why: "The comment counts no longer, so that the reference is judged like any other.",
        advice: "Take the comment away, or give it a new day.")
    case .newerHeld:
      Entry(
        .warning, "newer held",
        what: "The pin was moved to what its tag named before: what the tag names now is younger than 'min-age' asks for.",
        why: "A tag that is rebuilt each night never names anything old. What it named before is old enough, was seen, and can be pulled.",
        advice: "Nothing. Later runs move it on.")

    case .unknownFile:
      Entry(
        .skipped, "unknown file",
        what: "No dialect knows a file of this name.",
        why: "Its references, if it has any, were not looked for.",
        advice: "Say what it is with --dialect, or describe its places under 'sites' in the configuration.")
    case .template:
      Entry(
        .skipped, "template",
        what: "A template language has to fill the file in before it can be read.",
        why: "Its references, if it has any, were not looked for.",
        advice: "Pin what the template is filled in with, or check what comes of it.")
    case .maybeUnreadable:
      Entry(
        .skipped, "unreadable, and may hold references",
        what: "The file's content looks like one that may hold references, and it cannot be read.",
        why: "Its references, if it has any, were not looked for.",
        advice: "Mend the file if it is in use, or exclude it.")
    case .deleted:
      Entry(
        .skipped, "deleted",
        what: "Git tracks the file, and the work tree does not have it.",
        why: "There is nothing to read.",
        advice: "Commit that it is gone, or restore it.")
    case .linkNotRead:
      Entry(
        .skipped, "link not read",
        what: "The file is a symbolic link, and what it leads to is not a file of this run.",
        why: "What is outside of the repository, or left out here, is not read in its place.",
        advice: "See where it leads, and whether the references there are pinned.")
    case .noReferences:
      Entry(
        .skipped, "no references",
        what: "The path was named, and no reference was found in it.",
        why: "It may be another kind of file than its name and content say.",
        advice: "Say what it is with --dialect, or describe its places under 'sites' in the configuration.")

    case .unreadable:
      Entry(
        .failed, "unreadable",
        what: "The file's name says what it is, and it cannot be read as that.",
        why: "Its references were not looked for.",
        advice: "Mend it where the message says, or exclude it.")
    case .notRead:
      Entry(
        .failed, "not read",
        what: "The file or the directory could not be opened and read.",
        why: "Its references were not looked for.",
        advice: "Do what the message says, or exclude it.")
    case .notRewritten:
      Entry(
        .failed, "not rewritten",
        what: "The file's new bytes, read again, are not the old ones with the planned changes and nothing else.",
        why: "A file of which that is not certain is never written.",
        advice: "Change the line by hand, and report it: this is a fault of tagpin.")
    case .notReplaced:
      Entry(
        .failed, "not replaced",
        what: "The file could not be replaced by its new content.",
        why: "It is as it was before.",
        advice: "Do what the message says, and run again.")
    case .nothingRead:
      Entry(
        .failed, "nothing read",
        what: "None of the paths that were named could be read as anything, or git tracks no file that could.",
        why: "A run that looked at nothing proves nothing.",
        advice: "Name files of a kind that 'tagpin dialects' lists, say with --dialect what they are, or 'git add' them.")

    case .notTracked:
      Entry(
        .warning, "not tracked",
        what: "The name of a file says that it holds references, and git does not track it.",
        why: "A run reads what git tracks; the references of this file were not looked for.",
        advice: "Add the file with 'git add', name it on the command line, or exclude it.")
    case .unknownBuild:
      Entry(
        .warning, "unknown build",
        what: "A file that may say what the repository builds cannot be read.",
        why: "A registry is asked for an image that may be built here.",
        advice: "Mend the file, or exclude it.")
    case .unknownVariables:
      Entry(
        .warning, "unknown variables",
        what: "A file that fills in variables cannot be read.",
        why: "What those variables name is not known.",
        advice: "Mend the file.")
    case .notKept:
      Entry(
        .warning, "link or owner not kept",
        what: "A file was replaced, and its other names or its owner could not be kept.",
        why: "Its other names still lead to the old content, or somebody else may no longer read it.",
        advice: "Link the names again, or give the file back to its owner.")
    case .registryWarning:
      Entry(
        .warning, "warning about a registry",
        what: "A registry sent a warning, or its credentials could not be used as they are set.",
        why: "What was asked was answered; the next time it may not be.",
        advice: "Do what the message says.")
    case .gitWarning:
      Entry(
        .warning, "warning about git",
        what: "A git server or the git configuration gave cause for a warning.",
        why: "What was asked was answered; the next time it may not be.",
        advice: "Do what the message says.")

    case .ruleEnded:
      Entry(
        .warning, "rule ended",
        what: "The day that a rule of the configuration names as its end has passed.",
        why: "It counts no longer, so that what it excused is judged like everything else.",
        advice: "Take the rule away, or give it a new end.")
    case .ruleUnused:
      Entry(
        .warning, "rule unused",
        what: "A rule of the repository's own configuration matches no reference and no file.",
        why: "It may have a fault, or what it was for is gone, and it would cover what somebody adds later.",
        advice: "Correct the rule, or take it away.")
    case .unknownWord:
      Entry(
        .warning, "unknown word",
        what: "A comment begins with 'tagpin:', and what follows says nothing to this tool.",
        why: "Whoever wrote it expects something of it.",
        advice: "Write 'tagpin: ignore', with 'until 2027-03-01' behind it where it is to end.")

    case .nothingWritten:
      Entry(
        .failed, "nothing written",
        what: "Changes were planned, and a failure kept all of them from being written.",
        why: "A run writes all of its changes, or none.",
        advice: "Mend what failed, leave it out, or write the rest with --keep-going.")
    case .notCommitted:
      Entry(
        .failed, "not committed",
        what: "No commit was made of the changes.",
        why: "The message says whether files were written.",
        advice: "Do what the message says, and run again.")
    case .notPushed:
      Entry(
        .failed, "not pushed",
        what: "The commit was made, and not brought to its remote.",
        why: "Nobody else has it.",
        advice: "Do what the message says, and push it.")
    }
  }
}
