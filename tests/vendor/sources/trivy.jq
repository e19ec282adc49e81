# In: what documents.sh or lay_out.sh print.
include "shown";

[ to_entries[] | select(.key | startswith("trivy/")) | .value | . as $report | .Results[] | .Target as $target
  | (.Vulnerabilities[]? | ((.PublishedDate // $report.CreatedAt)[:10]) as $day
      | "Finding trivy:\($report.ArtifactName)/\($target)/\(.PkgName)@\(.InstalledVersion)\(.PkgPath // "")/\(.VulnerabilityID)"
        + " | \(.VulnerabilityID) in \(.PkgName) \(.InstalledVersion) | vulnerability_scan"
        + " \(.Severity | if . == "UNKNOWN" then "low" else ascii_downcase end) open \($day) \(if .FixedVersion then $day else "missing" end) missing missing"),
    (.Secrets[]? | "Secret trivy:\($report.ArtifactName)/\($target):\(.StartLine)/\(.RuleID)"
        + " | \(.Title) in line \(.StartLine) of \($target) | application_secret source_code false")
] | sort
