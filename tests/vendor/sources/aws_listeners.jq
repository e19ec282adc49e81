# In: what documents.sh or lay_out.sh print.
include "shown";

def documents(prefix): [to_entries[] | select(.key | startswith(prefix)) | .value];
def tag($tags; $names; $name): [$names[] as $arn | $tags[] | select(.ResourceArn == $arn) | .Tags[] | select(.Key | ascii_downcase == $name) | .Value][0];

([documents("aws/exported-at")[].exported_at] | min) as $at
| .["registers.json"].Environment as $environments
| [documents("aws/load-balancer-tags")[].TagDescriptions[]] as $tags
| ([documents("aws/load-balancers")[].LoadBalancers[] | {(.LoadBalancerArn): .}] | add) as $balancers
| [documents("aws/listeners")[].Listeners[] | [.ListenerArn, .LoadBalancerArn] as $names | $balancers[.LoadBalancerArn] as $balancer
    | select($balancer.Type != "gateway")
    | "Endpoint aws:\(.ListenerArn) | \($balancer.DNSName) \(.Port)"
      + " \({"HTTP": "http", "HTTPS": "https", "TLS": "tls", "TCP": "tcp", "TCP_UDP": "tcp"}[.Protocol]) \(tag($tags; $names; "system") | shown)"
      + " \(tag($tags; $names; "environment") // [$environments[] | select(.boundary == ($names[0] / ":")[4]) | .id][0] | shown)"
      + " | \($balancer.Scheme == "internet-facing") \(tag($tags; $names; "service-data") != "false")"
      + " \([.DefaultActions[].RedirectConfig.Protocol] | length > 0 and all(. == "HTTPS"))"
      # As AWS documents them.
      + " \({"ELBSecurityPolicy-TLS13-1-2-2021-06": "{tls1_2, tls1_3}", "ELBSecurityPolicy-2016-08": "{tls1_0, tls1_1, tls1_2}"}[.SslPolicy // ""] // "{}")"
      + " missing missing \($at)"]
| sort
