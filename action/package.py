#!/usr/bin/env python3
"""Makes the wheel and the list of what is linked in (SPDX 2.3) of a release.

package.py wheel ROOT OUTPUT   ROOT is an unpacked release; prints the wheel's path
package.py sbom ROOT           prints the document

What both know comes from ROOT and the environment: VERSION, MACHINE (x86_64), HOMEPAGE, SOURCE_DATE_EPOCH, GLIBC (2.36).
"""

import base64
import hashlib
import json
import os
import pathlib
import sys
import time
import zipfile

VERSION = os.environ["VERSION"]
MACHINE = os.environ["MACHINE"]
HOMEPAGE = os.environ.get("HOMEPAGE", "")
MOMENT = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
SUMMARY = "Pin the container images and actions of a repository to their digests and commits."


def wheel(root: pathlib.Path, output: pathlib.Path) -> pathlib.Path:
    """The program as a script of a package without modules: pip puts it into 'bin' (PEP 427)."""
    tag = f"py3-none-manylinux_{os.environ['GLIBC'].replace('.', '_')}_{MACHINE}"
    information = f"tagpin-{VERSION}.dist-info"
    metadata = ["Metadata-Version: 2.1", "Name: tagpin", f"Version: {VERSION}", f"Summary: {SUMMARY}"]
    metadata += [f"Home-page: {HOMEPAGE}"] if HOMEPAGE else []
    metadata += ["Requires-Python: >=3.7", "Description-Content-Type: text/markdown", "", (root / "README.md").read_text()]
    files = {
        f"tagpin-{VERSION}.data/scripts/tagpin": (root / "tagpin").read_bytes(),
        f"{information}/METADATA": "\n".join(metadata).encode(),
        f"{information}/WHEEL": f"Wheel-Version: 1.0\nGenerator: action/package.py\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(),
    }
    for path in sorted((root / "licenses").iterdir()):
        files[f"{information}/licenses/{path.name}"] = path.read_bytes()
    record = f"{information}/RECORD"
    lines = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    files[record] = ("".join(lines) + f"{record},,\n").encode()
    path = output / f"tagpin-{VERSION}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # A wheel cannot say earlier than 1980.
            entry = zipfile.ZipInfo(name, max(MOMENT[:6], (1980, 1, 1, 0, 0, 0)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name.endswith("/scripts/tagpin") else 0o100644) << 16
            archive.writestr(entry, content)
    return path


def sbom(root: pathlib.Path) -> dict:
    """Each line of DEPENDENCIES is a package: NAME VERSION URL REVISION of Swift's, NAME VERSION ARCHIVE of the system's."""
    program = hashlib.sha256((root / "tagpin").read_bytes()).hexdigest()
    packages = [package("tagpin", VERSION, HOMEPAGE or "NOASSERTION", "", [{"algorithm": "SHA256", "checksumValue": program}])]
    seen = set()
    for line in (root / "DEPENDENCIES").read_text().splitlines():
        name, version, *rest = line.split(" ")
        # One package of the system has several archives.
        if name in seen:
            continue
        seen.add(name)
        if len(rest) == 2:
            address = rest[0].removesuffix(".git").removeprefix("https://")
            packages.append(package(name, version, f"git+{rest[0]}@{rest[1]}", f"pkg:swift/{address}@{version}"))
        elif rest:
            packages.append(package(name, version, "NOASSERTION", f"pkg:deb/debian/{name}@{version}"))
        else:
            packages.append(package(name, version, "NOASSERTION", ""))
    first = packages[0]["SPDXID"]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", first)]
    relations += [(first, "STATIC_LINK", other["SPDXID"]) for other in packages[1:]]
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"tagpin-{VERSION}-linux-{MACHINE}",
        "documentNamespace": f"https://spdx.org/spdxdocs/tagpin-{VERSION}-{program}",
        "creationInfo": {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ", MOMENT), "creators": ["Tool: action/package.py"]},
        "packages": packages,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relations
        ],
    }


def package(name: str, version: str, location: str, address: str, checksums: list | None = None) -> dict:
    identifier = "".join(character if character.isalnum() or character in ".-" else "-" for character in name)
    result = {
        "SPDXID": f"SPDXRef-Package-{identifier}",
        "name": name,
        "versionInfo": version,
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
    }
    if checksums:
        result["checksums"] = checksums
    if address:
        result["externalRefs"] = [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": address}
        ]
    return result


if __name__ == "__main__":
    if sys.argv[1] == "wheel":
        print(wheel(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])))
    else:
        print(json.dumps(sbom(pathlib.Path(sys.argv[2])), indent=2))
