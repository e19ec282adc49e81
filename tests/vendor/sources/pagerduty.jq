# In: what documents.sh prints.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];

.["registers.json"] as $r
| [documents("pagerduty/users")[].users[]] as $users
| [documents("pagerduty/log-entries")[].log_entries[]] as $entries
| [documents("pagerduty/incidents")[].incidents[] | . as $i
  | [$entries[] | select(.incident.id == $i.id)] | sort_by(.created_at) | . as $log
  | [reverse[] | select(.type == "annotate_log_entry") | .channel.summary | split("\n")[] | ascii_downcase] as $notes
  | def said($topic): [$notes[] | select(startswith($topic + ": ")) | ltrimstr($topic + ": ")][0];
  def first_of($types): [$log[] | select(.type as $type | $types | index($type))] as $found | $found[0];
  [$log[] | select((.type == "acknowledge_log_entry" or .type == "resolve_log_entry") and .agent.type == "user_reference")] as $taken
  | ($i.assignments[0].assignee.id // $taken[0].agent.id) as $user
  | {"P1": "critical", "SEV-2": "high", "P3": "medium", "P5": "info"}[$i.priority.summary // ""] as $severity
  | "Incident pagerduty:\($i.id) | \($i.title)"
    + " | \(said("kind") // (if $i.incident_type.name == "privacy_incident" then "privacy" else "security" end)) \($severity | shown)"
    + " \(if $notes | index("false positive") then "false_positive" elif $i.status == "resolved" then "resolved" elif $taken[0] then "confirmed" else "suspected" end)"
    + " \([$r.System[] | select((.name | ascii_downcase) == ($i.service.summary | ascii_downcase)) | .id][0] | shown)"
    + " \(if $user then ([$users[] | select(.id == $user) | .email][0] | whose($r; "pagerduty"; $user)) else "missing" end)"
    + " | \($i.created_at) \($taken[0].created_at | shown)"
    + " \(if $i.priority then first_of(["priority_change_log_entry"]).created_at // $i.created_at else "missing" end)"
    + " \(first_of(["status_update_log_entry"]).created_at | shown) \($log[-1].created_at)"
    + " \(if $i.status == "resolved" then $i.resolved_at // $i.last_status_change_at else "missing" end)"
    + " | \(said("ticket") | if . then ascii_upcase else "missing" end)"
    + " \(said("notice") | if . == null then "missing" else . == "required" end)"]
| sort
