# In: what documents.sh or lay_out.sh print.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
def days: "\(.) day\(if . == 1 then "" else "s" end)";
def tag($name): [.TagList[]? | select(.Key | ascii_downcase == $name) | .Value][0];
# The environment by the tag, else by the account, which is the fifth part of the name.
def runs_in($environments; $arn):
  tag("environment") // ([$environments[] | select(.boundary == ($arn / ":")[4]) | .id] | select(length == 1)[0]);

def store($environments; $arn; $name; $created): .BackupRetentionPeriod as $days
  | ("DataStore aws:\($arn) | \($name) \(if .Engine == "docdb" or .Engine == "neptune" then "nosql_database" else "relational_database" end)"
     + " \(tag("system") | shown) \(runs_in($environments; $arn)) | \(tag("classification") | if . then ascii_downcase else "missing" end)"
     + " \(tag("customer-data") != "false") \(tag("production-data") != "false") \(tag("backup") != "false") \(tag("backup-reason") | shown)"
     + " | \(if $days > 0 then "1 day 1 day \($days | days) true" else "missing missing missing missing" end)"),
    ($created | values | "DataStore aws:\($arn) | set up \(.[:10])");
def check($arn; $name; $at; $good):
  "ControlCheck aws:\($arn)/\($name) | aws \($name) true \($at) \(if $good then "passing" else "failing" end)";
def checks($arn; $at): check($arn; "rds-storage-encrypted"; $at; .StorageEncrypted), check($arn; "db-instance-backup-enabled"; $at; .BackupRetentionPeriod != 0);

.["registers.json"].Environment as $environments
| ([documents("aws/exported-at")[].exported_at] | min) as $at
| [documents("aws/db-instances")[].DBInstances[]] as $instances
| [documents("aws/db-clusters")[].DBClusters[]] as $clusters
| [
    ($instances[] | select(.DBClusterIdentifier == null)
      | store($environments; .DBInstanceArn; .DBInstanceIdentifier; .InstanceCreateTime), (select($at) | checks(.DBInstanceArn; $at))),
    ($clusters[] | store($environments; .DBClusterArn; .DBClusterIdentifier; .ClusterCreateTime), (select($at) | checks(.DBClusterArn; $at))),
    (select($at) | $instances[] | check(.DBInstanceArn; "rds-instance-public-access-check"; $at; .PubliclyAccessible | not))
  ] | sort
