#!/bin/sh
# Install what pip cannot: scripts/system.sh office|browser|venv ...
# It asks nothing, needs root or a sudo without password, tries once, and otherwise names the command.
# HONGTOU_NO_APT=1: never install.
set -u
packages=""
for need in "$@"; do
    case $need in
        office) command -v soffice >/dev/null || packages="$packages libreoffice-writer-nogui" ;;
        browser) command -v chromium >/dev/null || packages="$packages chromium" ;;
        venv) "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || packages="$packages python3-venv" ;;
    esac
done
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ]; then root="env"; else root="sudo -n env"; fi
install="apt-get install -y --no-install-recommends$packages"
tried=".cache/tried-apt$(printf %s "$packages" | tr ' ' -)"
if [ "${HONGTOU_NO_APT:-}" != 1 ] && [ ! -e "$tried" ] && command -v apt-get >/dev/null && $root true 2>/dev/null; then
    mkdir -p .cache && : >"$tried"
    echo "Installing$packages ..."
    apt="$root DEBIAN_FRONTEND=noninteractive apt-get -q"
    $apt update >.cache/apt.log 2>&1 </dev/null
    # shellcheck disable=SC2086
    $apt install -y --no-install-recommends $packages >>.cache/apt.log 2>&1 </dev/null && exit 0
    echo "apt-get did not succeed (.cache/apt.log)."
fi
echo "Not installed:$packages. As root: $install"
