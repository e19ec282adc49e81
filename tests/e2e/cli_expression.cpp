// Expressions on the command line, and what a prompt answers to mistakes: as a user sees it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

namespace {

Ran ask(const std::string& expression, const std::vector<std::string>& more = {}) {
  Call call;
  call.arguments = {"eval", "acme/rules", "--facts", "acme/evidence", "--now", "2026-06-30", "--expr", expression};
  call.arguments.insert(call.arguments.end(), more.begin(), more.end());
  return run(call);
}

}  // namespace

TEST_CASE("an expression gives its value and nothing else") {
  CHECK(ask("count(a in Account where a.enabled)").out == "4\n");
  CHECK(ask("sum(a.sessions for a in Account)").out == "55\n");
  CHECK(ask("[a.system for a in Account where a.enabled by a.id desc]").out == "[github, jira, aws, aws]\n");
  CHECK(ask("{a.system for a in Account}").status == 0);
  CHECK(ask("max(p.ended_on for p in Person where p.ended_on is present)").out == "2026-06-01\n");
  CHECK(ask("first(p.name for p in Person where p.name == \"Nobody\")").err.find("error") == 0);
  CHECK(ask("today - 90 days").out == "2026-04-01\n");
  CHECK(ask("if 1 < 2 then \"yes\" else \"no\"").out == "yes\n");
  CHECK(ask("  \n1 +\n 1 # two\n").out == "2\n");
  CHECK(ask("[v for v in Vendor]").out == "[]\n");
}

TEST_CASE("records come with their key and their place") {
  const std::string out = ask("[a for a in Account where a.system == \"github\"]").out;
  CHECK_THAT(out, Contains("Account a2 at acme/evidence/account.ndjson:3:1\n"));
  CHECK_THAT(out, Contains("Account a6 at acme/evidence/account.ndjson:7:1\n2 records\n"));
  const std::string one = ask("first(a in Account where a.id == \"a5\" by a.id)").out;
  CHECK_THAT(one, Contains("Account a5 at acme/evidence/account.ndjson:6:1\n"));
}

TEST_CASE("an expression reads no more evidence than it needs") {
  const Workplace place;
  place.write("evidence/person.json", "{");
  CHECK(place.run("eval rules --facts evidence --now 2026-06-30 --expr 'count(a in Account)'").out == "6\n");
}

TEST_CASE("needs neither rules nor evidence where it uses none") {
  CHECK(run(Call{{"eval", "--expr", "2 * 21"}, "", {}, {}}).out == "42\n");
  const Ran ran = run(Call{{"eval", "acme/rules", "--expr", "count(p in Person)"}, "", {}, {}});
  CHECK(ran.status == 3);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("no evidence of `Person` was supplied"));
}

TEST_CASE("warnings about the rules stay with `writ check`") {
  const Workplace place;
  place.write("rules.writ", "entity Host { id: String key }\nrule small(h: Host) when h.id == \"a\"\n");
  place.write("Host.json", R"([{"id": "a"}, {"id": "b"}])");
  CHECK(place.run("check rules.writ").err.find("unused-name") != std::string::npos);
  const Ran ran = place.run("eval rules.writ --facts Host.json --expr 'count(h in small)'");
  INFO(ran.err);
  CHECK(ran.out == "1\n");
  CHECK(ran.err.empty());
}

TEST_CASE("what is wrong with an expression has its place in it") {
  std::string text;
  for (const std::string expression :
       {"count(a in Acount)", "count(a in Account where a.enbled)", "count(a in Account", "1 +", "1 }", "1 2", "",
        "let x = 1", "fn f(): Int = 1", "count(a in Account where a.owner.name == \"x\")", "missing", "[]",
        "\"{1\"", "1 / (2 - 2)", "9223372036854775807 + 1", "count(r in RestoreTest)", "1 fn f(): Int = 2"}) {
    const Ran ran = ask(expression);
    INFO(expression);
    CHECK(ran.status >= 2);
    CHECK(ran.out.empty());
    text += "--expr '" + expression + "'\n" + ran.err + "--- status " + std::to_string(ran.status) + "\n\n";
  }
  check_golden("expressions.txt", text);
}

TEST_CASE("bad records stand beside the value, and the status says so") {
  const Workplace place;
  place.edit("evidence/person.json", "\"2026-03-13\"", "\"2026-03-99\"");
  const std::string call =
      "eval rules --facts evidence --now 2026-06-30 --expr 'count(p in Person where p.ended_on is missing)'";
  const Ran ran = place.run(call);
  CHECK(ran.out == "2\n");
  CHECK(ran.status == 3);
  CHECK_THAT(ran.err, Contains("1 record of `Person` was set aside as bad"));
  CHECK(place.run(call + " --allow-inconclusive").status == 0);
}

TEST_CASE("a value as JSON") {
  const auto json = [](const std::string& expression) {
    return nlohmann::json::parse(ask(expression, {"--format", "json"}).out);
  };
  CHECK(json("count(a in Account)").at("value") == 6);
  CHECK(json("count(a in Account)").at("type") == "Int");
  CHECK(json("1.0").at("value") == 1.0);
  CHECK(json("[p.ended_on for p in Person]").at("value") ==
        nlohmann::json::parse(R"(["2026-06-01", null, "2026-03-13", null])"));
  const auto record = json("[a for a in Account where a.id == \"a5\"]").at("value").at(0);
  CHECK(record.at("entity") == "Account");
  CHECK(record.at("key") == "a5");
  CHECK(record.at("place").at("line") == 6);
  const auto dangling = json("[a.owner for a in Account where a.id == \"a5\"]").at("value").at(0);
  CHECK(dangling.at("key") == "p9");
  CHECK(dangling.at("place").is_null());
  CHECK(json("1 / 0").at("outcome") == "error");
  CHECK(json("1 / 0").at("reasons").at(0) == "division by zero");
  CHECK(json("count(r in RestoreTest)").at("outcome") == "no_evidence");
  CHECK(json("true").at("value") == true);
  CHECK(json("2 days").at("value") == "2 days");
}

TEST_CASE("options of an expression and of controls do not mix") {
  CHECK(ask("1", {"--only", "ACC-07"}).status == 2);
  CHECK(ask("period.start").out == "2025-06-30T00:00:00Z\n");
}
