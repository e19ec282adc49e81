#!/bin/sh
# Prints the same document as documents.sh, made of recordings instead:
#   lay_out.sh MANIFEST RECORDINGS [REGISTERS]
# The manifest says of each file of evidence which value of which recording it holds (`file.json#/pointer`), or of which
# values it is an array. A recording in JSON Lines is an array of its lines. What stands there as an object is the file itself: what
# a company writes beside the export.
set -eu
jq -r 'to_entries[] | .key as $path | .value | select(type != "object") | type as $type | if $type == "array" then .[] else . end |
  split("#") as [$file, $pointer] | [$path, $type, $file, $pointer] | @tsv' "$1" |
  while IFS="$(printf '\t')" read -r path type file pointer; do
    case "$file" in *.jsonl) slurp=-s ;; *) slurp= ;; esac
    jq $slurp --arg path "$path" --arg type "$type" --arg pointer "$pointer" \
      '{path: $path, type: $type, value: getpath($pointer | split("/")[1:] | map(tonumber? // .))}' "$2/$file"
  done | jq -s --slurpfile registers "$3" --slurpfile manifest "$1" '
    (group_by(.path) | map({(.[0].path): (if .[0].type == "array" then map(.value) else .[0].value end)}) | add)
    + ($manifest[0] | with_entries(select(.value | type == "object"))) + {"registers.json": $registers[0]}'
