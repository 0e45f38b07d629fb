#!/bin/sh
# Updates the pins of $REPOSITORY, the URL of a repository on a GitLab, and pushes the change as a merge request; the password is $PINS_TOKEN.
# What is not pinned in it is reported to the file $REPORT, where that is set.
set -eu
: "${REPOSITORY:?}" "${PINS_TOKEN:?}"

branch=tagpin/update
export GIT_COMMITTER_NAME=tagpin GIT_COMMITTER_EMAIL=tagpin@noreply.example.com

# The token stays out of the command line and of the configuration: git asks this helper, which reads the environment.
git() {
  # shellcheck disable=SC2016
  command git -c credential.helper= \
    -c credential.helper='!f() { [ "$1" != get ] || printf "username=tagpin\npassword=%s\n" "$PINS_TOKEN"; }; f' "$@"
}

work=$(mktemp -d "$PWD/update.XXXXXX")
trap 'rm -rf "$work"' EXIT
git clone --quiet --depth=1 -- "$REPOSITORY" "$work/repository"
cd "$work/repository"
base=$(git symbolic-ref --short HEAD)
# That something is not pinned is what the report is for.
[ -z "${REPORT:-}" ] || tagpin check --quiet --report="json=$REPORT" > /dev/null || true

# With the date of the commit below it, the same change is the same commit: a run that finds what the last one found pushes nothing.
date=@$(git log -1 --format=%cd --date=raw)
export GIT_AUTHOR_DATE="$date" GIT_COMMITTER_DATE="$date"

status=0
tagpin update --commit --branch="$branch" --author='tagpin <tagpin@noreply.example.com>' || status=$?
# 1: a version was overwritten and stays as it was. What else is new is pushed all the same.
[ "$status" -le 1 ] || exit "$status"
git rev-parse --verify --quiet "refs/heads/$branch" > /dev/null || exit "$status" # nothing to change

git push --quiet --force \
  --push-option=merge_request.create \
  --push-option="merge_request.target=$base" \
  --push-option="merge_request.title=$(git log -1 --format=%s "$branch")" \
  --push-option=merge_request.remove_source_branch \
  origin "refs/heads/$branch:refs/heads/$branch"
exit "$status"
