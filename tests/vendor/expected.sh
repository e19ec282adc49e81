#!/bin/sh
# Works out, with jq alone, what aws.writ must find in each recording below a folder, and prints it as JSON:
#   expected.sh FOLDER
# For each file, what is found: check, JSON pointer of the record, message; and for groups, how many there are. Its
# output is kept as expected.json (the recordings) and made/expected.json (made/); the tests compare with both.
set -eu
cd "$1"

private='def private: test("^(10\\.|127\\.|169\\.254\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.)");'
length='def bits: split("/")[1] | tonumber;'

groups() {
  jq -c "$private $length"'
    def open: any((.IpRanges // [])[].CidrIp, (.Ipv6Ranges // [])[].CidrIpv6; bits == 0);
    def https: .IpProtocol == "tcp" and .FromPort == 443 and .ToPort == 443;
    { file: $file, findings: ([
      (.SecurityGroups | to_entries[] | .key as $g | .value as $group |
        ($group.IpPermissions | to_entries[] | .key as $p | .value |
          (select(open and (https | not)) |
            { check: "AWS-01.only_https", pointer: "/SecurityGroups/\($g)/IpPermissions/\($p)",
              message: "\($group.GroupId) opens \(.IpProtocol) \(.FromPort // 0)-\(.ToPort // 65535) to the world" }),
          (.IpProtocol as $protocol | .IpRanges // [] | to_entries[] | select((.value.CidrIp | private | not)
              and (.value.CidrIp | bits) > 0 and (.value.CidrIp | bits) < 24) |
            { check: "AWS-01.wide_ranges", pointer: "/SecurityGroups/\($g)/IpPermissions/\($p)/IpRanges/\(.key)",
              message: "\($group.GroupId) lets \(.value.CidrIp) in over \($protocol)" })),
        ($group | select(any(.IpPermissions[]; open and (https | not))) |
          { check: "AWS-01.groups", pointer: "/SecurityGroups/\($g)",
            message: "\(.GroupId) opens more than HTTPS to the world" }))
    ] | sort_by(.check, .pointer)), groups: (.SecurityGroups | length),
      permissions: ([.SecurityGroups[].IpPermissions[]] | length) }' --arg file "$1" "$1"
}

policies() {
  jq -c '.PasswordPolicy |
    ([.RequireSymbols, .RequireNumbers, .RequireUppercaseCharacters, .RequireLowercaseCharacters] | map(select(.)) | length) as $classes |
    { file: $file, findings: [
      if .MinimumPasswordLength < 12 then
        { check: "AWS-02.strong", pointer: "/PasswordPolicy", message: "\(.MinimumPasswordLength) characters are enough" }
      elif $classes < 2 then
        { check: "AWS-02.strong", pointer: "/PasswordPolicy", message: "\($classes) classes of characters are enough" }
      else empty end ] }' --arg file "$1" "$1"
}

users() {
  # A device that is older than the user belonged to somebody else of that name. (All times are in UTC.)
  jq -c --slurpfile devices "$2" '[$devices[].MFADevices[]] as $all |
    { file: $file, findings: ([.Users | to_entries[] | .value as $user |
      select($user.PasswordLastUsed != null and
        (any($all[]; .UserName == $user.UserName and .EnableDate >= $user.CreateDate) | not)) |
      { check: "AWS-03.users", pointer: "/Users/\(.key)",
        message: "signed in at \(.value.PasswordLastUsed) without a second factor" }] | sort_by(.pointer)) }' \
    --arg file "$1" "$1"
}

devices() {
  jq -c '{ file: $file, findings: ([.VirtualMFADevices | to_entries[] |
    if .value.User.Arn == null then
      { check: "AWS-03.devices_assigned", pointer: "/VirtualMFADevices/\(.key)", message: "belongs to nobody" }
    elif .value.EnableDate == null then
      { check: "AWS-03.devices_assigned", pointer: "/VirtualMFADevices/\(.key)",
        message: "has an owner, and was never switched on" }
    else empty end] | sort_by(.pointer)) }' --arg file "$1" "$1"
}

{
  for file in ec2/DescribeSecurityGroups/*.json; do groups "$file"; done
  if [ -d iam ]; then
    for file in iam/GetAccountPasswordPolicy/*.json; do policies "$file"; done
    for file in iam/ListUsers/*.json; do users "$file" iam/ListMFADevices/test_iam_mfa_filter-3.json; done
    for file in iam/ListVirtualMFADevices/*.json; do devices "$file"; done
  fi
} | jq -s -c '.[]' | { printf '[\n'; sed '$!s/$/,/'; printf ']\n'; }
