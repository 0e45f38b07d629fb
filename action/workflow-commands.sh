# shellcheck shell=bash
# What the steps of action.yml tell their runner; sourced by them. Nothing in a value begins a line of its own.

# fail TEXT…: an error of the step, with the exit code of the variable 'code' (2).
fail() {
  local text=$*
  text=${text//'%'/%25} text=${text//$'\r'/%0D} text=${text//$'\n'/%0A}
  # '##[' is a command, too, wherever it stands in a line.
  printf '::error title=tagpin::%s\n' "${text//'##'/'#\x23'}"
  exit "${code:-2}"
}

# output NAME VALUE: an output of the step. The delimiter is one that nobody can know before.
output() {
  local delimiter
  delimiter=tagpin-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s<<%s\n%s\n%s\n' "$1" "$delimiter" "$2" "$delimiter" >> "$GITHUB_OUTPUT"
}
