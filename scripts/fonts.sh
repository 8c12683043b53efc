#!/bin/sh
# Put the fonts that PDFs are rendered with into .cache/fonts, without root and without a question.
# Fandol stands in for the office fonts, AR PL UKai for the rare characters that Fandol lacks.
# Quick when all is there. Never fails: what could not be done is said, and PDFs then use substitute fonts.
set -u

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
here="$root/.cache/fonts"
packages="texlive-lang-chinese fonts-arphic-ukai"
wanted="FandolFang-Regular.otf FandolHei-Regular.otf FandolKai-Regular.otf FandolSong-Regular.otf FandolSong-Bold.otf ukai.ttc"

give_up() {
    echo "fonts: $1; PDFs will use substitute fonts. To try again: scripts/fonts.sh" >&2
    rm -rf "${work:-}"
    exit 0
}

complete() {
    for font in $wanted; do
        [ -s "$here/files/$font" ] || return 1
    done
}

lists=""  # options that make apt-get use lists of our own, where the machine's are missing

download() {
    # shellcheck disable=SC2086
    (cd "$work" && timeout 600 apt-get -q -q -o APT::Sandbox::User=root $lists download "$1") </dev/null
}

own_lists() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    lists="-o Dir::State::lists=$work/lists -o Dir::Cache=$work/cache -o Debug::NoLocking=1"
    # shellcheck disable=SC2086
    timeout 300 apt-get -q -q -o APT::Sandbox::User=root $lists update </dev/null
}

fetch() {
    for tool in apt-get dpkg-deb; do
        command -v "$tool" >/dev/null || give_up "$tool is not here, so the packages $packages cannot be fetched"
    done
    mkdir -p "$here/files" || give_up "$here cannot be written"
    work=$(mktemp -d "${TMPDIR:-/tmp}/fonts.XXXXXX") || give_up "no temporary folder can be made"
    chmod 755 "$work"
    for package in $packages; do
        echo "fonts: fetching $package" >&2
        download "$package" || { own_lists && download "$package"; } ||
            give_up "apt-get could not download $package (.cache/fonts needs the network once)"
        dpkg-deb -x "$work/$package"_*.deb "$work/tree" || give_up "$package could not be unpacked"
    done
    for font in $wanted; do
        found=$(find "$work/tree" -name "$font" -type f | head -n 1)
        [ -n "$found" ] || give_up "the packages hold no $font"
        cp "$found" "$here/files/$font.part" && mv "$here/files/$font.part" "$here/files/$font" ||
            give_up "$here/files cannot be written"
    done
    rm -rf "$work"
}

stand_in() {
    printf '  <alias binding="same"><family>%s</family><accept><family>%s</family><family>AR PL UKai CN</family></accept></alias>\n' "$1" "$2"
}

write_conf() {
    cat <<EOF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">files</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>$here/cache</cachedir>
  <!-- FandolSong-Bold says of itself that it is of regular weight. -->
  <match target="scan">
    <test name="family"><string>FandolSong</string></test>
    <test name="style"><string>Bold</string></test>
    <edit name="weight" mode="assign"><const>bold</const></edit>
  </match>
  <match target="pattern">
    <test name="family"><string>方正小标宋简体</string></test>
    <edit name="weight" mode="assign"><const>bold</const></edit>
  </match>
EOF
    stand_in 方正小标宋简体 FandolSong
    stand_in 仿宋_GB2312 FandolFang
    stand_in 楷体_GB2312 FandolKai
    stand_in 黑体 FandolHei
    stand_in 宋体 FandolSong
    echo '</fontconfig>'
}

complete || fetch
write_conf >"$here/fonts.conf.part" || give_up "$here/fonts.conf cannot be written"
if cmp -s "$here/fonts.conf.part" "$here/fonts.conf"; then
    rm "$here/fonts.conf.part"
else
    mv "$here/fonts.conf.part" "$here/fonts.conf"
    command -v fc-cache >/dev/null && FONTCONFIG_FILE="$here/fonts.conf" fc-cache >/dev/null
fi
exit 0
