# In: one document that holds all files of a folder of evidence by their path, as `documents.sh` makes it.
include "shown";

def documents(prefix): to_entries | map(select(.key | startswith(prefix)) | .value);
def person: if .user.type == "Bot" or .user == null then null else .user.login end;
def owner($r): . as $original | whose($r; "github"; $original);

. as $all
| .["registers.json"] as $r
| (documents("github/pulls/") | add // [] | map(select(.merged_at != null or .state == "open"))) as $pulls
| (documents("github/pull-reviews/") | add // []) as $reviews
| (documents("github/check-runs/") | map(.check_runs[])) as $runs
| (.["github/repos.json"] // []) as $repos
| documents("github/branch-protection/") as $protections
| documents("github/rulesets/") as $rulesets
| (documents("github/deployments/") | add // []) as $deployments
| (documents("github/deployment-statuses/") | add // []) as $statuses

# All that binds the default branch of a repository: {approvals, contexts, strict, force}.
| def rules($repo):
    [ $protections[] | select(.url == "\($repo.url)/branches/\($repo.default_branch)/protection")
      | { approvals: (.required_pull_request_reviews.required_approving_review_count // 0),
          contexts: (.required_status_checks.contexts // []),
          strict: (.enforce_admins.enabled == true and
                   ([.required_pull_request_reviews.bypass_pull_request_allowances // {} | .[][]] | length == 0)),
          force: (.allow_force_pushes.enabled == true) } ]
    + [ $rulesets[] | select(.target == "branch" and .enforcement == "active")
      | select(.source == $repo.full_name or
               (.source == ($repo.full_name | split("/")[0]) and
                any(.conditions.repository_name.include[]?; . as $p | $p == "~ALL" or $p == $repo.name or
                    (($p | endswith("*")) and ($repo.name | startswith($p[:-1]))))))
      | select(any(.conditions.ref_name.include[]; . == "~DEFAULT_BRANCH" or . == "~ALL" or . == "refs/heads/\($repo.default_branch)"))
      | { approvals: ([.rules[].parameters.required_approving_review_count // 0] | max // 0),
          contexts: [.rules[].parameters.required_status_checks[]?.context],
          strict: (.bypass_actors == []),
          force: (any(.rules[]; .type == "non_fast_forward") | not) } ];

[
  (.["github/members.json"][]? | .id as $id
    | (any($all["github/members-2fa-disabled.json"][]; .id == $id) | not) as $mfa
    | any($all["github/members-2fa-insecure.json"][]; .id == $id) as $weak
    | "Account github:\(.id) | github \(.login) \(if .type == "Bot" then "service" else "human" end) \(.login | owner($r)) true"
      + " | missing missing missing | false false \($mfa) \(if $mfa | not then "{}" elif $weak then "{sms}" else "{totp}" end)"),

  (.["github/organization.json"] | values
    | "AuthPolicy github:\(.login) | github true 8 2 true \(.two_factor_requirement_enabled) {totp, webauthn, push, sms}"),

  ($repos[] | . as $repo | rules($repo) as $rules | ([$rules[].approvals] | max // 0) as $approvals
    | "Repository \(.node_id) | \(.full_name) \([.topics[] | select(startswith("system-"))[7:]][0] | shown)"
      + " \(.topics | index("not-production") == null) \(.visibility) \(.topics | index("open-source") != null) \(.archived)"
      + " | \($rules != []) \($approvals) \(any($rules[]; .contexts != []))"
      + " \(any($rules[]; .strict and .approvals == $approvals)) \(all($rules[]; .force))"),

  ($pulls[] | ([.labels[].name | select(startswith("kind:"))[5:]][0] // "application") as $kind
    | ([.title, .head.ref, (.body // "")] | map([match("\\b(?!SHA-)[A-Z]+-[0-9]+"; "g").string][0]) | map(values) | .[0]) as $ticket
    | "Change \(.base.repo.full_name)#\(.number) | \(.title) | \($kind) normal \(any(.labels[]; .name == "customer-impact"))"
      + " \(.base.repo.node_id) \(person | owner($r)) \(.user.type == "Bot") \($ticket | shown) \(.head.sha) \(.created_at) \(.merged_at | shown)"),

  ($reviews[] | select(.state | ascii_downcase | . == "approved" or . == "changes_requested") | . as $review
    | [$reviews[] | select(.pull_request_url == $review.pull_request_url and .user.login == $review.user.login
        and .state == "CHANGES_REQUESTED" and .submitted_at > $review.submitted_at) | .submitted_at] as $after
    | "Approval github:\(.id) | \(person | owner($r)) \(.state | ascii_downcase) \(.submitted_at)"
      + " \(if .state == "APPROVED" then $after | min | shown else "missing" end) \(.commit_id | shown)"
      + " \(.pull_request_url | split("/") | "\(.[4])/\(.[5])#\(.[7])")"),

  ($runs[] | . as $run | $pulls[] | select(.head.sha == $run.head_sha) | . as $pull
    | ({"unit tests": "unit", "e2e": "end_to_end"}[$run.name] | values) as $kind
    | [$repos[] | select(.node_id == $pull.base.repo.node_id) | rules(.)[] | .contexts[]] as $wanted
    | "\($pull.base.repo.full_name)#\($pull.number)" as $change
    | "TestRun \($change):\($run.id) | \($change) | \($run.name) | \($kind)"
      + " \($pull.base.ref == $pull.base.repo.default_branch and ($wanted | index($run.name)) != null) \($run.head_sha)"
      + " \({"success": "passed", "timed_out": "failed"}[$run.conclusion // ""] // "in_progress") \($run.completed_at | shown)"),

  ($deployments[] | . as $d
    | [$statuses[] | select(.deployment_url == $d.url and .state != "queued")] as $states | select($states != [])
    | [$deployments[] | select(.environment == $d.environment and .created_at < $d.created_at) | .created_at] as $before
    | [$pulls | sort_by(.number)[] | select(.merged_at != null and .merged_at <= $d.created_at and
        ($before == [] or .merged_at > ($before | max))) | "\(.base.repo.full_name)#\(.number)"] as $brings
    | ([$states[].state] | if index("success") then "succeeded" elif index("error") then "failed" else "in_progress" end) as $status
    | "Deployment github:\(.id) | octo/shop:\(.environment) [\($brings | join(", "))] \(.sha) \($status)"
      + " \({user: .creator} | person | owner($r)) \([$states[].created_at] | min)")
] | sort
