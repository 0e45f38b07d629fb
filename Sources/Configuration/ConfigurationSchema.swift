/// The JSON Schema of the configuration, as it stands beside this file.
package enum ConfigurationSchema {
  package static var document: [UInt8] { PackageResources.tagpin_schema_json }
}
