# In: what documents.sh or lay_out.sh print.
include "shown";
include "rds_stores";

# A time as Writ shows it: in UTC, with no more of the second than there is.
def utc: if . == null then "missing" else sub("\\+00:00$"; "Z") | sub("(?<f>\\.[0-9]*?)0+Z$"; "\(.f)Z") | sub("\\.Z$"; "Z") end;
def seconds: sub("\\.[0-9]+"; "") | sub("\\+00:00$"; "Z") | fromdate;
# The fields of a name before the kind of what it names.
def place: split(":")[:5] | join(":");
def status: {"available": "completed", "failed": "failed"}[.] // "in_progress";
def backup($id; $store; $kind; $automated; $status; $from; $to; $encrypted):
  "Backup aws:\($id) | aws:\($store) \($kind) \($automated) \($status) | \($from | utc) \($to | utc) \($encrypted) missing missing";
def snapshot($arn; $store; $at; $encrypted): (.Status | status) as $status
  | backup($arn; $store; "full"; .SnapshotType == "automated"; $status; $at; if $status == "completed" then $at else null end; $encrypted);
def own: select(.SnapshotType == "automated" or .SnapshotType == "manual") | select(.SnapshotCreateTime);

[rds_stores] as $shown
| [documents("aws/db-instances")[].DBInstances[] | select(.DBClusterIdentifier == null)] as $instances
| [documents("aws/db-clusters")[].DBClusters[]] as $clusters
| ([$instances[] | {(.DBInstanceArn): (.DbiResourceId // "")}] + [$clusters[] | {(.DBClusterArn): (.DbClusterResourceId // "")}] | add) as $stores
| [
    $shown[],
    (documents("aws/db-snapshots")[].DBSnapshots[] | own
      | "\(.SourceDBSnapshotIdentifier // .DBSnapshotArn | place):db:\(.DBInstanceIdentifier)" as $store
      | select($stores[$store]) | select(.DbiResourceId == null or .DbiResourceId == $stores[$store])
      | snapshot(.DBSnapshotArn; $store; .OriginalSnapshotCreateTime // .SnapshotCreateTime; .Encrypted)),
    (documents("aws/db-cluster-snapshots")[].DBClusterSnapshots[] | own
      | "\(.SourceDBClusterSnapshotArn // .DBClusterSnapshotArn | place):cluster:\(.DBClusterIdentifier)" as $store
      | select($stores[$store]) | select(.DbClusterResourceId == null or .DbClusterResourceId == $stores[$store])
      | snapshot(.DBClusterSnapshotArn; $store; .SnapshotCreateTime; .StorageEncrypted)),
    # Of an instance from the day on which it was made, or for as long as backups are kept.
    ($instances[] | select(.LatestRestorableTime)
      | ((.LatestRestorableTime | seconds) - 86400 * .BackupRetentionPeriod) as $from
      | backup("\(.DBInstanceArn)/continuous"; .DBInstanceArn; "continuous"; true; "completed";
          if .InstanceCreateTime == null or (.InstanceCreateTime | seconds) < $from then $from | todate else .InstanceCreateTime end;
          .LatestRestorableTime; .StorageEncrypted)),
    ($clusters[] | select(.LatestRestorableTime and .EarliestRestorableTime)
      | backup("\(.DBClusterArn)/continuous"; .DBClusterArn; "continuous"; true; "completed"; .EarliestRestorableTime; .LatestRestorableTime; .StorageEncrypted))
  ]
| unique
