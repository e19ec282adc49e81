# In: what documents.sh prints.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
def on: (.suspended or .archived or .deletionTime != null) | not;
def owner($r): [.primaryEmail, (.aliases // [])[]] as $names
  | [.externalIds[]? | select(.type == "organization") | .value as $n | $r.Person[] | select(.id == $n) | .id][0]
    // [$names[] | . as $original | whose($r; "google"; $original) | select(startswith("google:") | not)][0]
    // "google:" + .primaryEmail;

.["registers.json"] as $r
| [documents("google/users")[].users[]] as $users
| [documents("google/policies")[].policies[]] as $policies
| [
  ($users[] | "Account google:\(.id) | google \(.primaryEmail) human \(owner($r)) \(on) | \(.creationTime | time) \(.deletionTime | time)"
    + " \(.lastLoginTime | if startswith("1970") then "missing" else time end) | true false \(.isEnrolledIn2Sv) \(if .isEnrolledIn2Sv then "{totp}" else "{}" end)"),
  ($policies[] | select(.setting.type == "settings/security.password")
    | "AuthPolicy google:\(.name) | google true \(.setting.value.minimumLength) 0 \(.setting.value.allowedStrength == "STRONG")"
      + " \(all($users[] | select(on); .isEnforcedIn2Sv))"
      + " \([$policies[].setting.value.allowedSignInFactorSet | values | {"NO_TELEPHONY": ["totp", "push", "webauthn"]}[.][]] | set)")
] | sort
