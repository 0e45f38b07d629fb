#!/bin/sh
# Moves every pin to what its tag names now, and pushes the change as a merge request. GitLab makes the merge request itself: the push asks for it.
set -eu

branch=tagpin/update
author='tagpin <tagpin@noreply.example.com>'

# With the date of the commit below it, the same change is the same commit: a run that finds what the last one found pushes nothing.
date=@$(git log -1 --format=%cd --date=raw)
export GIT_AUTHOR_DATE="$date" GIT_COMMITTER_DATE="$date"
export GIT_COMMITTER_NAME="${author% <*}" GIT_COMMITTER_EMAIL="tagpin@noreply.example.com"

# An earlier job may have left it.
git branch --quiet --delete --force "$branch" 2> /dev/null || true
status=0
tagpin update --commit --branch="$branch" --force-branch --author="$author" || status=$?
# 1: a version was overwritten and stays as it was. What else is new is pushed all the same.
[ "$status" -le 1 ] || exit "$status"
git rev-parse --verify --quiet "refs/heads/$branch" > /dev/null || exit "$status" # nothing to change

# The token stays out of the command line and of the configuration: git asks this helper, which reads the environment.
# shellcheck disable=SC2016
git -c credential.helper= -c credential.helper='!f() { [ "$1" != get ] || printf "username=tagpin\npassword=%s\n" "$PINS_TOKEN"; }; f' \
  push --force \
  --push-option=merge_request.create \
  --push-option="merge_request.target=$CI_DEFAULT_BRANCH" \
  --push-option="merge_request.title=$(git log -1 --format=%s "$branch")" \
  --push-option=merge_request.label=dependencies \
  --push-option=merge_request.remove_source_branch \
  "$CI_PROJECT_URL.git" "refs/heads/$branch:refs/heads/$branch"
exit "$status"
