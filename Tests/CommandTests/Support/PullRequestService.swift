import Foundation

/// A `gh` that records its calls and keeps the pull requests of `acme/shop` in a file, answering as GitHub's REST API does; `--jq` is the
/// real jq's. What it does not know fails.
struct PullRequestService: Sendable {
  struct Call: Sendable {
    var arguments: [String]
    var token: String

    /// `POST repos/acme/shop/pulls`
    var request: String
    /// The values of `-f` and `-F`; `@file` is the file's text.
    var fields: [String: String]
  }

  let sandbox: Sandbox
  private var place: String { "\(sandbox.root)/gh" }

  init(_ sandbox: Sandbox, origin: String) throws {
    self.sandbox = sandbox
    try sandbox.write("[]", to: "\(place)/pulls.json")
    try sandbox.write(Self.script.replacing("PLACE", with: place).replacing("ORIGIN", with: origin), to: "\(sandbox.bin)/gh")
    try sandbox.setMode(0o755, of: "\(sandbox.bin)/gh")
  }

  /// Pull requests that are open, as the service keeps them.
  var open: [[String: Any]] {
    get throws { try JSONSerialization.jsonObject(with: Data(try sandbox.bytes("\(place)/pulls.json"))) as? [[String: Any]] ?? [] }
  }

  func add(number: Int, head: String, base: String = "main") throws {
    let pull: [String: Any] = ["number": number, "head": head, "base": base, "html_url": "https://github.test/acme/shop/pull/\(number)"]
    try sandbox.write([UInt8](try JSONSerialization.data(withJSONObject: try open + [pull])), to: "\(place)/pulls.json")
  }

  /// In their order.
  var calls: [Call] {
    get throws {
      let directories = try sandbox.names(in: place).filter { $0.hasPrefix("call-") }
      return try directories.map { name in
        let arguments = try sandbox.text("\(place)/\(name)/arguments").split(separator: "\0", omittingEmptySubsequences: false).dropLast()
        let fields =
          (try? sandbox.text("\(place)/\(name)/fields"))?.split(separator: "\0").map { $0.split(separator: "=", maxSplits: 1) } ?? []
        return Call(
          arguments: arguments.map(String.init), token: try sandbox.text("\(place)/\(name)/token"),
          request: try sandbox.text("\(place)/\(name)/request"),
          fields: Dictionary(fields.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") }, uniquingKeysWith: { $0 + "\n" + $1 }))
      }
    }
  }

  private static let script = #"""
    #!/usr/bin/env bash
    set -euo pipefail
    n=$(ls "PLACE" | grep -c '^call-' || true)
    call=PLACE/call-$(printf %03d "$n")
    mkdir "$call"
    printf '%s\0' "$@" > "$call/arguments"
    printf %s "${GH_TOKEN:-}" > "$call/token"
    fail() { printf 'gh of this test: %s\n' "$*" >&2; exit 1; }

    [ "$1" = api ] || fail "knows 'api' only"
    shift
    method= endpoint= jq= silent=false head= base= state=
    while [ $# -gt 0 ]; do
      case $1 in
        --hostname) case $2 in github.test | 127.0.0.1:*) ;; *) fail "host '$2'" ;; esac; shift 2 ;;
        --method) method=$2; shift 2 ;;
        --jq) jq=$2; shift 2 ;;
        --silent) silent=true; shift ;;
        -f | -F)
          value=${2#*=}
          if [ "$1" = -F ]; then case $value in @*) value=$(cat "${value#@}") ;; *) fail "-F without a file" ;; esac; fi
          printf '%s=%s\0' "${2%%=*}" "$value" >> "$call/fields"
          case ${2%%=*} in head) head=$value ;; base) base=$value ;; state) state=$value ;; esac
          shift 2 ;;
        -*) fail "option '$1'" ;;
        *) [ -z "$endpoint" ] || fail "two endpoints"; endpoint=$1; shift ;;
      esac
    done
    if [ -z "$method" ]; then if [ -f "$call/fields" ]; then method=POST; else method=GET; fi; fi
    printf %s "$method $endpoint" > "$call/request"
    if [ "${GH_REFUSES:-}" = "$method $endpoint" ]; then printf 'HTTP 403: not permitted\n' >&2; exit 1; fi

    answer='{}'
    pulls=PLACE/pulls.json
    case "$method $endpoint" in
      "GET repos/acme/shop") answer='{"default_branch":"main"}' ;;
      "GET repos/acme/shop/pulls")
        [ "$state" = open ] || fail "state '$state'"
        answer=$(jq --arg head "$head" --arg base "$base" 'map(select(.head == $head and .base == $base))' "$pulls") ;;
      "POST repos/acme/shop/pulls")
        answer=$(jq -n --arg head "acme:$head" --arg base "$base" \
          '{number: 7, html_url: "https://github.test/acme/shop/pull/7", head: $head, base: $base}')
        jq --argjson pull "$answer" '. + [$pull]' "$pulls" > "$pulls.new"
        mv "$pulls.new" "$pulls" ;;
      "PATCH repos/acme/shop/pulls/"*)
        if [ "$state" = closed ]; then
          jq --argjson number "${endpoint##*/}" 'map(select(.number != $number))' "$pulls" > "$pulls.new"
          mv "$pulls.new" "$pulls"
        fi ;;
      "POST repos/acme/shop/issues/"*"/comments" | "POST repos/acme/shop/issues/"*"/labels") ;;
      "DELETE repos/acme/shop/git/refs/heads/"*) git --git-dir "ORIGIN" update-ref -d "refs/heads/${endpoint#*/refs/heads/}" ;;
      *) fail "request '$method $endpoint'" ;;
    esac
    if [ -n "$jq" ]; then jq -r "$jq" <<< "$answer"; elif ! $silent; then printf '%s\n' "$answer"; fi
    """#
}
