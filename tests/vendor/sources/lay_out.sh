#!/bin/sh
# Prints the same document as documents.sh, made of recordings instead:
#   lay_out.sh MANIFEST RECORDINGS [REGISTERS]
# The manifest says of each file of evidence which value of which recording it holds (`file.json#/pointer`), or of which
# values it is an array. A recording in JSON Lines is an array of its lines. An object is the file itself, which a company writes
# beside the export; or, where it has a member `recorded`, a recording to which the members in `with` were added.
set -eu
jq -r 'to_entries[] | .key as $path | .value | if type == "object" then select(.recorded) else {recorded: .} end
  | (.with // {} | tojson) as $added | .recorded | type as $type | if $type == "array" then .[] else . end |
  split("#") as [$file, $pointer] | [$path, $type, $file, $added, $pointer] | join("\t")' "$1" |
  while IFS="$(printf '\t')" read -r path type file added pointer; do
    case "$file" in *.jsonl) slurp=-s ;; *) slurp= ;; esac
    jq $slurp --arg path "$path" --arg type "$type" --argjson added "$added" --arg pointer "$pointer" \
      '{path: $path, type: $type, value: getpath($pointer | split("/")[1:] | map(tonumber? // .)) | (if $added == {} then . else . + $added end)}' "$2/$file"
  done | jq -s --slurpfile registers "$3" --slurpfile manifest "$1" '
    (group_by(.path) | map({(.[0].path): (if .[0].type == "array" then map(.value) else .[0].value end)}) | add)
    + ($manifest[0] | with_entries(select(.value | type == "object" and (has("recorded") | not)))) + {"registers.json": $registers[0]}'
