import Rules

/// A file or directory that the user named, for which there has to be an answer.
package struct NamedPath: Hashable, Sendable {
  /// From the repository's root; empty for the root itself.
  package var path: String
  package var shownPath: String
  package var contents: Contents

  package enum Contents: Hashable, Sendable {
    case file
    /// How many files the run knows in it, and how many of them it looks at; whether git says which ones there are, and what leaves them out
    /// where that is all of them: `'exclude: k8s/**' in .tagpin.yaml:3`.
    case directory(files: Int, selected: Int, isTracking: Bool, leftOutBy: String? = nil)
  }

  package init(path: String, shownPath: String, contents: Contents) {
    self.path = path
    self.shownPath = shownPath
    self.contents = contents
  }

  /// Whether a path from the root is it, or below it.
  package func holds(_ other: String) -> Bool {
    path.isEmpty || other.utf8.elementsEqual(path.utf8) || other.utf8.starts(with: "\(path)/".utf8)
  }

  /// Why nothing in a directory was read.
  fileprivate var whyNothing: String? {
    switch contents {
    case .file: nil
    case .directory(0, _, let isTracking, _): isTracking ? "git tracks no file in it" : "there is no file in it"
    case .directory(_, 0, _, let cause): "all of its files are left out" + (cause.map { ": \($0)" } ?? "")
    case .directory(_, let selected, _, _):
      (selected == 1 ? "its only file is not" : "none of its \(selected) files is")
        + " of a kind that tagpin knows; 'tagpin dialects' lists them"
    }
  }
}

extension Report {
  /// Says of each path that was named why nothing was found in it, where that is so. If none of them could be read as anything, they fail:
  /// a run that looked at nothing must not end like one that found nothing.
  package mutating func answer(for named: [NamedPath]) {
    var unread: [Int] = []
    var readCount = 0
    for path in named {
      let found = files.indices.filter { path.holds(files[$0].path) }
      if let reason = path.whyNothing, found.isEmpty {
        // A repository without references was read.
        if path.path.isEmpty { readCount += 1 } else { unread.append(files.count) }
        files.append(FileReport(path: path.path, shownPath: path.shownPath, state: .skipped(.noReferences, reason: reason, at: nil)))
        files[files.count - 1].isNamed = true
        continue
      }
      guard path.contents == .file, let index = found.first else {
        readCount += 1
        continue
      }
      files[index].isNamed = true
      switch files[index].state {
      case .skipped(.unknownFile, _, _), .skipped(.maybeUnreadable, _, _): unread.append(index)
      default: readCount += 1
      }
      if files[index].sites.isEmpty, files[index].state == nil, let dialect = files[index].dialect {
        let reason = "no references in it, read as \(dialect); '--dialect NAME' reads it otherwise"
        files[index].state = .skipped(.noReferences, reason: reason, at: nil)
      }
    }
    if readCount == 0 {
      for index in unread {
        guard case .skipped(_, let reason, let position) = files[index].state else { continue }
        files[index].state = .failed(.nothingRead, problem: "nothing was read: \(reason)", at: position)
      }
    }
    add([])
  }
}
