#!/usr/bin/env bash
# dist/ runs alone: copied into an empty folder, it lists what it has and runs a scenario on the embedded broker.
set -euo pipefail
cd "$(dirname "$0")/.."
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
cp -r dist "$bare/"
cd "$bare"
node dist/cli.js list >/dev/null
node dist/cli.js run --scenario baseline --duration 2s --json >record.json 2>progress.txt || {
  cat progress.txt
  exit 1
}
