/// The JSON Schema of what `--format json` prints of files: the file beside this one.
package enum ReportSchema {
  package static var document: [UInt8] { PackageResources.report_schema_json }
}
