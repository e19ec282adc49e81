// The one layout of rules: what it looks like, what it keeps, and that it changes nothing else.
#include "language/format/format.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "language/syntax/parse.hpp"
#include "tests/support/dump_tree.hpp"

namespace {

using namespace writ;

std::string formatted(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::FileId file = sources.add("test.writ", text);
  const auto out = format::format(sources, file, sink);
  CHECK_FALSE(sink.has_errors());
  return out.value_or("");
}

std::string dumped(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  return tests::dump(syntax::parse(sources, sources.add("test.writ", text), sink));
}

// What is laid out already stays.
void stays(const std::string& text) { CHECK(formatted(text) == text); }

}  // namespace

TEST_CASE("declarations have an empty line between them, imports and parameters may stand together") {
  CHECK(formatted("module  m\nuse a.b\nuse  c\n\n\n\nparam x: Int=3 where x>1\nparam y: Date\nfn f( a:Int "
                  "):Int=a\nenum E{a,b,}") ==
        "module m\n\nuse a.b\nuse c\n\nparam x: Int = 3 where x > 1\nparam y: Date\n\nfn f(a: Int): Int = "
        "a\n\nenum E { a, b }\n");
}

TEST_CASE("the types of fields that stand together stand in one column") {
  stays(R"(entity Person from "p/*.json" at "people[*]" {
  id:      String key
  manager: Person?
  ## Where they live.
  address: { city: String?, country: String } at "a.b"
  tags:    Set<String> = {}

  started_on: Date
  accounts:   Account via owner
}
)");
}

TEST_CASE("controls and checks") {
  stays(R"(## Upon leaving.
control ACC-07 "Removal of access" {
  criteria  CC6.2, CC6.3
  severity  high
  frequency daily
  statement """
    Access ends.

      Indented.
    """

  evidence Account, Person within 7 days
  include policy_in_force(data, topics: {labels, handling}) as data_policy

  ## How long.
  param grace: Duration = 1 day where grace <= 7 days

  check leavers_disabled "Switched off" {
    basis  stated
    nature operation
    for account in Account, g in account.grants
    let limit = end_of_day(account.owner.left_on) + grace
    where account.owner is present
      and account.owner.left_on is present
      and (some g in account.grants where g.active and g.environment.kind in {production, staging})
      and not account.hidden
    require not account.enabled or limit >= now
      else "{account.owner.name} left and still has {account.system}"
    when empty pass
  }

  check none {
    for organization
    require no (a, b) in above where a == b
      else "x"
  }
}
)");
}

TEST_CASE("what does not fit on a line is broken where it says least") {
  stays(R"(fn independent_approvers(c: Change, by_when: Timestamp): Set<Person> =
  {a.approver
    for a in c.approvals
    where standing(a)
      and a.approver is present
      and (c.author is missing or a.approver != c.author)
      and a.approver not in c.contributors}

fn left_on(p: Person): Date? =
  if is_current(p)
  then missing
  else max(e.ended_on
      for e in p.employments
      where e.ended_on is present and e.ended_on < today and e.kind == employee)

rule above(a: Person, b: Person)
  when some e in a.employments where e.started_on <= today and e.manager is present and e.manager == b
)");
}

TEST_CASE("packs, waivers, derivations and tests") {
  stays(R"(pack acme "Acme" {
  version "2026.2"
  include soc2.*
  exclude PHY-01 because "no premises"
  exclude basis implied because "not asked for"
  profile strict
  set ACC-07.grace = 4 hours
  section "Access" {
    name ACC-07 "Removal" as "A-31"
  }
}

waive ACC-07.disabled_in_time for "a-1", "a-2"
  where account.system == "legacy"
  until 2026-12-31
  because "monthly"
  approved_by "ciso@acme.example"

derive Account from u in OktaUser, f in u.factors
  let mail = u.profile.email
  where u.status == active
  require mail is present
    else "no address" {
  id: u.id
  address: { city: "Oslo", country: "NO" }
}

test "a leaver's account is a finding" {
  now 2026-06-30T00:00:00Z
  period 2025-07-01..2026-06-30
  given Person { id: "p1", name: "Ana" }
  given no Badge
  absent Contract, Device
  collected Account at 2026-01-01T00:00:00Z
  expect ACC-07.late fails only for "a1", "a2" saying "still has"
  expect ACC-07 is no_evidence
  expect that current(p) == missing
}
)");
}

TEST_CASE("comments stay where they are, and empty lines between groups") {
  stays(R"(# A licence.

## The module.
module m

# before

fn f(a: Int): Bool =  # why
  a > 1
    and a < 3  # upper
    # on its own
    and a != 2

entity E {
  id: String key  # the key
  # a remark

  # and another
  x: Int
  # the last
}
# the end
)");
}

TEST_CASE("of two comments for the end of one line the second has a line to itself") {
  CHECK(formatted("entity E {\n  a: # one\n   Int # two\n   key # three\n}\n") ==
        "entity E {\n  a: Int  # one\n  # two\n  key  # three\n}\n");
}

TEST_CASE("lines of other systems, tabs, blanks at the end and a byte-order mark go") {
  CHECK(formatted("\xEF\xBB\xBFuse a\r\n\tparam x: Int  \r\n#tight\r\n") == "use a\nparam x: Int\n# tight\n");
  CHECK(formatted("").empty());
  CHECK(formatted("# only this") == "# only this\n");
}

TEST_CASE("a text that does not parse is left alone, and said to be wrong") {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CHECK_FALSE(format::format(sources, sources.add("x.writ", "fn f( = 1"), sink));
  CHECK(sink.has_errors());
}

// Everything of this tree that parses, as it is and with its white space squeezed or spread.
TEST_CASE("the layout changes no program, and laid out again it stays") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(WRIT_SOURCE_DIR)) {
    if (entry.path().extension() != ".writ" || entry.path().string().find("/build/") != std::string::npos) continue;
    std::stringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    const std::string text = content.str();
    source::SourceSet sources;
    diagnostics::Sink sink;
    const auto out = format::format(sources, sources.add("x.writ", text), sink);
    if (!out) continue;
    ++files;
    INFO(entry.path());
    const bool same = dumped(*out) == dumped(text);
    CHECK(same);
    CHECK(formatted(*out) == *out);
  }
  CHECK(files > 50);
}
