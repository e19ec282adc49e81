# In: what documents.sh prints.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
# A time as Writ shows it, in UTC.
def utc: if . == null then "missing" else
  capture("^(?<t>[^.+]*)(?<f>\\.[0-9]+)?\\+0(?<h>[0-9]):00$")
  | "\((.t + "Z" | fromdate) - (.h | tonumber) * 3600 | todate | rtrimstr("Z"))\(.f // "" | sub("0+$"; ""))Z" end;
def plan: .CreatedBy.BackupPlanId != null;

.["registers.json"].DataStore as $stores
| [documents("aws/recovery-points")[].RecoveryPoints[]] as $points
| [
    ($points[] | (.RecoveryPointArn | contains(":continuous:")) as $continuous
      | "Backup aws:\(.RecoveryPointArn) | aws:\(.ResourceArn) \(if $continuous then "continuous" else "full" end) \(plan) completed"
        + " | \(.CreationDate | utc) \(if $continuous then "missing" else .CompletionDate | utc end) \(.IsEncrypted) \(.CalculatedLifecycle.DeleteAt | utc) missing"),
    (documents("aws/backup-jobs")[].BackupJobs[]
      | select(.ResourceArn as $arn | any($stores[]; .id == "aws:" + $arn))
      | select(.RecoveryPointArn as $arn | any($points[]; .RecoveryPointArn == $arn) | not)
      | "Backup aws:\(.RecoveryPointArn // "backup-job/\(.BackupJobId)") | aws:\(.ResourceArn) full \(plan) \(.State | ascii_downcase)"
        + " | \(.CreationDate | utc) \(.CompletionDate | utc) \(.IsEncrypted | shown) missing missing"),
    ($stores[] | "DataStore \(.id) | \(.name) \(.kind) missing \(.environment) | missing \(.customer_data) \(.production_data) \(.backup_required) missing | missing missing missing missing")
  ] | sort
