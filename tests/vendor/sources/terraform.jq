# In: what documents.sh prints.
include "shown";

def protocol: {"tcp": "tcp", "6": "tcp", "udp": "udp", "17": "udp", "icmp": "icmp", "icmpv6": "icmp"}[.] // "any";
def ports($from; $to): if . == "tcp" or . == "udp" then "\($from) \($to)" else "0 65535" end;
def networks: map(select(. != null) | sub("/(32|128)$"; "")) | set;
def tag($name): (.tags_all // .tags // {})[$name];
def days: "\(.) day\(if . == 1 then "" else "s" end)";

# Of one rule: what is in it, its own id and its environment.
def rule($id; $environment; $name): . as $rule | ($name | protocol) as $p
  | "FirewallRule \($id) | \($environment | shown) inbound allow \($p) \($p | ports($rule.from_port; $rule.to_port))"
    + " \([.cidr_blocks[]?, .cidr_ipv4?, .ipv6_cidr_blocks[]?, .cidr_ipv6?] | networks)"
    + " | \(if (.description // "") == "" then "missing" else .description end)";

def store($address; $kind): "DataStore terraform:\($address) | \(.identifier // .cluster_identifier // .bucket) \($kind)"
  + " \(tag("system") | shown) \(tag("environment")) | \(tag("classification") | if . then ascii_downcase else "missing" end)"
  + " \(tag("customer-data") != "false") \(tag("production-data") != "false") \(tag("backup") != "false") \(tag("backup-reason") | shown)"
  + " | \(if (.backup_retention_period // 0) > 0 then "1 day 1 day \(.backup_retention_period | days) true" else "missing missing missing missing" end)";

def check($address; $name; $at; $good): "ControlCheck terraform:\($address)/\($name)"
  + " | terraform \($name) true \($at) \(if $good then "passing" else "failing" end)";

[to_entries[] | select(.key | startswith("terraform/")) | .value | .timestamp as $at
  | [.resource_changes[] | select(.mode == "managed" and .change.actions != ["delete"])] as $all
  | [$all[] | select(.type == "aws_s3_bucket_public_access_block") | .change.after
      | select(.block_public_acls and .block_public_policy and .ignore_public_acls and .restrict_public_buckets) | .bucket] as $shut
  | ([$all[] | select(.type == "aws_lb") | .change.after | {(.arn): .}] | add) as $balancers
  | $all[] | .address as $address | .type as $type | .change.after
  | if $type == "aws_security_group" then
      tag("environment") as $environment | .ingress[]
      | rule("terraform:\($address)/\(.protocol)/\(.from_port)-\(.to_port)/\(.cidr_blocks | join(","))\(.ipv6_cidr_blocks | join(","))"; $environment; .protocol)
    elif $type == "aws_security_group_rule" and .type == "ingress" then
      rule("terraform:\($address)"; tag("environment"); .protocol)
    elif $type == "aws_vpc_security_group_ingress_rule" then
      rule("terraform:\($address)"; tag("environment"); .ip_protocol)
    elif $type == "aws_db_instance" or $type == "aws_rds_cluster" then
      store($address; "relational_database"),
      check($address; "rds-storage-encrypted"; $at; .storage_encrypted == true),
      check($address; "db-instance-backup-enabled"; $at; .backup_retention_period > 0),
      (select($type == "aws_db_instance") | check($address; "rds-instance-public-access-check"; $at; .publicly_accessible | not))
    elif $type == "aws_s3_bucket" then
      store($address; "object_store"),
      (.bucket as $bucket | check($address; "s3-bucket-level-public-access-prohibited"; $at; $shut | index($bucket) != null))
    elif ($type | test("^aws_(lb|alb)_listener$")) then
      $balancers[.load_balancer_arn // ""] as $balancer
      | "Endpoint terraform:\($address) | \($balancer.dns_name // $address) \(.port) \(.protocol | ascii_downcase) \(tag("system") | shown)"
        + " \(tag("environment") | shown) | \($balancer.internal != true) \(tag("service-data") != "false")"
        + " \([.default_action[].redirect[0]?.protocol] | length > 0 and all(. == "HTTPS"))"
        + " \({"ELBSecurityPolicy-TLS13-1-2-2021-06": "{tls1_2, tls1_3}", "ELBSecurityPolicy-2016-08": "{tls1_0, tls1_1, tls1_2}"}[.ssl_policy // ""] // "{}")"
        + " missing missing \($at)"
    else empty end
] | sort
