# What databases of RDS come to as stores.
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

# In: what documents.sh or lay_out.sh print.
def rds_stores: .["registers.json"].Environment as $environments
  | (documents("aws/db-instances")[].DBInstances[] | select(.DBClusterIdentifier == null)
      | store($environments; .DBInstanceArn; .DBInstanceIdentifier; .InstanceCreateTime)),
    (documents("aws/db-clusters")[].DBClusters[] | store($environments; .DBClusterArn; .DBClusterIdentifier; .ClusterCreateTime));
