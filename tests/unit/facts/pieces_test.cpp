// What is read does not depend on how it is cut: on the size of the buffer, on the parts that threads share.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/unit/facts/reading.hpp"

namespace writ::facts {
namespace {

const char* const accounts = R"(
entity Account {
  number: Int key
  owner: String?
}
)";

const char* const company = R"(
entity Person { id: String key  boss: Person? }
entity Account { number: Int key  owner: String?  tags: Set<String> = {} }
entity Group from "vendor*" at "groups[*]" { id: String key }
entity Port from "vendor*" at "groups[*].ports[*]" { group: String at "^.id"  port: Int key }
)";

struct Sample {
  std::string name;
  std::string text;
};

// Every shape, with escapes, numbers, words, nesting, text beyond ASCII, and members that nobody reads.
const std::vector<Sample> samples = {
    {"account.json",
     R"([{"number":1,"owner":"p\u0031"},{"x":[-1.5e+2,{"y":null}],"number":2,"tags":["a,}","a"]}])"},
    {"all.json",
     R"({"Person": [{"id":"p1"}, {"id":"é\\","boss":"p1"}], "x": {"a":1,"b":{}}, "Account": [{"number":3}]})"},
    {"envelope.json",
     R"({"records":[{"number":4,"owner":"]"}],"entity":"Account","collected_at":"2026-06-30T00:00:00Z"})"},
    {"vendor.json", R"({"groups":[{"id":"g","ports":[{"port":1},{"port":22}]},{"id":"h"}],"more":[true,false]})"},
    {"account.ndjson", "{\"number\":5,\"owner\":\"\\\"\"}\n\n{\"number\":6,\"x\":[{}, 0]}\n"},
    {"mixed.ndjson", "{\"entity\":\"Person\",\"id\":\"p1\"}\n{\"n\":1,\"kind\":\"account\",\"number\":7}\n"},
};

// Every text that is one byte away: the byte left out, or another in its place.
std::vector<std::string> mutants(const std::string& text) {
  std::vector<std::string> out{text};
  for (std::size_t at = 0; at < text.size(); ++at) {
    out.push_back(text.substr(0, at) + text.substr(at + 1));
    for (const char c : {'"', '\\', ',', '}', '[', 'e', '\n', '\xe9'}) {
      if (text[at] == c) continue;
      out.push_back(text);
      out.back()[at] = c;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a broken text is read and refused alike in pieces of every size") {
  Reading reading(company);
  const auto read = [&](std::size_t chunk, std::size_t part) {
    reading.chunk(chunk).part(part).run();
    return reading.everything();
  };
  for (const Sample& sample : samples) {
    for (const std::string& text : mutants(sample.text)) {
      reading.no_files().file(sample.name, text);
      const std::string at_once = read(1024, 1024);
      std::string differing;
      for (const std::size_t size : std::initializer_list<std::size_t>{1, 2, 3, 5, 7, 11, 16, 23, 37, 50, 71}) {
        if (read(size, 1024) != at_once) differing += " " + std::to_string(size);
        if (sample.name.ends_with(".json")) continue;
        if (read(size, size) != at_once || read(1024, size) != at_once)
          differing += " in parts of " + std::to_string(size);
      }
      INFO(sample.name << ": " << text << "\nat once: " << at_once << "\ndiffers with" << differing);
      CHECK(differing.empty());
    }
  }
}

TEST_CASE("a member that stands twice is found however its name is spelt") {
  for (const std::string members : {R"("a":1,"\u0061":2)", R"("\u0061":1,"a":2)", R"("\u0061":1,"\u0061":2)"}) {
    INFO(members);
    Reading reading(accounts);
    reading.file("account.json", R"([{"number":1,)" + members + "}]").run();
    const std::size_t column = 14 + members.find(',') + 1;
    CHECK(reading.bad() ==
          "Account account.json:1:" + std::to_string(column) + " /0/a `a` stands twice in one object\n");
  }
}

// Of two members of one name, one would have been passed over with the records in it.
TEST_CASE("a member that stands twice around vendors' records is refused") {
  const auto read = [](const std::string& text) {
    Reading reading(company);
    reading.file("vendor.json", text).run();
    return reading.rows() + reading.bad() + reading.diagnostics();
  };
  CHECK(read(R"({"groups":[{"id":"g","ports":[],"ports":[{"port":1}]},{"id":"h","ports":[{"port":2}]}]})") ==
        "Group {id: h}\nPort {group: h, port: 2}\n"
        "Group vendor.json:1:33 /groups/0/ports `ports` stands twice in one object\n"
        "Port vendor.json:1:33 /groups/0/ports `ports` stands twice in one object\n");
  CHECK(read(R"({"groups":[{"id":"g","x":{"y":1,"y":2}}]})") ==
        "Group vendor.json:1:33 /groups/0/x/y `y` stands twice in one object\n"
        "Port vendor.json:1:33 /groups/0/x/y `y` stands twice in one object\n");
}

// Whose record it is cannot be told.
TEST_CASE("a line that names its entity twice is a bad record of every entity") {
  for (const std::string first : {"Note", "Person", "Account"}) {
    Reading reading(company);
    reading.file("mixed.ndjson", R"({"entity":")" + first + R"(","id":"p1","entity":"Note"})" + "\n").run();
    INFO(first);
    CHECK(reading.entity("Person").bad == 1);
    CHECK(reading.entity("Account").bad == 1);
  }
  Reading reading(company);
  reading.file("account.ndjson",
               R"({"collected_at":"2026-06-30T00:00:00Z","collected_at":"2026-01-01T00:00:00Z"})");
  reading.run();
  CHECK(reading.bad() == "Account account.ndjson:1:40 /collected_at `collected_at` stands twice in one object\n");
}

TEST_CASE("the earliest fault of a document is told") {
  const auto told = [](const std::string& text) {
    Reading reading(accounts);
    reading.file("account.json", text).run();
    CHECK(reading.entity("Account").broken);
    return reading.diagnostics();
  };
  const auto at = [](const char* place, const char* what) {
    return std::string("invalid-json account.json:") + place + " `account.json` is not JSON | " + what +
           " | nothing that this file gives is used\n";
  };
  CHECK(told("[{number\": 1}, {\"number\": 2, \"owner\": \"\xff\"}]") ==
        at("1:3", "the name of a member is expected"));
  CHECK(told("[{\"number\": 1}, {\"owner\": \"\xff\"}, 1") == at("1:28", "this is not UTF-8"));
  CHECK(told("[{\"number\": 1}, {\"owner\": \"p1]") == at("1:27", "a string is never closed"));
  CHECK(told("[{\"number\": \\\"1\"}, \"\xff\"]") == at("1:13", "a value is expected"));
  CHECK(told("[{\"number\": 1} {\"number\": 2} \"") == at("1:16", "`,` or `]` is expected"));
  CHECK(told("[{\"number\": 1}]\n\"") == at("2:1", "a string is never closed"));
}

// It cannot be known whose records would have come behind the fault.
TEST_CASE("a document that is broken gives no entity that it may hold whole") {
  const auto broken = [](const std::string& name, const std::string& text) {
    Reading reading(company);
    reading.file(name, text).run();
    std::string out;
    for (const char* const entity : {"Person", "Account", "Group", "Port"}) {
      if (reading.entity(entity).broken) out += std::string(out.empty() ? "" : " ") + entity;
    }
    return out;
  };
  CHECK(broken("all.json", R"({"Person": [{"id": "p1"}], "Account": [{"number": 1}]})").empty());
  CHECK(broken("all.json", R"({"Person": [{"id": "p1"}], "Account": [{"number": 1})") == "Person Account");
  CHECK(broken("all.json", R"({"Person": [{"id": "p1"}], "Acc)") == "Person Account");
  CHECK(broken("all.json", R"({"Person": [{"id": "p1"}, )") == "Person Account");
  CHECK(broken("all.json", R"({"x": 1, "x": 2, "Person": []})") == "Person Account");
  CHECK(broken("all.json", "\"\xff") == "Person Account");
  CHECK(broken("all.json", "") == "Person Account");
  // An envelope, and a file that is named for an entity, hold its records.
  CHECK(broken("all.json", R"({"entity": "Account", "records": [{)") == "Account");
  CHECK(broken("account.json", R"([{"number": 1}, {)") == "Account");
  CHECK(broken("account.json", R"({"Person": [{"id": "p1"}], "Account": [)") == "Person Account");
  // It was read to its end, and holds nothing.
  CHECK(broken("all.json", "12").empty());
  CHECK(broken("all.json", "12 13") == "Person Account");
  CHECK(broken("account.json", "12") == "Account");
  CHECK(broken("vendor.json", R"({"groups": [)") == "Group Port");
}

TEST_CASE("what other files give of an entity that a broken document may hold is judged and not whole") {
  Reading reading(company);
  reading.file("all.json", R"({"Account": [{"number": 1}], )").file("person.json", R"([{"id": "p1"}])").run();
  CHECK(reading.entity("Account").broken);
  CHECK_FALSE(reading.entity("Person").broken);
  CHECK(reading.entity("Person").bad == 1);
  CHECK(reading.rows().find("Person {id: p1, boss: missing}\n") != std::string::npos);
  CHECK(reading.bad() == "Person all.json:1:30  not JSON: the document ends too early\n");
  reading.no_files().missing_file("none.json").file("person.json", R"([{"id": "p1"}])").run();
  CHECK(reading.entity("Person").bad == 1);
  CHECK(reading.bad() == "Person none.json:0:0  not read: no such file or directory\n");
}

TEST_CASE("a file that cannot be read gives no entity that it may hold whole") {
  for (const char* const name : {"there-is-none.json", "there-is-none.ndjson"}) {
    Reading reading(company);
    reading.missing_file(name).run();
    INFO(reading.everything());
    CHECK(reading.entity("Person").broken);
    CHECK(reading.entity("Account").broken);
    CHECK_FALSE(reading.entity("Group").broken);
  }
}

// `er` ends with a quote that opens a string, in which the buffer ends.
TEST_CASE("a quote that stands behind a word does not become a name's first byte") {
  const std::string text = R"({"entity": "Account", "records": [{er": 1, "owner": "p1", "number": 2}]})";
  for (std::size_t size = 1; size <= text.size() + 1; ++size) {
    INFO("in pieces of " << size << " bytes");
    Reading reading(accounts);
    reading.file("evidence.json", text).chunk(size).run();
    CHECK(reading.diagnostics().find("invalid-json") != std::string::npos);
  }
}

TEST_CASE("nor where the production buffer ends") {
  constexpr std::size_t buffer = 256 * 1024;
  const std::string begin = R"([{"number": 1, "owner": ")";
  const std::string broken = R"("}, {er": [1], "number": 2}])";
  // The bracket in the string is the last one in the buffer.
  const std::size_t behind_bracket = broken.find(']') + 1;
  for (const std::size_t beyond : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
    const std::string filler(buffer - begin.size() - behind_bracket - beyond, 'x');
    Reading reading(accounts);
    reading.file("account.json", begin + filler + broken).run();
    CHECK(reading.diagnostics().find("invalid-json account.json:1:") != std::string::npos);
    CHECK(reading.entity("Account").broken);
  }
}

}  // namespace writ::facts
