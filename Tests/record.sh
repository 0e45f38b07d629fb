#!/usr/bin/env bash
# What a change makes of the fixtures of these dialects (of all without one): recorded beside the golden files as *.new, and shown as a difference.
# Usage: Tests/record.sh [DIALECT…], then Tests/record.sh --accept, which puts it in their place, or --discard.
set -euo pipefail
cd "$(dirname "$0")/.."

recorded() { find Tests/Fixtures -name '*.new' | LC_ALL=C sort; }

case ${1:-} in
--accept)
  recorded | while IFS= read -r new; do
    # An own.txt in which nothing stands any more goes.
    if [ -s "$new" ] || [[ $new != */own.txt.new ]]; then mv "$new" "${new%.new}"; else rm -f "$new" "${new%.new}"; fi
  done
  ;;
--discard) find Tests/Fixtures -name '*.new' -delete ;;
-*)
  echo "Usage: Tests/record.sh [DIALECT…] | --accept | --discard" >&2
  exit 64
  ;;
*)
  find Tests/Fixtures -name '*.new' -delete
  swift build --build-tests >&2
  TAGPIN_RECORD="${*:-all}" swift test --skip-build --filter 'GoldenTests.*recording' >&2
  count=0
  while IFS= read -r new; do
    count=$((count + 1))
    old=${new%.new}
    [ -e "$old" ] || old=/dev/null
    git --no-pager diff --no-index -- "$old" "$new" || [ $? = 1 ] # 1 says that they differ
  done < <(recorded)
  if [ "$count" = 0 ]; then
    echo "nothing to record"
  else
    echo "$count files: Tests/record.sh --accept takes them, --discard throws them away"
  fi
  ;;
esac
