#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "language/diagnostics/diagnostic.hpp"

using namespace writ;
using namespace writ::diagnostics;

TEST_CASE("every code has a slug of its own, and a summary") {
  std::set<std::string_view> slugs;
  for (const Code code : all_codes()) {
    CHECK(slugs.insert(slug(code)).second);
    CHECK_FALSE(summary(code).empty());
    for (const char c : slug(code)) CHECK((c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')));
  }
  CHECK(default_severity(Code::unknown_field) == Severity::error);
  CHECK(default_severity(Code::unused_name) == Severity::warning);
}

TEST_CASE("diagnostics are built in a chain, and stay where they are") {
  Sink sink;
  Diagnostic& first = sink.add(Code::unknown_field, source::Span{{}, 3, 5}, "no such field", "here");
  for (int i = 0; i < 100; ++i) sink.add(Code::unused_name, "never used");
  first.label({{}, 0, 1}, "declared here").note("a note").help("a help").fix("mend it", {{}, 3, 5}, "x");
  const Diagnostic& seen = sink.all().front();
  REQUIRE(seen.labels.size() == 2);
  CHECK(seen.labels[0].primary);
  CHECK_FALSE(seen.labels[1].primary);
  CHECK(seen.notes.size() == 1);
  CHECK(seen.helps.size() == 1);
  REQUIRE(seen.fixes.size() == 1);
  CHECK(seen.fixes[0].edits[0].replacement == "x");
  CHECK(sink.has_errors());
  CHECK(sink.count(Severity::error) == 1);
  CHECK(sink.count(Severity::warning) == 100);
}

TEST_CASE("warnings alone are no errors") {
  Sink sink;
  CHECK_FALSE(sink.has_errors());
  sink.add(Code::unused_name, "never used");
  CHECK_FALSE(sink.has_errors());
}

TEST_CASE("sorting is by place, stable, and drops repeats") {
  Sink sink;
  const source::FileId second{1};
  sink.add(Code::no_rules, "without a place");
  sink.add(Code::invalid_json, ForeignPlace{"b.json", 2, 1, "", "", 1}, "in evidence");
  sink.add(Code::invalid_json, ForeignPlace{"a.json", 9, 1, "", "", 1}, "in evidence");
  sink.add(Code::unknown_name, source::Span{second, 1, 2}, "in the second file");
  sink.add(Code::unknown_name, source::Span{{}, 9, 10}, "late");
  sink.add(Code::unknown_name, source::Span{{}, 4, 6}, "early");
  sink.add(Code::unknown_name, source::Span{{}, 9, 10}, "late");
  sink.add(Code::unknown_name, source::Span{{}, 9, 10}, "late, but another");
  sink.sort();
  std::string order;
  for (const Diagnostic& diagnostic : sink.all()) order += diagnostic.message + ";";
  CHECK(order == "early;late;late, but another;in the second file;in evidence;in evidence;without a place;");
  CHECK(sink.all()[4].labels[0].foreign->path == "a.json");
}
