// Waivers: what they must say, and what they may speak of.
#include <catch2/catch.hpp>
#include <string>

#include "compiling.hpp"

using writ::testing::compile_text;

namespace {

const std::string rules = R"(
entity Account { id: String key  login: String?  enabled: Bool }
control ACC-07 "Removal" {
  param quiet: Bool = false
  check off {
    for a in Account where a.login is present and not quiet
    let login = a.login
    require not a.enabled else "{login} is enabled"
  }
}
)";

std::string codes(const std::string& waiver) { return compile_text(rules + "waive " + waiver + "\n").codes(); }
const std::string rest = " until 2026-12-31 because \"r\" approved_by \"b\"";

}  // namespace

TEST_CASE("a waiver says why, by whose word and until when") {
  CHECK(codes("ACC-07.off for \"x\"" + rest) == "");
  CHECK(codes("ACC-07.off for \"x\" until 2026-12-31 approved_by \"b\"") == "waiver-without-reason");
  CHECK(codes("ACC-07.off for \"x\" until 2026-12-31 because \" \" approved_by \"b\"") == "waiver-without-reason");
  CHECK(codes("ACC-07.off for \"x\" until 2026-12-31 because \"r\"") == "waiver-without-approver");
  CHECK(codes("ACC-07.off for \"x\" because \"r\" approved_by \"b\"") == "waiver-without-expiry");
  CHECK(codes("ACC-07.off for \"x\"") == "waiver-without-reason waiver-without-approver waiver-without-expiry");
  CHECK(codes("ACC-07.off" + rest) == "blanket-waiver");
  CHECK(codes("ACC-07.off for \"x\" from 2026-12-31" + rest) == "");
  CHECK(codes("ACC-07.off for \"x\" from 2027-01-01" + rest) == "invalid-waiver");
  CHECK(codes("ACC-07.off for \"x\" until 90 days because \"r\" approved_by \"b\"") == "type-mismatch");
  CHECK(codes("ACC-07.off for \"x\" until today because \"r\" approved_by \"b\"") == "not-constant");
  CHECK(codes("ACC-07.off for \"x\", \"x\"" + rest) == "duplicate-name");
}

TEST_CASE("a waiver names a control or a check that is there") {
  CHECK(codes("ACC-07.of for \"x\"" + rest) == "unknown-control");
  CHECK(codes("ACC-70 for \"x\"" + rest) == "unknown-control");
  CHECK(codes("ACC-70.off for \"x\"" + rest) == "unknown-control");
}

TEST_CASE("a waiver's condition is typed over the names of one check") {
  CHECK(codes("ACC-07.off where login == \"root\" and not quiet" + rest) == "");
  CHECK(codes("ACC-07.off where lower(a.login) == \"root\"" + rest) == "");  // known to be there
  CHECK(codes("ACC-07.off where a.lgin == \"root\"" + rest) == "unknown-field");
  CHECK(codes("ACC-07.off where b.login == \"root\"" + rest) == "unknown-name");
  CHECK(codes("ACC-07.off where login" + rest) == "type-mismatch");
  CHECK(codes("ACC-07 where login == \"root\"" + rest) == "invalid-waiver");
  CHECK(codes("ACC-07.off for \"x\" where login == \"root\"" + rest) == "invalid-waiver");
}
