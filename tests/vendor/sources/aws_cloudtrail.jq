# In: what documents.sh or lay_out.sh print.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
def check($of; $name; $at; $good): "ControlCheck aws:\($of)/\($name) | aws \($name) true \($at) \(if $good then "passing" else "failing" end)";
def account: split(":")[4];
# Of the selectors of a trail: all management events, of reading and of writing.
def complete:
  def kinds: [.EventSelectors[]? | select(.IncludeManagementEvents and (.ExcludeManagementEventSources // []) == []) | .ReadWriteType];
  (kinds | index("All") != null or (index("ReadOnly") != null and index("WriteOnly") != null))
  or any(.AdvancedEventSelectors[]?; [.FieldSelectors[] | [.Field, .Equals]] == [["eventCategory", ["Management"]]]);

([documents("aws/exported-at")[].exported_at] | min) as $at
| ([documents("aws/trail-status")[] | {(.TrailARN): .}] | add) as $status
| ([documents("aws/event-selectors")[] | {(.TrailARN): complete}] | add) as $complete
| ([documents("aws/trails")[].trailList[]] | unique_by(.TrailARN)) as $trails
| [
    ($trails[] | .TrailARN as $arn
      | check($arn; "cloud-trail-log-file-validation-enabled"; $at; .LogFileValidationEnabled),
        check($arn; "cloud-trail-encryption-enabled"; $at; .KmsKeyId != null),
        check($arn; "cloud-trail-cloud-watch-logs-enabled"; $at; .CloudWatchLogsLogGroupArn != null)),
    ($trails | group_by(.TrailARN | account)[] | (.[0].TrailARN | account) as $account
      | map(select($status[.TrailARN].IsLogging)) as $logging
      | check($account; "cloudtrail-enabled"; $at; $logging != []),
        check($account; "multi-region-cloudtrail-enabled"; $at; any($logging[]; .IsMultiRegionTrail)),
        check($account; "cloudtrail-security-trail-enabled"; $at; any($logging[];
          .IsMultiRegionTrail and .IncludeGlobalServiceEvents and .LogFileValidationEnabled and .KmsKeyId and $complete[.TrailARN])),
        (select($logging == []) | [.[] | $status[.TrailARN].StopLoggingTime | values] | max | select(.)
          | "ControlCheck aws:\($account)/cloudtrail-enabled | failing since \(sub("\\+00:00$"; "Z"))")),
    (select([documents("aws/trails")[] | select(.trailList == [])] != [])
      | ("cloudtrail-enabled", "multi-region-cloudtrail-enabled", "cloudtrail-security-trail-enabled") | check("unknown"; .; $at; false))
  ] | sort
