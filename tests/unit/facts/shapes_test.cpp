// The shapes of evidence: every one gives the same records.
#include <catch2/catch.hpp>
#include <chrono>
#include <string>

#include "tests/unit/facts/reading.hpp"

namespace writ::facts {
namespace {

const char* const people = R"(
enum Status { active, on_leave, left }
entity Person {
  id: String key
  name: String
  status: Status
  started_on: Date
  ended_on: Date?
  manager: Person?
  accounts: Account via owner
  address: { city: String?, country: String }
  tags: Set<String> = {}
}
entity Account {
  id: Int key
  owner: Person?
  enabled: Bool = true
  used_at: Timestamp?
  share: Float
  grace: Duration
  cycle: Period
  networks: List<Network>
}
)";

const char* const expected_rows =
    "Person {id: p1, name: Ana, status: active, started_on: 2020-01-31, ended_on: missing, manager: missing, "
    "accounts: [7, 8], address: {city: missing, country: DE}, tags: {}}\n"
    "Person {id: p2, name: Bo \"B\" Ñ, status: left, started_on: 2021-02-28, ended_on: 2024-02-29, manager: p1, "
    "accounts: [], address: {city: Köln, country: DE}, tags: {a, b}}\n"
    "Account {id: 7, owner: p1, enabled: true, used_at: 2026-01-02T03:04:05.5Z, share: 0.5, grace: 3 days, "
    "cycle: 18 months, networks: [10.0.0.0/8, ::1]}\n"
    "Account {id: 8, owner: p1, enabled: false, used_at: missing, share: 3.0, grace: 4 hours, cycle: 12 months, "
    "networks: []}\n"
    "Account {id: -9, owner: dangling p9, enabled: true, used_at: missing, share: -2500.0, grace: 0 seconds, "
    "cycle: 1 month, networks: []}\n";

const char* const person_1 =
    R"({"id":"p1","name":"Ana","status":"active","started_on":"2020-01-31","address":{"country":"DE"}})";
const char* const person_2 =
    R"({"id":"p2","name":"Bo \"B\" \u00d1","status":"left","started_on":"2021-02-28","ended_on":"2024-02-29",)"
    R"("manager":"p1","address":{"country":"DE","city":"K\u00f6ln"},"tags":["a","b","a"]})";
const char* const account_7 =
    R"({"id":7,"owner":"p1","used_at":"2026-01-02T04:04:05.5+01:00","share":0.5,"grace":"3 days",)"
    R"("cycle":"P1Y6M","networks":["10.1.2.3/8","::1"]})";
const char* const account_8 =
    R"({"networks":[],"cycle":"1 year","grace":"PT4H","share":3,"used_at":null,"enabled":false,"owner":"p1","id":8})";
const char* const account_9 =
    R"({"id":-9,"owner":"p9","enabled":null,"share":-2.5e3,"grace":"0 days","cycle":"1 month","networks":[]})";

std::string text(std::string_view pattern) {
  std::string out(pattern);
  for (const auto& [mark, record] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"P1", person_1}, {"P2", person_2}, {"A7", account_7}, {"A8", account_8}, {"A9", account_9}}) {
    const std::size_t at = out.find(mark);
    if (at != std::string::npos) out.replace(at, 2, record);
  }
  return out;
}

// Spreads a compact text over lines.
std::string pretty(const std::string& compact) {
  std::string out;
  bool in_string = false;
  std::size_t depth = 0;
  const auto line = [&] { out += "\n" + std::string(2 * depth, ' '); };
  for (std::size_t i = 0; i < compact.size(); ++i) {
    const char c = compact[i];
    if (in_string) {
      out += c;
      if (c == '\\') out += compact[++i];
      if (c == '"') in_string = false;
    } else if (c == '{' || c == '[') {
      out += c;
      ++depth;
      line();
    } else if (c == '}' || c == ']') {
      --depth;
      line();
      out += c;
    } else if (c == ',') {
      out += c;
      line();
    } else if (c == ':') {
      out += " : ";
    } else {
      in_string = c == '"';
      out += c;
    }
  }
  return out + "\n";
}

using Files = std::vector<std::pair<std::string, std::string>>;

void check_shape(const Files& files) {
  for (const std::size_t chunk :
       {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{300}, std::size_t{4096}}) {
    Reading reading(people);
    for (const auto& [name, content] : files) reading.file(name, content);
    reading.chunk(chunk).run();
    INFO(files.front().first << " in chunks of " << chunk);
    CHECK(reading.rows() == expected_rows);
    CHECK(reading.bad().empty());
    CHECK(reading.unknown().empty());
    CHECK(reading.diagnostics().empty());
    CHECK(reading.entity("Person").supplied);
    CHECK(reading.entity("Account").supplied);
  }
}

}  // namespace

TEST_CASE("an object of arrays by entity name") {
  const std::string document = text(R"({"Person":[P1,P2],"Account":[A7,A8,A9]})");
  check_shape({{"all.json", document}});
  check_shape({{"all.json", pretty(document)}});
  check_shape({{"all.json", text(R"( {"people":3,"accounts" : [A7,A8,A9] , "person":[ P1 , P2 ]} )")}});
}

TEST_CASE("an array in a file that is named for its entity") {
  const Files files = {{"hr/person.json", text("[P1,P2]")}, {"it/accounts.json", text("[A7,A8,A9]")}};
  check_shape(files);
  check_shape({{"Person.json", pretty(files[0].second)}, {"Account.json", pretty(files[1].second)}});
}

TEST_CASE("an envelope, whatever the order of its members") {
  check_shape(
      {{"people.json",
        text(R"({"entity":"Person","source":"hr","collected_at":"2026-06-01T00:00:00Z","records":[P1,P2]})")},
       {"account.json", text(R"({"collected_at":"2026-06-01T00:00:00Z","records":[A7,A8,A9]})")}});
  check_shape({{"x.json", text(R"({"records":[P1,P2],"entity":"person"})")},
               {"y.json", text(R"({"source":null,"records":[A7,A8,A9],"entity":"accounts"})")}});
}

TEST_CASE("NDJSON in files that are named for their entities") {
  check_shape({{"person.ndjson", text("P1\nP2\n")}, {"accounts.jsonl", text("\n A7 \r\n\n\tA8\r\nA9")}});
  check_shape({{"person.ndjson", text(R"({"entity":"Person","collected_at":"2026-06-01T00:00:00Z"})"
                                      "\nP1\nP2")},
               {"things.ndjson", text(R"({"entity":"Account"})"
                                      "\nA7\nA8\nA9\n")}});
}

TEST_CASE("NDJSON of mixed records") {
  const auto marked = [](std::string_view record, std::string_view mark) {
    return "{" + std::string(mark) + "," + std::string(record.substr(1));
  };
  const auto marked_last = [](std::string_view record, std::string_view mark) {
    return std::string(record.substr(0, record.size() - 1)) + "," + std::string(mark) + "}";
  };
  std::string lines = marked(account_7, R"("entity":"Account")") + "\n";
  lines += marked(person_1, R"("kind":"person")") + "\n";
  lines += marked_last(account_8, R"("kind":"x","entity":"account")") + "\n";
  lines += R"({"kind":"Person","entity":"Account",)" + std::string(account_9).substr(1) + "\n";
  lines += marked_last(person_2, R"("kind":"Person")");
  check_shape({{"facts.ndjson", lines}});
}

TEST_CASE("standard input is told apart by its first line") {
  check_shape({{"-", text(R"({"Person":[P1,P2],"Account":[A7,A8,A9]})")}});
  check_shape({{"-", pretty(text(R"({"Person":[P1,P2],"Account":[A7,A8,A9]})"))}});
  check_shape({{"accounts.ndjson", text("A7\nA8\nA9")},
               {"-", text(R"({"entity":"Person"})"
                          "\nP1\nP2")}});
}

TEST_CASE("the threads and the parts do not show in the result") {
  std::string lines;
  for (int i = 0; i < 400; ++i) {
    lines += R"({"entity":"Person","id":"p)" + std::to_string(i % 390) + R"(","name":"N)" + std::to_string(i % 7) +
             R"(","status":")" + (i % 50 == 3 ? "actve" : "active") +
             R"(","started_on":"2020-01-31","manager":"p)" + std::to_string((i * 7) % 420) +
             R"(","address":{"country":"DE"},"tags":["t)" + std::to_string(i % 3) + "\"]" +
             (i % 11 == 0 ? ",\"nick\\u0065\":1" : "") + (i % 97 == 5 ? ",\"id\":\"x\"" : "") + "}\n";
    if (i % 60 == 0) lines += "not json\n";
    if (i % 70 == 0)
      lines += R"({"entity":"Persn","id":"q"})"
               "\n";
  }
  Reading one(people);
  one.file("facts.ndjson", lines).run();
  const std::string expected = one.everything();
  for (const unsigned threads : {1U, 2U, 5U}) {
    for (const std::size_t part : {std::size_t{1}, std::size_t{50}, std::size_t{1000}, std::size_t{100000}}) {
      for (const std::size_t chunk : {std::size_t{16}, std::size_t{333}, std::size_t{8192}}) {
        Reading other(people);
        other.file("facts.ndjson", lines).threads(threads).part(part).chunk(chunk).run();
        INFO(threads << " threads, parts of " << part << ", chunks of " << chunk);
        CHECK(other.everything() == expected);
      }
    }
  }
}

TEST_CASE("what lies around records is found for each object around anew") {
  Reading reading(R"(
entity Port from "vendor*" at "groups[*].ports[*]" {
  key:   Int key
  group: String? at "^.id"
  next:  String? at "^.^.page.next"
}
)");
  reading.file("vendor-1.json",
               R"({"groups":[{"ports":[{"key":1},{"key":2}],"id":"a"},{"id":"b","ports":[{"key":3}]},)"
               R"({"ports":[{"key":4},{"key":5}]}],"page":{"next":"x"}})");
  reading.file("vendor-2.json", R"({"groups":[{"ports":[{"key":6}],"id":"c"}]})");
  CHECK(reading.run().bad_records.empty());
  CHECK(reading.rows() ==
        "Port {key: 1, group: a, next: x}\nPort {key: 2, group: a, next: x}\nPort {key: 3, group: b, next: x}\n"
        "Port {key: 4, group: missing, next: x}\nPort {key: 5, group: missing, next: x}\n"
        "Port {key: 6, group: c, next: missing}\n");
}

TEST_CASE("what lies around records is looked for once, however many there are") {
  Reading reading(R"(entity Item from "vendor*" at "items[*]" { key: Int key  next: String? at "^.next" })");
  std::string items;
  for (int i = 0; i < 60'000; ++i)
    items += R"({"key":)" + std::to_string(i) + R"(,"tags":[{"a":1},{"b":2},{"c":3},{"d":4},{"e":5},{"f":6}]},)";
  items.pop_back();
  const auto begin = std::chrono::steady_clock::now();
  reading.file("vendor.json", R"({"items":[)" + items + R"(],"next":"x"})").run();
  // A cost that grows with the square would take minutes.
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() < 20);
  CHECK(reading.entity("Item").rows == 60'000);
}

}  // namespace writ::facts
