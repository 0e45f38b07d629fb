#!/usr/bin/env bash
# The step 'run' of action.yml: runs the command, with a commit and a push where they are asked for, and hands its results on.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=workflow-commands.sh
. "$(dirname "${BASH_SOURCE[0]}")/workflow-commands.sh"
# What 'fail' exits with: the inputs were wrong, except where it is said otherwise.
code=64

# is INPUT VALUE: whether it is on. A word that is neither is a mistake that must not turn something off.
is() {
  case $2 in
    true) return 0 ;;
    false | "") return 1 ;;
    *) fail "'$1' is '$2'; it takes true or false" ;;
  esac
}

# lines TEXT: the lines of an input that are not blank, into the array 'lines'.
lines() {
  local line
  lines=()
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [ -z "${line// /}" ] || lines+=("$line")
  done <<< "$1"
}

command=$TAGPIN_COMMAND
rewrites=false
case $command in
  install) exit 0 ;;
  pin | update | unpin) rewrites=true ;;
  check | guard) ;;
  *) fail "'command' is '$command'; it takes pin, update, unpin, check, guard or install" ;;
esac

pull_request=false push=false commit=false
if is pull-request "$TAGPIN_PULL_REQUEST"; then pull_request=true push=true commit=true; fi
if is push "$TAGPIN_PUSH"; then push=true commit=true; fi
if is commit "$TAGPIN_COMMIT"; then commit=true; fi
if $commit && ! $rewrites; then fail "'$command' changes nothing that could be committed; 'commit', 'push' and 'pull-request' are for pin, update and unpin"; fi
branch=$TAGPIN_BRANCH
if $pull_request; then
  branch=${branch:-tagpin/$command}
  case ${GITHUB_EVENT_NAME:-} in
    pull_request*) fail "a run for a pull request cannot open another: run on schedule, push or workflow_dispatch" ;;
  esac
  # The branch is pushed by force.
  for base in "$TAGPIN_BASE" "${GITHUB_REF_NAME:-}"; do
    [ "$branch" != "$base" ] || fail "'$branch' cannot be the branch of the pull request and its base: give another 'branch'"
  done
fi

# A runner does not give it to steps by itself: private actions and packages of ghcr.io are read with it.
export GITHUB_TOKEN=${GITHUB_TOKEN:-$TAGPIN_DEFAULT_TOKEN}

cd -- "$TAGPIN_DIRECTORY"
work=$(mktemp -d "$RUNNER_TEMP/tagpin-report.XXXXXX")

lines "$TAGPIN_ARGUMENTS"
arguments=("${lines[@]}")
if $pull_request; then
  for argument in "${arguments[@]}"; do
    case $argument in
      --exit-code) fail "'--exit-code' would end the job where something changed, before the pull request; the output 'changed' says so, too" ;;
      --dry-run | --diff) fail "with '$argument' nothing is committed that a pull request could be made of: leave out one of the two" ;;
      # With another format tagpin writes no outputs: a pull request would be taken for one that nothing is left of.
      --format | --format=*) fail "'$argument' leaves no output that says what changed; the outputs 'json' and 'report' are files, '--report=FORMAT=FILE' writes others" ;;
    esac
  done
fi
if is keep-going "$TAGPIN_KEEP_GOING"; then
  $rewrites || fail "'keep-going' is for pin, update and unpin; '$command' changes nothing"
  arguments+=(--keep-going)
fi
if [ "$command" = check ]; then
  [ -z "$TAGPIN_SEVERITY" ] || arguments+=("--severity=$TAGPIN_SEVERITY")
  [ -z "$TAGPIN_BASELINE" ] || arguments+=("--baseline=$TAGPIN_BASELINE")
  since=$TAGPIN_SINCE
  if [ "$since" = true ]; then
    since=
    case ${GITHUB_EVENT_NAME:-} in
      pull_request*)
        since=origin/$GITHUB_BASE_REF
        # What is checked out for a pull request is a merge, whose first parent is the base; actions/checkout fetches it alone.
        if ! git rev-parse --quiet --verify 'HEAD^1' > /dev/null; then git fetch --quiet --no-tags --deepen=1 origin "$GITHUB_SHA" || true; fi
        if git rev-parse --quiet --verify 'HEAD^2' > /dev/null; then since='HEAD^1'; fi
        ;;
    esac
  fi
  [ -z "$since" ] || [ "$since" = false ] || arguments+=("--since=$since")
else
  for input in "severity:$TAGPIN_SEVERITY" "baseline:$TAGPIN_BASELINE" "since:$TAGPIN_SINCE"; do
    [ -z "${input#*:}" ] || fail "'${input%%:*}' is for check; '$command' does not take it"
  done
fi
if $rewrites && is skip-workflows "$TAGPIN_SKIP_WORKFLOWS"; then arguments+=('--exclude=/.github/workflows/**'); fi
lines "$TAGPIN_PATHS"
paths=("${lines[@]}")
lines "$TAGPIN_REFERENCES"
references=("${lines[@]}")
if [ "$command" = guard ]; then
  [ ${#paths[@]} -eq 0 ] || fail "'paths' are for the commands that look at files; guard takes 'references'"
  # They may come from a branch's name.
  for reference in "${references[@]}"; do
    case $reference in -*) fail "'$reference' in 'references' is no reference; options go into 'arguments'" ;; esac
  done
elif [ ${#references[@]} -gt 0 ]; then
  fail "'references' are for guard; '$command' takes 'paths'"
fi

# GitHub refuses a push of changed workflows with the job's own token; better before there is a commit than after it.
if $push && [ "$TAGPIN_TOKEN" = "$TAGPIN_DEFAULT_TOKEN" ] && ! is skip-workflows "$TAGPIN_SKIP_WORKFLOWS"; then
  top=$(git rev-parse --show-toplevel)
  looked_at=("${paths[@]}")
  if [ ${#paths[@]} -eq 0 ] && [ -d "$top/.github/workflows" ]; then looked_at=("$top/.github/workflows"); fi
  if [ ${#looked_at[@]} -gt 0 ]; then
    # What fails here fails below, too, and is reported there.
    workflows=$(env -u GITHUB_ACTIONS tagpin "$command" "${arguments[@]}" --diff --quiet -- "${looked_at[@]}" 2> /dev/null |
      sed -n 's|^diff --git "\{0,1\}a/\(\.github/workflows/.*[^"]\)"\{0,1\} "\{0,1\}b/\.github/workflows/.*|\1|p') || true
    if [ -n "$workflows" ]; then
      code=2 fail "the job's own token may not push changed workflow files, and these would change: $(tr '\n' ' ' <<< "$workflows")" \
        "Give 'token' (a GitHub App's or a fine-grained token with contents, pull-requests and workflows write), or 'skip-workflows: true'"
    fi
  fi
fi

if $commit; then
  arguments+=(--commit "--author=$TAGPIN_AUTHOR")
  [ -z "$TAGPIN_MESSAGE" ] || arguments+=("--message=$TAGPIN_MESSAGE")
  [ -z "$branch" ] || arguments+=("--branch=$branch")
  if is sign "$TAGPIN_SIGN"; then arguments+=(--sign); fi
  # Runners have no identity of their own.
  if [ -z "${GIT_COMMITTER_EMAIL:-}" ] && ! git config user.email > /dev/null; then
    export GIT_COMMITTER_NAME="${TAGPIN_AUTHOR% <*}" GIT_COMMITTER_EMAIL
    GIT_COMMITTER_EMAIL=$(sed -n 's/.*<\(.*\)>.*/\1/p' <<< "$TAGPIN_AUTHOR")
  fi
fi

if $push; then
  arguments+=(--push=origin)
  if [ -n "$TAGPIN_TOKEN" ]; then
    # For this step, in place of the credentials that actions/checkout may have left: an empty value takes those away, and git refuses two.
    credential=$(printf 'x-access-token:%s' "$TAGPIN_TOKEN" | base64 | tr -d '\n')
    printf '::add-mask::%s\n' "$credential"
    count=${GIT_CONFIG_COUNT:-0}
    export GIT_CONFIG_COUNT=$((count + 2))
    export "GIT_CONFIG_KEY_$count=http.$TAGPIN_SERVER/.extraheader" "GIT_CONFIG_VALUE_$count="
    export "GIT_CONFIG_KEY_$((count + 1))=http.$TAGPIN_SERVER/.extraheader" "GIT_CONFIG_VALUE_$((count + 1))=Authorization: Basic $credential"
  fi
fi

if $pull_request; then
  # The branch is the bot's own and is made anew in each run. What it is now is fetched first, so that the push can tell when somebody else
  # moved it meanwhile. The commit has the date of the one below it: the same change is the same commit, and a second run pushes nothing.
  arguments+=(--force-branch)
  date=@$(git log -1 --format=%cd --date=raw)
  export GIT_AUTHOR_DATE="${GIT_AUTHOR_DATE:-$date}" GIT_COMMITTER_DATE="${GIT_COMMITTER_DATE:-$date}"
  status=0
  git ls-remote --exit-code --quiet origin "refs/heads/$branch" > /dev/null || status=$?
  case $status in
    0)
      depth=()
      [ "$(git rev-parse --is-shallow-repository)" = false ] || depth=(--depth=1)
      git fetch --quiet --no-tags "${depth[@]}" origin "+refs/heads/$branch:refs/remotes/origin/$branch"
      ;;
    2) git update-ref -d "refs/remotes/origin/$branch" ;;
    *) code=2 fail "cannot ask 'origin' for the branch '$branch'" ;;
  esac
fi

sarif=false
if is sarif "$TAGPIN_SARIF"; then
  [ "$command" != guard ] || fail "guard has no report as SARIF: leave 'sarif' out"
  sarif=true
  arguments+=("--report=sarif=$work/report.sarif")
fi
if [ "$command" != guard ]; then arguments+=("--report=json=$work/report.json" "--report=markdown=$work/report.md"); fi
# Behind '--', or on standard input, nothing is taken for an option. With guard, '--' begins the command that it guards.
if [ ${#paths[@]} -gt 0 ]; then paths=(-- "${paths[@]}"); fi
if [ ${#references[@]} -gt 0 ]; then arguments+=(-); fi
status=0
# It writes its own outputs: what changed and the commit, or guard's answer.
tagpin "$command" "${arguments[@]}" "${paths[@]}" < <(printf '%s\n' "${references[@]}") || status=$?

[ ! -f "$work/report.json" ] || output json "$work/report.json"
[ ! -f "$work/report.md" ] || output report "$work/report.md"
if $sarif && [ -f "$work/report.sarif" ]; then output sarif "$work/report.sarif"; fi
output branch "$branch"
# The registry has all of it already: the output 'result' says so to the step that would push, and the job is well.
if [ "$command" = guard ] && [ "$status" -eq 3 ]; then status=0; fi
# What was pushed gets its pull request; the job ends by this status after that.
if $pull_request && [ "$status" -ne 0 ] && grep -qx 'pushed=true' "$GITHUB_OUTPUT"; then
  output status "$status"
  status=0
fi
exit "$status"
