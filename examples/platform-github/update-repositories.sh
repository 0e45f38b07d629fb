#!/usr/bin/env bash
# Updates the pins of the repositories in $REPOSITORIES (names in this organisation, separated by spaces): one branch and one pull request in each.
# A repository that fails does not stop the others; the job fails at the end and names it.
set -euo pipefail
: "${REPOSITORIES:?}" "${GITHUB_REPOSITORY_OWNER:?}" "${GH_TOKEN:?}"
server=${GITHUB_SERVER_URL:-https://github.com}
branch=tagpin/update
export GIT_COMMITTER_NAME=tagpin GIT_COMMITTER_EMAIL=tagpin@noreply.example.com

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
reports=$work/.reports
mkdir "$reports"
# git asks gh for the password, and gh has it from the environment.
git() {
  # shellcheck disable=SC2016
  command git -c credential.helper= -c credential.helper='!gh auth git-credential' "$@"
}

# In a subshell of its own: `set -e` has no effect in a function that is part of a condition.
update() (
  set -e
  name=$1
  git clone --quiet --depth=1 -- "$server/$GITHUB_REPOSITORY_OWNER/$name" "$work/$name"
  cd "$work/$name"
  base=$(git symbolic-ref --short HEAD)
  # With the date of the commit below it, the same change is the same commit: it is pushed once.
  date=@$(git log -1 --format=%cd --date=raw)
  export GIT_AUTHOR_DATE="$date" GIT_COMMITTER_DATE="$date"

  # What it is like before, for the table at the end. What it finds fails nothing here.
  tagpin check --format=json > "$reports/$name.json" || true

  status=0
  tagpin update --commit --branch="$branch" --author='tagpin <tagpin@noreply.example.com>' --report="markdown=$work/$name.md" || status=$?
  # 1: a version was overwritten and stays as it was. What else is new is pushed all the same.
  [ "$status" -le 1 ] || exit "$status"
  git rev-parse --verify --quiet "refs/heads/$branch" > /dev/null || exit "$status" # nothing to change
  git push --quiet --force origin "refs/heads/$branch:refs/heads/$branch"
  title=$(git log -1 --format=%s "$branch")
  repository=$GITHUB_REPOSITORY_OWNER/$name
  number=$(gh pr list --repo "$repository" --head "$branch" --state open --json number --jq '.[].number')
  if [ -n "$number" ]; then
    gh pr edit "$number" --repo "$repository" --title "$title" --body-file "$work/$name.md"
  else
    gh pr create --repo "$repository" --head "$branch" --base "$base" --title "$title" --body-file "$work/$name.md"
  fi
  exit "$status"
)

failed=()
for name in $REPOSITORIES; do
  printf '::group::%s\n' "$name"
  # Not `update … || …`: that would turn `set -e` off inside.
  set +e
  update "$name"
  status=$?
  set -e
  printf '::endgroup::\n'
  if [ "$status" -ne 0 ]; then
    failed+=("$name")
    printf '::error title=%s::the pins were not updated (exit code %d)\n' "$name" "$status"
  fi
  rm -rf "${work:?}/$name"
done
if [ -n "$(ls -- "$reports")" ]; then
  tagpin report merge --format=markdown -- "$reports"/*.json >> "${GITHUB_STEP_SUMMARY:-/dev/stdout}" || true
fi
if [ ${#failed[@]} -gt 0 ]; then
  printf 'not updated: %s\n' "${failed[*]}" >&2
  exit 1
fi
