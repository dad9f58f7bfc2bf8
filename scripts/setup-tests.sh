#!/usr/bin/env bash
# Installs what the tests need beyond npm, on Debian and Ubuntu: as root, or as a user with passwordless sudo. Without it `npm test` skips
# the tests that need it, and says so at its end.
set -euo pipefail

declare -A packages=(
  [nats-server]=nats-server
  [mosquitto]=mosquitto
  # Clients and servers of gRPC in three languages: test/support/grpc-go wants Go 1.25, older ones fetch it by themselves from 1.21 on.
  [go]=golang-go
  [openssl]=openssl
  [python3]=python3
  [nft]=nftables
  [sudo]=sudo
  [taskset]=util-linux
  [prlimit]=util-linux
  # The programs whose clocks are skewed.
  [gcc]=build-essential
)
export PATH=$PATH:/usr/sbin:/sbin

missing=()
for program in "${!packages[@]}"; do
  command -v "$program" >/dev/null 2>&1 || missing+=("${packages[$program]}")
done
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
# report.html is opened in a browser.
command -v google-chrome >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || missing+=(chromium)

[ ${#missing[@]} -gt 0 ] || exit 0
echo "installing ${missing[*]}"
sudo=""
[ "$(id -u)" -eq 0 ] || sudo="sudo -n"
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
