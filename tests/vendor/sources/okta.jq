# In: what documents.sh or lay_out.sh print.
include "shown";
include "okta_accounts";

. as $all
| documents("okta/policy-rules") as $rules
| documents("okta/authenticators") as $authenticators
| {"okta_verify": ["push", "totp"], "webauthn": ["webauthn"], "phone_number": ["sms", "voice"], "okta_email": ["email"]} as $offers
| def strict(type): [$rules[] | select(.type == type and .status == "ACTIVE")
      | .actions.signon // .actions.appSignOn | select(.access != "DENY")]
    | . != [] and all(.[]; .requireFactor == true or .verificationMethod.factorMode == "2FA");
[
  ($all | okta_accounts),

  ($all | documents("okta/password-policies")[] | select(.status == "ACTIVE") | .settings.password.complexity as $c
    | "AuthPolicy okta:\(.id) | okta true \($c.minLength)"
      + " \([$c.minLowerCase, $c.minUpperCase, $c.minNumber, $c.minSymbol] | map(select(. != null and . > 0)) | length)"
      + " \($c.dictionary.common.exclude == true) \(strict("SIGN_ON") or strict("ACCESS_POLICY"))"
      + " \([$authenticators[] | select(.status == "ACTIVE") | $offers[.key] // [] | .[]] | set)")
] | sort
