#!/usr/bin/env bash
# The step 'pull-request' of action.yml: opens, updates or closes the one pull request of the branch, through gh.
set -euo pipefail

[ "$TAGPIN_PULL_REQUEST" = true ] || exit 0

# shellcheck source-path=SCRIPTDIR source=workflow-commands.sh
. "$(dirname "${BASH_SOURCE[0]}")/workflow-commands.sh"

command -v gh > /dev/null || fail "a pull request is opened through gh, and there is none on this runner: install it (https://cli.github.com)"
[ -n "$TAGPIN_TOKEN" ] || fail "a pull request needs 'token'"
# Only what is known to have changed nothing closes a pull request.
case $TAGPIN_CHANGED in true | false) ;; *) fail "tagpin did not say whether anything changed" ;; esac
cd -- "$TAGPIN_DIRECTORY"

# gh takes the one for github.com and the other for GitHub Enterprise Server.
export GH_TOKEN=$TAGPIN_TOKEN GH_ENTERPRISE_TOKEN=$TAGPIN_TOKEN GH_PROMPT_DISABLED=1
host=${TAGPIN_SERVER#*://}
api() { gh api --hostname "${host%%/*}" "$@"; }

pulls=repos/$TAGPIN_REPOSITORY/pulls
base=$TAGPIN_BASE
if [ -z "$base" ] && [ "${GITHUB_REF_TYPE:-}" = branch ]; then base=$GITHUB_REF_NAME; fi
[ -n "$base" ] || base=$(api "repos/$TAGPIN_REPOSITORY" --jq .default_branch)

# With the owner in front: a branch of the same name in somebody's fork is not ours.
open=$(api --method GET "$pulls" -f state=open -f "head=${TAGPIN_REPOSITORY%%/*}:$TAGPIN_BRANCH" -f "base=$base" \
  --jq '.[0] // empty | "\(.number) \(.html_url)"')
number=${open%% *} url=${open#* }

if [ "$TAGPIN_CHANGED" != true ]; then
  if [ -n "$number" ]; then
    api --silent "repos/$TAGPIN_REPOSITORY/issues/$number/comments" -f body='Nothing is left to change on the base, so tagpin closes this pull request.'
    api --silent --method PATCH "$pulls/$number" -f state=closed
    api --silent --method DELETE "repos/$TAGPIN_REPOSITORY/git/refs/heads/$TAGPIN_BRANCH"
    printf 'closed %s\n' "$url"
  else
    printf 'nothing changed: no pull request\n'
  fi
  output pull-request ""
  exit 0
fi

title=$TAGPIN_TITLE
[ -n "$title" ] || title=$(git log -1 --format=%s "$TAGPIN_COMMITTED")
if [ -n "$number" ]; then
  api --silent --method PATCH "$pulls/$number" -f "title=$title" -F "body=@$TAGPIN_REPORT"
  printf 'updated %s\n' "$url"
else
  open=$(api "$pulls" -f "title=$title" -f "head=$TAGPIN_BRANCH" -f "base=$base" -F "body=@$TAGPIN_REPORT" --jq '"\(.number) \(.html_url)"') ||
    fail "cannot open the pull request (its branch '$TAGPIN_BRANCH' is pushed). With the job's own token it takes the permission" \
      "'pull-requests: write' and, in the repository's settings, 'Allow GitHub Actions to create and approve pull requests'"
  number=${open%% *} url=${open#* }
  printf 'opened %s\n' "$url"
fi

labels=()
while IFS= read -r label; do
  label=${label%$'\r'}
  [ -z "${label// /}" ] || labels+=(-f "labels[]=$label")
done <<< "$TAGPIN_LABELS"
[ ${#labels[@]} -eq 0 ] || api --silent "repos/$TAGPIN_REPOSITORY/issues/$number/labels" "${labels[@]}"

output pull-request "$url"
# Of the run, which failed in part.
exit "${TAGPIN_STATUS:-0}"
