# What Okta's users, and who is assigned to its applications, come to as accounts and rights.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value[]];
def gone: IN("SUSPENDED", "DEPROVISIONED");
# The first that is known, or else a key that nobody has.
def owner($registers; $fallback):
  [.[] | values | . as $original | whose($registers; "okta"; $original) | select(startswith("okta:") or . == "missing" | not)][0]
  // "okta:" + $fallback;

# In: what documents.sh or lay_out.sh print.
def okta_accounts: . as $all
| .["registers.json"] as $r
| documents("okta/users") as $users
| documents("okta/factors") as $factors
| documents("okta/apps") as $apps
| {"push": "push", "signed_nonce": "push", "webauthn": "webauthn", "u2f": "webauthn", "token:software:totp": "totp", "token:hardware": "hardware_token",
   "sms": "sms", "call": "voice", "email": "email", "question": "security_question"} as $methods
| ($users[] | .id as $id
    | ([$factors[] | select(.status == "ACTIVE" and (._links.user.href | endswith("/users/\($id)"))) | $methods[.factorType] | values]) as $mine
    | (.profile.employeeNumber as $number | [$r.Person[] | select(.id == $number) | .id][0]) as $numbered
    | "Account okta:\(.id) | okta \(.profile.login) human \($numbered // ([.profile.login, .profile.email] | owner($r; $users[] | select(.id == $id).profile.login)))"
      + " \(.status | gone | not) | \(.created | time) \(if .status | gone then .statusChanged | time else "missing" end) \(.lastLogin | time)"
      + " | \(.credentials.provider.type // "OKTA" | IN("OKTA", "IMPORT")) false \($mine != []) \($mine | set)"),

  ($all | documents("okta/app-users")[] | . as $assigned | $apps[] | select(.id == ($assigned._links.app.href | split("/") | last)) | . as $app
    | $r.System[] | select((.name | ascii_downcase) == ($app.label | ascii_downcase)) | . as $system
    | ($app.status == "ACTIVE" and ($assigned.status | IN("DEPROVISIONED", "SUSPENDED", "INACTIVE") | not)) as $open
    | ($app.signOnMode | IN("SAML_2_0", "OPENID_CONNECT")) as $sso
    | (if $open then "missing" else $assigned.statusChanged | time end) as $ended
    | ("okta:\($app.id):\($assigned.id)") as $id
    | ("Account \($id) | \($system.id) \($assigned.credentials.userName) human"
       + " \([$assigned.credentials.userName, $assigned.profile.email] | owner($r; $assigned.id)) \($open) | \($assigned.created | time) \($ended) missing"
       + " | \($sso | not) \($sso) false {}"),
      "AccessGrant \($id) | \($id) \($app.label) false application missing \($assigned.created | time) missing \($ended) missing");
