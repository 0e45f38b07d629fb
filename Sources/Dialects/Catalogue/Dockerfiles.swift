extension Dialect {
  /// Dockerfiles and Containerfiles; <https://docs.docker.com/reference/dockerfile/>. They have a reader of their own.
  static let dockerfile = Dialect(
    name: "dockerfile", title: "Dockerfile, Containerfile",
    claim: .path([
      "**/{Dockerfile,Containerfile,dockerfile,containerfile}", "**/{Dockerfile,Containerfile}[._-]*",
      "**/*.{Dockerfile,dockerfile,Containerfile,containerfile}",
    ]), syntax: .dockerfile, notFiles: ["**/*.{dockerignore,md,rst,orig,rej,swp,gz,bz2,xz,zst,zip,tar}"])
}
