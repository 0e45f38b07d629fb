import Dialects
import Distribution
import References
import Verifying

extension RegistryAccess: ContentAsking {
  func currentDigest(of reference: ImageReference) async throws(SiteFailure) -> Digest {
    do throws(RegistryError) {
      let manifest = try await client.resolveAtRegistry(reference)
      await collected.add(manifest.warnings)
      return manifest.digest
    } catch { throw .unresolved(Unresolved(error)) }
  }

  func content(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageContent {
    do throws(RegistryError) { return try await client.content(of: digest, in: name) } catch { throw .unresolved(Unresolved(error)) }
  }

  func detail(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageDetail {
    do throws(RegistryError) { return try await client.detail(of: digest, in: name) } catch { throw .unresolved(Unresolved(error)) }
  }

  func attachments(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> Attachments {
    do throws(RegistryError) { return try await client.attachments(of: digest, in: name) } catch { throw .unresolved(Unresolved(error)) }
  }

  func tags(of name: ImageReference) async throws(SiteFailure) -> [String] {
    do throws(RegistryError) { return try await client.tags(of: name) } catch { throw .unresolved(Unresolved(error)) }
  }
}
