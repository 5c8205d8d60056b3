#!/bin/sh
# Resolves pyproject.toml into the hash-locked files beside this script.
# run.txt: what serves; test.txt: with the tools of the suite; wagtail80.txt: the suite on Wagtail 8.0;
# semantic.txt: what serves, with search by meaning.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}
command -v "$uv" >/dev/null || { echo "make lock needs uv: set UV to where it is."; exit 1; }
compile() {
    "$uv" pip compile --quiet --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header pyproject.toml "$@"
}
compile -c requirements/wagtail74.in -o requirements/run.txt
compile --group test -c requirements/run.txt -o requirements/test.txt
compile --extra semantic -c requirements/run.txt --override requirements/overrides.in \
    requirements/semantic.in -o requirements/semantic.txt
compile --group test -c requirements/wagtail80.in -o requirements/wagtail80.txt
