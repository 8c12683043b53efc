#!/bin/sh
# Build dist/hongtou-VERSION-PLATFORM.tar.gz: the committed source, the wheels it needs and the fonts.
# Unpacked on a machine of the same kind with the same Python, `make run` installs and starts it there
# without a network. LibreOffice is the machine's own.
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
python=.venv/bin/python
version=$($python -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
platform=$($python -c 'import sys, sysconfig; print("py%d%d-%s" % (*sys.version_info[:2], sysconfig.get_platform()))')
name="hongtou-$version-$platform"
work=$(mktemp -d "${TMPDIR:-/tmp}/bundle.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

[ -z "$(git status --porcelain)" ] || echo "bundle: what is not committed is left out" >&2
mkdir -p "$work/$name" dist
git archive HEAD | tar -x -C "$work/$name"
$python -m pip download --quiet --disable-pip-version-check --no-input --only-binary :all: \
    --dest "$work/$name/wheels" -r requirements.txt -c constraints.txt
if [ -s .cache/fonts/fonts.conf ]; then
    mkdir -p "$work/$name/.cache/fonts"
    cp -r .cache/fonts/files "$work/$name/.cache/fonts/"
else
    echo "bundle: no fonts are here (scripts/fonts.sh); PDFs will use substitute fonts" >&2
fi
git rev-parse HEAD >"$work/$name/COMMIT"
(cd "$work/$name" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >"$work/SHA256SUMS")
mv "$work/SHA256SUMS" "$work/$name/SHA256SUMS"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "dist/$name.tar.gz.part" "$name"
mv "dist/$name.tar.gz.part" "dist/$name.tar.gz"
echo "dist/$name.tar.gz"
