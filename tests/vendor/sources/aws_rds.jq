# In: what documents.sh or lay_out.sh print.
include "shown";
include "rds_stores";

def check($arn; $name; $at; $good):
  "ControlCheck aws:\($arn)/\($name) | aws \($name) true \($at) \(if $good then "passing" else "failing" end)";
def checks($arn; $at): check($arn; "rds-storage-encrypted"; $at; .StorageEncrypted), check($arn; "db-instance-backup-enabled"; $at; .BackupRetentionPeriod != 0);

([documents("aws/exported-at")[].exported_at] | min) as $at
| [documents("aws/db-instances")[].DBInstances[]] as $instances
| [
    rds_stores,
    (select($at) | $instances[] | select(.DBClusterIdentifier == null) | checks(.DBInstanceArn; $at)),
    (select($at) | documents("aws/db-clusters")[].DBClusters[] | checks(.DBClusterArn; $at)),
    (select($at) | $instances[] | check(.DBInstanceArn; "rds-instance-public-access-check"; $at; .PubliclyAccessible | not))
  ] | sort
