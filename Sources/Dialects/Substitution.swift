/// What a kustomization makes of the images of one name, in everything that it reaches.
package struct Substitution: Hashable, Sendable {
  package enum Effect: Hashable, Sendable {
    /// They get another name. Their tag and digest stay, so that a digest would be asked of a repository that may not have it.
    case renamed
    /// They get another tag or digest, whatever they had, and perhaps another name.
    case replaced
    /// Their tag gets this text behind it, and their digest is dropped.
    case suffixed(String)
  }

  /// As it is written: kustomize compares texts, so that `nginx` is not `docker.io/library/nginx`.
  package var name: String
  package var effect: Effect
  /// Byte offset of the entry that says so.
  package var byteOffset: Int
}
