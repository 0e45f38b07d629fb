import Pinning

/// What is worth a warning at a place, once for all places in a file that it would be said of.
struct ShownNote {
  var path: String
  var shownPath: String
  var site: SiteReport
  var note: SiteNote
  /// How many places follow this one.
  var others: Int

  var message: String { "\(note)" + (others == 0 ? "" : others == 1 ? " (and in one more place)" : " (and in \(others) more places)") }
}

extension Report {
  /// In the order of the files and of the sites in them.
  var notes: [ShownNote] { files.flatMap(\.notes) }
}

extension FileReport {
  fileprivate var notes: [ShownNote] {
    var notes: [ShownNote] = []
    var indices: [SiteNote: Int] = [:]
    for site in sites {
      for note in site.notes {
        if let index = indices[note] {
          notes[index].others += 1
        } else {
          indices[note] = notes.count
          notes.append(ShownNote(path: path, shownPath: shownPath, site: site, note: note, others: 0))
        }
      }
    }
    return notes
  }
}
