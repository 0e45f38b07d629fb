#!/usr/bin/env bash
# Pins what deploy/ names, and makes sure that the new image is there by the digest that was pushed ($REFERENCE, IMAGE:VERSION@sha256:…).
set -euo pipefail
cd "$(dirname "$0")"
: "${REFERENCE:?what was pushed}"
tagpin pin deploy
grep -qF -- "$REFERENCE" deploy/shop.yaml || {
  printf "pin.sh: error: deploy/shop.yaml does not deploy '%s': it names another version, or the tag was moved since the push\n" "$REFERENCE" >&2
  exit 1
}
