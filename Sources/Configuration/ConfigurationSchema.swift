/// The JSON Schema of the configuration: the file beside this one.
package enum ConfigurationSchema {
  package static var document: [UInt8] { PackageResources.tagpin_schema_json }
}
