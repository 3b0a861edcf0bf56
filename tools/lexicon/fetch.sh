#!/bin/sh
# Fetches the sources of the lexicon into a folder, each into a folder of its name.
# The registries are whatever npm and pip are set up to use.
#
# usage: fetch.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
tab=$(printf '\t')
grep -v '^#' "$here/sources.tsv" | while IFS="$tab" read -r registry name version sha256 _; do
    stamp="$name/.$version"
    [ -e "$stamp" ] && continue
    rm -rf "$name" archive
    mkdir "$name" archive
    case $registry in
    npm) npm pack --silent --pack-destination archive "$name@$version" >/dev/null ;;
    pypi) python3 -m pip download -q --no-deps --only-binary :all: -d archive "$name==$version" ;;
    esac
    archive=$(ls archive/*)
    echo "$sha256  $archive" | sha256sum -c --quiet
    case $registry in
    npm) tar xzf "$archive" -C "$name" --strip-components 1 ;;
    pypi) python3 -m zipfile -e "$archive" "$name" ;;
    esac
    rm -rf archive
    touch "$stamp"
    echo "$name $version"
done
