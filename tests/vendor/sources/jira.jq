# In: what documents.sh or lay_out.sh print.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
# `2015-12-07T14:19:13.000-0800` in UTC.
def utc: if . == null then "missing" else
  capture("^(?<at>[^.]+)\\.000(?<sign>[+-])(?<h>..)(?<m>..)$")
  | ((.at + "Z" | fromdate) - (if .sign == "-" then -1 else 1 end) * ((.h | tonumber) * 3600 + (.m | tonumber) * 60)) | todate end;
def person($r): if . == null then "missing" else
  (.emailAddress // .accountId) as $shown
  | if $shown == null then "missing" else
      [.emailAddress, .accountId | values | . as $o | whose($r; "jira"; $o) | select(startswith("jira:") | not)][0] // "jira:" + $shown end end;

.["registers.json"] as $r
| [documents("jira/")[].issues[] | .fields as $f
    | ([$f.issuetype.name, $f.labels[]] | map(ascii_downcase | gsub("[ _]"; "-"))) as $says
    | ($f.status.statusCategory.key // (if $f.resolution then "done" else null end)) as $category
    | ($category == "done" and ($f.resolution.name | IN("Declined", "Won't Fix", "Duplicate"))) as $declined
    | "Ticket \(.key) | \($f.summary // .key) | \(if $says | index("security-concern") then "security_concern"
        elif $says | index("access-request") then "access_request" elif $says | index("bug") then "remediation" else "change" end)"
      + " \(if $declined then "rejected" elif $category == "done" then "resolved" elif $category == "indeterminate" then "in_progress" else "open" end)"
      + " \($f.reporter | person($r)) \($f.assignee | person($r)) \($f.created | utc)"
      + " \([.changelog.histories[]? | select(any(.items[]; .field | IN("status", "assignee"))) | .created | utc] | min | shown)"
      + " \($f.duedate | shown) \($f.resolutiondate | utc)"
      + " \(if $declined then "declined" elif $f.resolution.name == "Fixed" then "fixed" else "missing" end)"
      + " | \(.renderedFields.description // "" | gsub("<[^>]*>"; "") | if . == "" then "missing" else . end)"
  ] | sort
