#!/bin/sh
# Prints one document that holds every JSON file below a folder, by its path there:
#   documents.sh FOLDER
# So what a vendor's export must come to is worked out with jq alone:
#   documents.sh github/evidence | jq -L . -f github.jq > github/expected.json
set -eu
cd "$1"
find . -name '*.json' | sort | while read -r file; do
  jq --arg path "${file#./}" '{($path): .}' "$file"
done | jq -s 'add'
