#!/usr/bin/env bash
# Signs the image by its digest ($REFERENCE, IMAGE:VERSION@sha256:…): a tag could be another image by now.
set -euo pipefail
: "${REFERENCE:?what was pushed}"
case $REFERENCE in
  *@sha256:*) ;;
  *) printf "sign.sh: error: '%s' has no digest\n" "$REFERENCE" >&2; exit 1 ;;
esac
name=${REFERENCE%@*}
cosign sign --yes "${name%:*}@${REFERENCE##*@}"
