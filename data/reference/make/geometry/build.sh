#!/bin/sh
# Rebuild data/reference/geometry in a temporary folder, and move it into place if its sha256 are the known ones.
# Needs Node.js. Versions are fixed in package.json; build.mjs checks the sha256 of the outlines it reads.
# --ignore-scripts: no installation script runs; --legacy-peer-deps: we want the data of the plugin, not React.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
geometry=$here/../../geometry
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/build.mjs" "$here/package.json" "$here/calibration.json" "$geometry/SHA256SUMS" "$work"
cd "$work"
npm install --ignore-scripts --legacy-peer-deps --no-audit --no-fund --no-package-lock
node build.mjs
sha256sum -c SHA256SUMS
mv regions.geojson departements.geojson cadres.geojson encarts.json centres_departements.json "$geometry"
