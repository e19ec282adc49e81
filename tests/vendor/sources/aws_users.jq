# In: what documents.sh or lay_out.sh print.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
def zulu: if . == null then "missing" else sub("\\+00:00$"; "Z") end;
def owner($r): . as $original | whose($r; "aws"; $original);

.["registers.json"] as $r
| [documents("aws/mfa-devices")[].MFADevices[]] as $devices
| [documents("aws/login-profiles")[].LoginProfile] as $profiles
| [documents("aws/access-keys")[].AccessKeyMetadata[]] as $keys
| [ documents("aws/users")[].Users[] | .UserName as $name | ("aws:" + .Arn) as $id
    | [$profiles[] | select(.UserName == $name)] as $password
    | [$devices[] | select(.UserName == $name) | .SerialNumber
       | if contains(":mfa/") then "totp" elif contains(":u2f/") then "webauthn" else "hardware_token" end] as $methods
    | ("Account \($id) | aws \($name) \(if $password != [] then "human" else "service" end) \($name | owner($r)) true"
       + " | \(.CreateDate | zulu) missing \(.PasswordLastUsed | zulu) | \($password != []) false \($methods != []) \($methods | set)"),
      ($password[] | "Credential \($id)/password | \($id) password console missing true \(.CreateDate | zulu) missing"),
      ($keys[] | select(.UserName == $name)
       | "Credential aws:\(.AccessKeyId) | \($id) access_key non_console \(.AccessKeyId) \(.Status == "Active") \(.CreateDate | zulu) \(.CreateDate | zulu)")
  ] | sort
