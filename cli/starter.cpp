#include "cli/starter.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace writ::cli {

namespace {

constexpr std::string_view pack =
    R"writ(## What @title@ is held to: controls of the library, and its own in controls.writ.
pack @name@ "@title@'s controls" {
  version "1"
  include ACC-02
  include ACC-03
  include ACC-04
  include ACC-05
  include ACC-07
  include ACC-08

  # The day from which controls have to be in place.
  set program_started_on = 2026-01-05
}
)writ";

constexpr std::string_view controls =
    R"writ(## The controls that are @title@'s own. This is the first; change its words, or write the next one below it.

use std.people

## A laptop that someone takes home, as the device management exports it.
entity Laptop {
  ## Printed on its underside.
  serial: String key
  holder: Person?
  ## Its disk cannot be read without the holder's password.
  encrypted: Bool
  ## The last day on which it reported in.
  seen_on: Date
}

## Nobody reads what was on a laptop that got lost.
control LAP-01 "Laptops are encrypted" {
  criteria  CC6.7
  severity  medium
  owner     "IT"
  frequency weekly
  statement """
    The disk of every laptop is encrypted, and somebody who works here answers for it.
    """
  rationale """
    Laptops get lost. An encrypted one costs its price and nothing else.
    """
  remediation """
    Switch on disk encryption in the device management, and ask the holder to restart.
    """

  evidence Laptop, Person, Employment within 7 days

  ## How long a laptop may be out of sight before its state counts as unknown.
  param unseen_after: Duration = 30 days where unseen_after <= 90 days

  ## Device management says so, and has heard of it lately enough to know.
  check encrypted "The disk of every laptop is encrypted" {
    for laptop in Laptop
    require laptop.encrypted
      else "the disk of laptop {laptop.serial} is not encrypted"
    require laptop.seen_on + unseen_after >= today
      else "nobody knows the state of laptop {laptop.serial}, which was last seen on {laptop.seen_on}"
  }

  ## Not the spare in the cupboard, and not somebody who has left.
  check held "Somebody who works here answers for every laptop" {
    for laptop in Laptop
    require laptop.holder is present and is_current(laptop.holder)
      else "nobody who works here answers for laptop {laptop.serial}"
  }
}
)writ";

constexpr std::string_view tests = R"writ(## What the controls in controls.writ find, and what they leave alone. `writ test .` runs it.

use std.people

test "what becomes of laptops" {
  now 2026-03-31T00:00:00Z

  given Person { id: "p1" }
  given Person { id: "p2" }
  given Employment { id: "e1", person: "p1", started_on: 2024-01-01 }
  given Employment { id: "e2", person: "p2", started_on: 2024-01-01, ended_on: 2026-03-13 }
  given Laptop { serial: "good", holder: "p1", encrypted: true, seen_on: 2026-03-30 }
  given Laptop { serial: "open", holder: "p1", encrypted: false, seen_on: 2026-03-30 }
  given Laptop { serial: "unseen", holder: "p1", encrypted: true, seen_on: 2026-02-28 }
  given Laptop { serial: "spare", holder: missing, encrypted: true, seen_on: 2026-03-01 }
  given Laptop { serial: "not returned", holder: "p2", encrypted: true, seen_on: 2026-03-01 }

  expect LAP-01.encrypted fails only for "open", "unseen"
  expect LAP-01.encrypted fails for "unseen" saying "last seen on 2026-02-28"
  expect LAP-01.held fails only for "spare", "not returned"
}

test "nobody knows without the device management's list" {
  now 2026-03-31T00:00:00Z
  absent Laptop
  expect LAP-01 is no_evidence
}
)writ";

constexpr std::string_view laptops =
    R"json({"entity": "Laptop", "source": "device management", "collected_at": "2026-03-30T22:00:00Z", "records": [
  {"serial": "C02-1001", "holder": "p1", "encrypted": true, "seen_on": "2026-03-30"},
  {"serial": "C02-1002", "holder": "p2", "encrypted": true, "seen_on": "2026-03-29"},
  {"serial": "C02-1003", "holder": "p3", "encrypted": false, "seen_on": "2026-03-30"}
]}
)json";

constexpr std::string_view personnel = R"json({
  "source": "personnel records",
  "collected_at": "2026-03-30T22:00:00Z",
  "Person": [
    {"id": "p1", "name": "Ana Lind", "email": "ana@example.com"},
    {"id": "p2", "name": "Bo Okafor", "email": "bo@example.com"},
    {"id": "p3", "name": "Chidi Weiss", "email": "chidi@example.com"},
    {"id": "p4", "name": "Dana Ruiz", "email": "dana@example.com"}
  ],
  "Employment": [
    {"id": "e1", "person": "p1", "kind": "employee", "hire_kind": "new_hire", "started_on": "2024-02-01", "title": "Engineer", "manager": "p2", "country": "SE"},
    {"id": "e2", "person": "p2", "kind": "employee", "hire_kind": "new_hire", "started_on": "2023-09-01", "title": "Head of engineering", "country": "SE"},
    {"id": "e3", "person": "p3", "kind": "contractor", "hire_kind": "new_hire", "started_on": "2026-02-16", "title": "Designer", "manager": "p2", "country": "DE"},
    {"id": "e4", "person": "p4", "kind": "employee", "hire_kind": "new_hire", "started_on": "2024-05-01", "ended_on": "2026-03-13", "title": "Engineer", "manager": "p2", "country": "SE"}
  ]
}
)json";

constexpr std::string_view identity = R"json({
  "source": "identity provider",
  "collected_at": "2026-03-30T22:00:00Z",
  "System": [
    {"id": "mail", "name": "Mail and sign-in", "in_scope": true, "sensitive": true, "tier": "high"},
    {"id": "shop", "name": "The shop", "in_scope": true, "developed_in_house": true, "sensitive": true, "tier": "high", "identity_provider": "mail"}
  ],
  "AuthPolicy": [
    {"id": "sign-in", "system": "mail", "password_login": true, "min_length": 16, "character_classes": 1, "checks_breached": true, "mfa_required": true, "mfa_methods": ["totp", "webauthn"]}
  ],
  "Account": [
    {"id": "a1", "system": "mail", "login": "ana@example.com", "kind": "human", "owner": "p1", "enabled": true, "mfa_enrolled": true, "mfa_methods": ["webauthn"]},
    {"id": "a2", "system": "mail", "login": "bo@example.com", "kind": "human", "owner": "p2", "enabled": true, "mfa_enrolled": true, "mfa_methods": ["totp"]},
    {"id": "a3", "system": "mail", "login": "chidi@example.com", "kind": "human", "owner": "p3", "enabled": true, "mfa_enrolled": true, "mfa_methods": ["totp"]},
    {"id": "a4", "system": "mail", "login": "dana@example.com", "kind": "human", "owner": "p4", "enabled": false, "disabled_at": "2026-03-13T16:30:00Z", "mfa_enrolled": true, "mfa_methods": ["totp"]},
    {"id": "a5", "system": "shop", "login": "ana", "kind": "human", "owner": "p1", "enabled": true, "sso": true},
    {"id": "a6", "system": "shop", "login": "bo", "kind": "human", "owner": "p2", "enabled": true, "sso": true}
  ]
}
)json";

constexpr std::string_view nothing = R"json({
  "source": "asked, and there are none",
  "collected_at": "2026-03-30T22:00:00Z",
  "AccessGrant": [],
  "Approval": [],
  "Asset": [],
  "Credential": [],
  "Endpoint": [],
  "Environment": [],
  "Review": []
}
)json";

constexpr std::string_view readme = R"md(# @title@'s controls

| file | what it holds |
| --- | --- |
| `pack.writ` | which controls @title@ is held to, and the values of their parameters |
| `controls.writ` | the controls that are @title@'s own |
| `tests.writ` | what they find in records that are made up for it |
| `evidence/` | a sample: four people, six accounts, three laptops |
| `.github/workflows/controls.yml`, `.gitlab-ci.yml` | what CI does with them |

From this folder:

    writ check .
    writ test .
    writ eval . --facts evidence --now @now@

One laptop is not encrypted, so `LAP-01` fails; every other control passes or has nothing to look at. `writ explain` says why:

    writ explain LAP-01 . --facts evidence --now @now@

## What next

1. Say in `controls.writ` what is true of your laptops, or of whatever you care for first, and in `tests.writ` what it must find.
2. See what evidence the controls read: `writ facts .` lists it, `writ facts . --json-schema` describes it for whoever writes the exports.
3. Put exports in place of the sample. A file or an entry says when it was collected, and an empty list says "there are none", which is
   not the same as leaving it out: see `evidence/none.json`.
4. Leave out `--now`, so that evidence is judged as of today, and lower `--fail-on` in the CI files to what should stop a merge.

`writ doc . -o controls.html` writes the catalogue of all controls for those who are held to them.
)md";

constexpr std::string_view github =
    R"yml(# The job needs the command `writ`: run it in an image that has it, or install it in a step before the others.
name: controls
on:
  push:
  pull_request:
  schedule:
    - cron: "0 6 * * *"
permissions:
  contents: read
jobs:
  controls:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: The rules are sound
        run: writ check .
      - name: The rules are laid out
        run: writ fmt --check .
      - name: The rules find what they should
        run: writ test . --coverage --threshold 100%
      - name: The evidence fits them
        run: writ facts . --facts evidence --now @now@
      - name: The controls hold
        # The sample has a finding of medium severity on purpose. Without --now, evidence is judged as of today.
        run: writ eval . --facts evidence --now @now@ --fail-on high
      - name: The catalogue
        run: writ doc . -o controls.html
)yml";

constexpr std::string_view gitlab =
    R"yml(# The job needs the command `writ`: set `image` to one that has it, or install it in `before_script`.
controls:
  script:
    - writ check .
    - writ fmt --check .
    - writ test . --coverage --threshold 100%
    - writ facts . --facts evidence --now @now@
    # The sample has a finding of medium severity on purpose. Without --now, evidence is judged as of today.
    - writ eval . --facts evidence --now @now@ --fail-on high
    - writ doc . -o controls.html
  artifacts:
    paths:
      - controls.html
)yml";

// The text with its marks filled in, once: what is put in is not looked at again.
std::string filled(std::string_view text, std::string_view name, std::string_view title) {
  const std::pair<std::string_view, std::string_view> marks[] = {
      {"@name@", name}, {"@title@", title}, {"@now@", starter_now}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* const mark = std::find_if(std::begin(marks), std::end(marks),
                                          [&](const auto& one) { return text.substr(at).starts_with(one.first); });
    if (mark == std::end(marks)) {
      out += text[at++];
    } else {
      out += mark->second;
      at += mark->first.size();
    }
  }
  return out;
}

}  // namespace

std::vector<StarterFile> starter_files(std::string_view name, std::string_view title) {
  struct Template {
    const char* path;
    const char* about;
    std::string_view text;
  };
  const std::vector<Template> templates = {
      {"pack.writ", "which controls, and their parameters", pack},
      {"controls.writ", "a first control of your own", controls},
      {"tests.writ", "what it must find", tests},
      {"evidence/laptops.json", "a sample with one finding", laptops},
      {"evidence/personnel.json", "people and their jobs", personnel},
      {"evidence/identity.json", "systems, accounts and sign-in rules", identity},
      {"evidence/none.json", "what there is none of", nothing},
      {"README.md", "what is where, and what to do next", readme},
      {".github/workflows/controls.yml", "GitHub Actions", github},
      {".gitlab-ci.yml", "GitLab CI", gitlab},
  };
  std::vector<StarterFile> out;
  for (const Template& one : templates) out.push_back({one.path, one.about, filled(one.text, name, title)});
  return out;
}

}  // namespace writ::cli
