#!/usr/bin/env bash
# Make card.png and card.zh.png anew: the top of the HTML card, as Chromium shows it.
# The other pictures are made by the commands of the pages: pytest tests/command/test_docs.py --update-golden
set -euo pipefail
cd "$(dirname "$0")/../.."
chromium=${CHROMIUM:-chromium}
kpicard=${KPICARD:-.venv/bin/kpicard}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

picture() { # language, file, height
  "$kpicard" score examples/2026-10.csv --roles roles --employee E017 --lang "$1" --format html --output "$scratch/$1.html"
  # Only the card, without the title of the whole file above it. The page's own policy would refuse that style.
  sed -i.bak -e 's#<meta http-equiv="Content-Security-Policy"[^>]*>##' \
    -e 's#</style>#.cover { display: none } main { padding: 0 } .page { margin: 0 !important }</style>#' "$scratch/$1.html"
  "$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.25 \
    --window-size=840,$3 --screenshot="$PWD/docs/pictures/$2" "file://$scratch/$1.html" 2>/dev/null
}

picture en card.png 790
picture zh card.zh.png 735
