# In: what documents.sh or lay_out.sh print.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
def zulu: if . == null or (test("^2[0-9]{3}-|^1[0-9]{3}-") | not) then "missing" else sub("\\+00:00$"; "Z") end;
def owner($r): . as $original | whose($r; "aws"; $original);
# Lines of the report, each an object by the names of the columns.
def lines: .Content | (if test(",") then . else @base64d end) | split("\n") | map(select(. != "") | split(","))
  | .[0] as $names | .[1:][] | [$names, .] | transpose | map({(.[0]): .[1]}) | add;

.["registers.json"] as $r | . as $all
| [documents("aws/credential-report")[] | lines] as $users
| [
  ($users[] | ("aws:" + .arn) as $id | (.user == "<root_account>") as $root | (.password_enabled | ascii_downcase == "true") as $password
    | ("Account \($id) | aws \(.user) \(if $root then "break_glass" elif $password then "human" else "service" end) \(.user | owner($r)) true"
       + " | \(.user_creation_time | zulu) missing"
       + " \([.password_last_used, .access_key_1_last_used_date, .access_key_2_last_used_date] | map(zulu | select(. != "missing")) | max | shown)"
       + " | \($root or $password) false \(.mfa_active) \(if .mfa_active == "true" then "{totp}" else "{}" end)"),
      (select($password) | "Credential \($id)/password | \($id) password console missing true \(.user_creation_time | zulu) \(.password_last_changed | zulu)"),
      ([.access_key_1_active, .access_key_1_last_rotated, "1"], [.access_key_2_active, .access_key_2_last_rotated, "2"]
        | select(.[0] == "true" or (.[1] | zulu) != "missing")
        | "Credential \($id)/key-\(.[2]) | \($id) access_key non_console \($id)/key-\(.[2]) \(.[0]) \(.[1] | zulu) \(.[1] | zulu)")),

  (.["aws/password-policy.json"].PasswordPolicy | values
    | "AuthPolicy aws:password-policy | aws true \(.MinimumPasswordLength)"
      + " \([.RequireSymbols, .RequireNumbers, .RequireUppercaseCharacters, .RequireLowercaseCharacters] | map(select(.)) | length) false"
      + " \(all($users[] | select(.password_enabled == "true" or .user == "<root_account>"); .mfa_active == "true")) {totp, webauthn, hardware_token}"),

  (documents("aws/security-groups")[].SecurityGroups[] | . as $group | .IpPermissions[]
    | ({"tcp": "tcp", "udp": "udp", "icmp": "icmp"}[.IpProtocol] // "any") as $protocol
    | [(.IpRanges, .Ipv6Ranges, .UserIdGroupPairs, .PrefixListIds)[]?] as $whom
    | "FirewallRule aws:\($group.GroupId)/\(.IpProtocol)/\(.FromPort // 0)-\(.ToPort // 65535)"
      + " | \([$group.Tags[]? | select(.Key | ascii_downcase == "environment") | .Value][0] | shown) inbound allow \($protocol)"
      + " \(if $protocol == "icmp" then "0 65535" else "\(.FromPort // 0) \(.ToPort // 65535)" end)"
      + " \([.IpRanges[]?.CidrIp, .Ipv6Ranges[]?.CidrIpv6] | map(sub("/32$"; "")) | set)"
      + " | \(if all($whom[]; .Description != null) then $whom[0].Description | shown else "missing" end)")
] | sort
