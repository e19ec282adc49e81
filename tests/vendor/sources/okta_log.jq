# In: what documents.sh or lay_out.sh print.
include "shown";
include "okta_accounts";

def of($kind): [.target[]? | select(.type == $kind)][0];
def latest: max_by(.published);

. as $all
| .["registers.json"] as $r
| [documents("okta/logs")[] | select(.outcome.result == "SUCCESS")] as $events
| documents("okta/apps") as $apps
| ([documents("okta/users")[].id]) as $users
| [documents("okta/app-users")[] | [.id, (._links.app.href | split("/") | last)]] as $assigned
| def times($type; $user): [$events[] | select(.eventType == $type and of("User").id == $user) | .published];
[
  okta_accounts,

  ([$events[] | select(.eventType == "user.lifecycle.delete.completed")] | group_by(of("User").id)[] | latest
    | of("User") as $user | .published as $at | select($users | index($user.id) | not)
    | "Account okta:\($user.id) | okta \($user.alternateId) human \([$user.alternateId] | owner($r; $user.alternateId)) false"
      + " | \(times("user.lifecycle.create"; $user.id) | max | time)"
      + " \(([times("user.lifecycle.deactivate"; $user.id)[] | select(. <= $at)] | max) // $at | time)"
      + " \([$events[] | select(.eventType == "user.session.start" and .actor.id == $user.id) | .published] | max | time) | false false false {}"),

  ([$events[] | select(.eventType == "application.user_membership.remove")] | group_by([of("User").id, of("AppInstance").id])[] | latest
    | of("User") as $user | of("AppInstance") as $app | of("AppUser").alternateId as $login | .published as $at
    | select($assigned | index([[$user.id, $app.id]]) | not)
    | $r.System[] | select((.name | ascii_downcase) == ($app.displayName | ascii_downcase)) | .id as $system
    | ([$events[] | select(.eventType == "application.user_membership.add" and of("User").id == $user.id and of("AppInstance").id == $app.id
        and .published <= $at) | .published] | max) as $since
    | ([$apps[] | select(.id == $app.id) | .signOnMode | IN("SAML_2_0", "OPENID_CONNECT")][0]) as $sso
    | "okta:\($app.id):\($user.id)" as $id
    | "Account \($id) | \($system) \($login) human \([$login, $user.alternateId] | owner($r; $user.id)) false"
      + " | \($since | time) \($at | time) missing | \($sso == false) \($sso == true) false {}",
      (select($since) | "AccessGrant \($id) | \($id) \($app.displayName) false application missing \($since | time) missing \($at | time) missing"))
] | sort
