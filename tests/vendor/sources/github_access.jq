# In: what documents.sh prints.
include "shown";

.["registers.json"] as $r | . as $all
| ($all["github/members-2fa-insecure.json"] | map(.id)) as $insecure
| ([$all["github/members-2fa-disabled.json"][], $all["github/outside-collaborators-2fa-disabled.json"][]] | map(.id)) as $disabled
| [
  (($all["github/members.json"][] | . + {weakest: (if .id as $id | $insecure | index($id) then "sms" else "totp" end)}),
    ($all["github/outside-collaborators.json"][] | . + {weakest: "sms"})
    | (.id as $id | $disabled | index($id) == null) as $enrolled
    | "Account github:\(.id) | github \(.login) \(if .type == "Bot" then "service" else "human" end)"
      + " \(.login as $login | $login | whose($r; "github"; $login)) true | missing missing missing"
      + " | false false \($enrolled) \(if $enrolled then "{\(.weakest)}" else "{}" end)"),
  ($all["github/collaborators.json"][].data.organization.repositories.nodes[] | . as $repository | .collaborators.edges[]
    | "AccessGrant github:\($repository.databaseId):\(.node.databaseId) | github:\(.node.databaseId)"
      + " \($repository.nameWithOwner): \(.permission | ascii_downcase) \(.permission == "ADMIN" or .permission == "MAINTAIN")"
      + " application missing \($repository.createdAt) missing missing"
      + " \([.permissionSources[].source | select(.__typename == "Team") | .slug] | if length > 0 then "by the team " + join(", ") else "missing" end)")
] | sort
