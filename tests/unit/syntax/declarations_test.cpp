#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/unit/syntax/snippet.hpp"

using writ::tests::Snippet;

TEST_CASE("modules, imports, enums") {
  const Snippet snippet(R"(## The module
## of tests.
module a.b_c
use std.people
## How it stands.
enum Status { active, on_leave, no }
ordered enum Level {
  low
  ## In between.
  medium
  high,
}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(["The module\nof tests."] module a.b_c
use std.people
["How it stands."] enum Status active on_leave no
ordered enum Level low ["In between."] medium high
)");
}

TEST_CASE("what is said of a field, a file, a check or a pack is said once") {
  const auto complaints = [](const std::string& source) { return Snippet(source).diagnosed(); };
  const auto twice = [](const std::string& told, const std::string& word) {
    return told.find("`" + word + "` stands twice") != std::string::npos;
  };
  CHECK(twice(complaints("entity E {\n  id: String key  # the key\n    key\n}\n"), "key"));
  CHECK(twice(complaints("entity E { id: String key  n: Int = 1 = 2 }"), "="));
  CHECK(twice(complaints("entity E { id: String key at \"a\" at \"b\" }"), "at"));
  CHECK(twice(complaints("entity E { id: String key  all: F via a via b }"), "via"));
  CHECK(twice(complaints("entity E from \"a\" from \"b\" { id: String key }"), "from"));
  CHECK(twice(complaints("entity E at \"a\" at \"b\" { id: String key }"), "at"));
  const std::string check = "control T-1 \"t\" {\n check c {\n for e in E require e.n > 1 else \"x\"\n";
  CHECK(twice(complaints(check + "when empty fail\nwhen empty pass\n}\n}\n"), "when"));
  CHECK(twice(complaints(check + "nature design\nnature operation\n}\n}\n"), "nature"));
  CHECK(twice(complaints(check + "basis stated\nbasis implied\n}\n}\n"), "basis"));
  CHECK(twice(complaints("pack p \"x\" {\n version \"1\"\n version \"2\"\n}\n"), "version"));
  CHECK(complaints("entity E at \"a\" { id: String key at \"b\" o: { a: Int at \"s\" b: Int at \"t\" }? at \"u\" }")
            .empty());
}

TEST_CASE("entities") {
  const Snippet snippet(R"(
entity Person {
  id:   String  key    # a comment
  ## Where they live.
  address: { city: String?, country: String other: { x: Int } }
  manager: Person?
  accounts: Account via owner
  tags: Set<String> = {} at "tags[*]"
  at: Timestamp key from: Date via: Int
  lists: List<Set<List<Int>>>?
}
entity GithubPull from "github/pulls/*.json" at "pulls[*]" { number: Int key at "number" }
entity Nothing {}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(entity Person
  id: String key
  ["Where they live."] address: { city: String? country: String other: { x: Int } }
  manager: Person?
  accounts: Account via owner
  tags: Set<String> = (set) at "tags[*]"
  at: Timestamp key
  from: Date
  via: Int
  lists: List<Set<List<Int>>>?
entity GithubPull from "github/pulls/*.json" at "pulls[*]"
  number: Int key at "number"
entity Nothing
)");
}

TEST_CASE("functions and parameters") {
  const Snippet snippet(R"(
## Who is here.
fn is_here(p: Person, d: Date,): Bool = p.from <= d
fn nothing(): Int? = missing
param started_on: Date
## At least this.
param least: Int = 1 where least >= 1
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(["Who is here."] fn is_here(p: Person, d: Date): Bool = (<= (. p from) d)
fn nothing(): Int? = missing
param started_on: Date
["At least this."] param least: Int = 1 where (>= least 1)
)");
}

TEST_CASE("controls and checks") {
  const Snippet snippet(R"(
## Access ends.
control ACC-07 "Removal of access" {
  criteria  CC6.2, CC6.3
  severity  high
  frequency "every week"
  tags a, "b c"
  statement """
    One
      two.
    """
  evidence Account, Person within 7 days
  evidence Review
  ## How long.
  param grace: Duration = 1 day where grace <= 7 days
  ## It is done.
  check in_time "In time" {
    basis stated nature operation
    for a in Account, g in a.grants
    let left = if a.owner is present then left_on(a.owner) else missing
    where left is present
    where left >= today
    require not a.enabled else "{a.login} is there"
    require a.b
      else "no"
    when empty fail
  }
  check untitled { for organization require some x in X else "none" }
}
control A.B-1.2 {}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(["Access ends."] control ACC-07 "Removal of access"
  criteria "CC6.2" "CC6.3"
  severity "high"
  frequency "every week"
  tags "a" "b c"
  statement "One\n  two."
  evidence Account Person within (quantity 7 days)
  evidence Review
  ["How long."] param grace: Duration = (quantity 1 day) where (<= grace (quantity 7 days))
  ["It is done."] check in_time "In time"
    for a in Account
    for g in (. a grants)
    let left = (if (is present (. a owner)) (call left_on (. a owner)) missing)
    where (is present left)
    where (>= left today)
    require (not (. a enabled)) else (string (. a login) " is there")
    require (. a b) else (string "no")
    when empty fail
    basis stated
    nature operation
  check untitled
    for organization
    require (some [x X]) else (string "none")
control A.B-1.2
)");
}

TEST_CASE("packs") {
  const Snippet snippet(R"(
pack acme "Acme's program" {
  version "2026.2"
  include soc2.*
  include std.access
  set ACC-07.grace = 4 hours
  set program_started_on = 2024-01-01
}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(pack acme "Acme's program"
  version "2026.2"
  include soc2.*
  include std.access
  set ACC-07.grace = (quantity 4 hours)
  set program_started_on = 2024-01-01
)");
}

TEST_CASE("comments are kept, every one, once") {
  const Snippet snippet("# a\nmodule m # b\n## c\nfn f(): Int = # d\n  1 + # e\n  2\n#");
  std::string found;
  for (const auto& comment : snippet.tree().comments) {
    found += std::string(snippet.text(comment.span)) + (comment.doc ? "(doc)" : "") + ";";
  }
  CHECK(found == "# a;# b;## c(doc);# d;# e;#;");
}

TEST_CASE("a byte-order mark and CRLF are accepted, and spans are of the file") {
  const Snippet snippet("\xEF\xBB\xBFmodule m\r\n## d\r\nfn f(): Int = 1\r\n");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == "module m\n[\"d\"] fn f(): Int = 1\n");
  CHECK(snippet.text(snippet.tree().module->span) == "m");
}

TEST_CASE("spans are exact") {
  const Snippet snippet(R"(fn f(a: List<Int>?): Bool = some x in a.b where (x.c ) == "t{ y }" # end
control A-1 {
  check c { for x in Y , z in x.q  require not x.a  else "m"  }  # end
}
)");
  REQUIRE(snippet.sink().all().empty());
  const auto& fn = std::get<writ::syntax::FnDecl>(snippet.tree().declarations[0]);
  const auto& tree = snippet.tree();
  CHECK(snippet.text(fn.span) == R"(fn f(a: List<Int>?): Bool = some x in a.b where (x.c ) == "t{ y }")");
  CHECK(snippet.text(tree.type(fn.params[0].type).span) == "List<Int>?");
  CHECK(snippet.text(tree.expr(fn.body).span) == R"(some x in a.b where (x.c ) == "t{ y }")");
  const auto& query = *tree.expr(fn.body).query;
  CHECK(snippet.text(tree.expr(query.bindings[0].collection).span) == "a.b");
  const auto& equal = tree.expr(query.where);
  CHECK(snippet.text(tree.expr(equal.operands[0]).span) == "(x.c )");
  CHECK(snippet.text(tree.expr(equal.operands[1]).span) == R"("t{ y }")");
  CHECK(snippet.text(tree.expr(equal.operands[1]).parts[1].span) == "{ y }");
  const auto& control = std::get<writ::syntax::ControlDecl>(snippet.tree().declarations[1]);
  const auto& check = control.checks[0];
  CHECK(snippet.text(check.span) == R"(check c { for x in Y , z in x.q  require not x.a  else "m"  })");
  CHECK(snippet.text(check.steps[0].span) == "x in Y");
  CHECK(snippet.text(check.steps[1].span) == "z in x.q");
  CHECK(snippet.text(check.requirements[0].span) == R"(require not x.a  else "m")");
}

TEST_CASE("the standard library parses") {
  const std::filesystem::path library = std::filesystem::path(WRIT_SOURCE_DIR) / "stdlib";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(library)) {
    if (entry.path().extension() != ".writ") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const Snippet snippet(text.str());
    INFO(entry.path());
    CHECK(snippet.diagnosed() == "");
    ++files;
  }
  CHECK(files > 10);
}
