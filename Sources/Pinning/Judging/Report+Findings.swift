import Rules

extension Report {
  /// All that was found, in the order of the files and of the sites in them; each with the path of its file and, where it is about one, its
  /// site. That a file cannot be parsed is a finding; that the machine refuses to read one does not count, for it says nothing of the file.
  mutating func changeFindings(_ change: (_ path: String, SiteReport?, inout Finding) -> Void) {
    for index in files.indices {
      let path = files[index].path
      if case .failed(.unreadable, _, _) = files[index].state {
        var finding = Finding(.unreadable, Command.failure, suppression: files[index].suppression)
        change(path, nil, &finding)
        files[index].suppression = finding.suppression
      }
      for site in files[index].sites.indices {
        let report = files[index].sites[site]
        guard var findings = report.judgement, !findings.isEmpty else { continue }
        for finding in findings.indices { change(path, report, &findings[finding]) }
        files[index].sites[site].judgement = findings
      }
    }
  }
}
