"""Where images come from.

oci_pull(name = "doc", image = "nginx", tag = "1")
"""

load("@rules_oci//oci:pull.bzl", "oci_pull")

REGISTRY = "ghcr.io"

def images(tag = "1"):
    """What is pulled."""
    oci_pull(
        name = "parts",
        registry = "ghcr.io",
        repository = "acme/web",
        digest = "sha256:6da61f357be6ab6dea3a0d71968362ea11fe6dfc78103a34d1b16ebcbf3070be",
        tag = "1",
    )
    container_pull(
        name = "docker",
        registry = "index.docker.io",
        repository = "library/nginx",
        digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111",
    )
    oci_pull(name = "computed", image = REGISTRY + "/acme/web", tag = "1")
    oci_pull(name = "variable", image = "acme/web", tag = tag)
    oci_pull(name = "format", image = "acme/{}".format("web"), tag = "1")
    oci_pull(name = "none", image = "acme/other", digest = None, tag = "1")
    [oci_pull(name = n, image = "acme/" + n, tag = "1") for n in ["a", "b"]]

def oci_pull(name, image = "default:1", tag = "x"):
    pass
