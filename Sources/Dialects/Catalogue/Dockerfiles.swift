extension Dialect {
  /// Dockerfiles and Containerfiles. They have a reader of their own. A REUSE licence beside a Dockerfile is not a Dockerfile, nor is a
  /// Swift source of that name.
  static let dockerfile = Dialect(
    name: "dockerfile", title: "Dockerfile, Containerfile", sources: ["https://docs.docker.com/reference/dockerfile/"],
    claim: .path([
      "**/{Dockerfile,Containerfile,dockerfile,containerfile}", "**/{Dockerfile,Containerfile}[._-]*",
      "**/*.{Dockerfile,dockerfile,Containerfile,containerfile}",
    ]), syntax: .dockerfile, notFiles: ["**/*.{dockerignore,license,swift,md,rst,orig,rej,swp,gz,bz2,xz,zst,zip,tar}"])
}
