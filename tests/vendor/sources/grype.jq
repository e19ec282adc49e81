# In: what documents.sh prints.
include "shown";

def artifact: .source.target | if type == "object" then .userInput else . end;
def seconds: sub("\\.[0-9]+"; "") | if endswith("Z") then fromdate else (capture("^(?<t>.*)(?<s>[+-])(?<h>..):(?<m>..)$")
  | (.t + "Z" | fromdate) - (if .s == "+" then 1 else -1 end) * ((.h | tonumber) * 3600 + (.m | tonumber) * 60)) end;
def day: seconds | todate[:10];

[to_entries[] | select(.key | startswith("grype/")) | .value] as $reports
| [$reports[] | . as $report | .matches[]
    | {artifact: ($report | artifact), at: $report.descriptor.timestamp, match: .,
       id: "grype:\($report | artifact)/\(.artifact.name)@\(.artifact.version)\(.artifact.locations[0].path // "")/\(.vulnerability.namespace)/\(.vulnerability.id)"}]
| group_by(.id)
| map(sort_by(.at | seconds) | . as $all | .[0] as $first | .[-1] as $last | $first.match as $m
    | ([$reports[] | select(artifact == $first.artifact) | .descriptor.timestamp | select(seconds > ($last.at | seconds))] | min_by(seconds)) as $gone
    | "Finding \($first.id) | \($m.vulnerability.id) in \($m.artifact.name) \($m.artifact.version) | vulnerability_scan"
      + " \($last.match.vulnerability.severity | ascii_downcase | if . == "unknown" then "low" elif . == "negligible" then "info" else . end)"
      + " \(if $gone then "resolved" else "open" end) \($first.at | day)"
      + " \([$all[] | select(.match.vulnerability.fix.state == "fixed")
          | ([.match.vulnerability.fix.available[]?.date] | min) // (.at | day)] | min | shown)"
      + " \(if $gone then $gone | day else "missing" end) missing")
| sort
