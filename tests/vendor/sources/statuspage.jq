# In: what documents.sh prints.
include "shown";

[to_entries[] | select(.key | startswith("statuspage/")) | .value[] | . as $i
  | (.incident_updates[]
    | "Publication statuspage:\(.id) | \(if $i.impact == "maintenance" then "change_notice" else "incident_notice" end) status_page {customers}"
      + " \(.created_at | time) missing \($i.shortlink) | \($i.metadata.incident.id | shown) \($i.metadata.change.id | shown)"),
    (select(.postmortem_published_at)
    | "Postmortem statuspage:\(.id)/postmortem | \(.metadata.incident.id) \(.postmortem_published_at | time)"
      + " {summary, timeline, root_cause, lessons_learned, action_items} {customers}")]
| sort
