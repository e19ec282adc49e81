// Keys, references to them, and their other side.
#include <catch2/catch.hpp>

#include "tests/unit/facts/reading.hpp"

namespace writ::facts {

TEST_CASE("references are found whatever the order of entities and files") {
  Reading reading(R"(
entity A { id: String key  b: B?  bs: List<B>  set: Set<B>  others: B via a }
entity B { id: String key  a: A? })");
  reading
      .file("b.ndjson", R"({"id":"b1","a":"a2"})"
                        "\n"
                        R"({"id":"b2","a":"a1"})"
                        "\n"
                        R"({"id":"b3","a":"a1"})")
      .file("a.json", R"([{"id":"a1","b":"b2","bs":["b1","b1","b3"],"set":["b3","b1","b3"]},
                          {"id":"a2","bs":[],"set":[]}])")
      .run();
  CHECK(reading.bad().empty());
  CHECK(reading.rows() ==
        "A {id: a1, b: b2, bs: [b1, b1, b3], set: {b3, b1}, others: [b2, b3]}\n"
        "A {id: a2, b: missing, bs: [], set: {}, others: [b1]}\n"
        "B {id: b1, a: a2}\nB {id: b2, a: a1}\nB {id: b3, a: a1}\n");
}

TEST_CASE("the other side of a list or a set of references holds each record once") {
  Reading reading(R"(
entity Team { id: String key  members: List<Person>  on_call: Set<Person> }
entity Person { id: String key  teams: Team via members  duties: Team via on_call })");
  reading
      .file("x.json", R"({"Team":[{"id":"t1","members":["p","q","p"],"on_call":["q"]},
                                     {"id":"t2","members":["p"],"on_call":["q","p"]}],
                             "Person":[{"id":"p"},{"id":"q"},{"id":"r"}]})")
      .run();
  CHECK(reading.rows() ==
        "Team {id: t1, members: [p, q, p], on_call: {q}}\nTeam {id: t2, members: [p], on_call: {q, p}}\n"
        "Person {id: p, teams: [t1, t2], duties: [t2]}\nPerson {id: q, teams: [t1], duties: [t1, t2]}\n"
        "Person {id: r, teams: [], duties: []}\n");
}

TEST_CASE("an optional reference may dangle, a required one may not") {
  Reading reading("entity A { id: String key  b: B?  c: B }  entity B { id: String key }");
  reading
      .file("x.json", R"({"A":[{"id":"1","b":"x","c":"b"},
                                  {"id":"2","c":"y"}],"B":[{"id":"b"}]})")
      .run();
  CHECK(reading.rows() == "A {id: 1, b: dangling x, c: b}\nB {id: b}\n");
  CHECK(reading.bad() == "A x.json:2:49 /A/1/c `c` refers to the B `y`, which is not there\n");
  CHECK(reading.entity("A").bad == 1);
}

TEST_CASE("what refers to a record that was set aside is set aside as well, and so on") {
  Reading reading("entity A { id: Int key  next: A }  entity B { id: Int key  a: A? }");
  std::string lines;
  for (int i = 0; i < 20000; ++i)
    lines += "{\"id\":" + std::to_string(i) + ",\"next\":" + std::to_string(i + 1) + "}\n";
  lines += "{\"id\":30000,\"next\":30000}\n";
  reading.file("a.ndjson", lines).file("b.ndjson", "{\"id\":1,\"a\":5}\n{\"id\":2,\"a\":30000}").run();
  CHECK(reading.entity("A").bad == 20000);
  CHECK(reading.rows() == "A {id: 30000, next: 30000}\nB {id: 1, a: dangling 5}\nB {id: 2, a: 30000}\n");
  CHECK(reading.store().bad_records.front().reason == "`next` refers to the A `1`, which was set aside");
}

TEST_CASE("references to an entity that was not supplied are not judged") {
  Reading reading("entity A { id: String key  b: B }  entity B { id: String key }");
  reading.file("a.ndjson", R"({"id":"1","b":"x"})").run();
  CHECK(reading.rows() == "A {id: 1, b: dangling x}\n");
  CHECK(reading.bad().empty());
  CHECK_FALSE(reading.entity("B").supplied);
}

TEST_CASE("references within lists and nested records are required as well") {
  Reading reading("entity A { id: String key  bs: List<B>  in: { b: B  c: B? }? }  entity B { id: String key }");
  reading
      .file("x.json", R"({"B":[{"id":"b"}],"A":[{"id":"1","bs":["b"],"in":{"b":"b","c":"z"}},
{"id":"2","bs":["b","y"]},
{"id":"3","bs":[],"in":{"b":"y"}},
{"id":"4","bs":[]}]})")
      .run();
  CHECK(reading.rows() == "A {id: 1, bs: [b], in: {b: b, c: z}}\nA {id: 4, bs: [], in: missing}\nB {id: b}\n");
  CHECK(reading.bad() ==
        "A x.json:2:16 /A/1/bs `bs` refers to the B `y`, which is not there\n"
        "A x.json:3:24 /A/2/in `in` refers to the B `y`, which is not there\n");
}

TEST_CASE("keys of several fields are referred to by an array or an object") {
  Reading reading(R"(
enum Env { dev, prod }
entity Host { env: Env key  number: Int key  since: Date key  name: String }
entity Service { host: Host key  port: Int key  up: Host? })");
  reading.file("host.ndjson", R"({"env":"prod","number":7,"since":"2026-01-02","name":"h"})")
      .file("service.ndjson",
            R"({"host":["prod",7,"2026-01-02"],"port":1,"up":{"since":"2026-01-02","number":7,"env":"prod"}})"
            "\n"
            R"({"host":["prod",7,"2026-01-02"],"port":2,"up":["prod",8,"2026-01-02"]})"
            "\n"
            R"({"host":["prod",7],"port":3})"
            "\n"
            R"({"host":"prod","port":4})"
            "\n"
            R"({"host":["prod",7,"2026-02-30"],"port":5})"
            "\n"
            R"({"host":["prod",7,"2026-01-02"],"port":6,"up":{"env":"prod","number":7}})"
            "\n"
            R"({"host":["prod","7","2026-01-02"],"port":7})")
      .run();
  CHECK(reading.rows() ==
        "Host {env: prod, number: 7, since: 2026-01-02, name: h}\n"
        "Service {host: prod/7/2026-01-02, port: 1, up: prod/7/2026-01-02}\n"
        "Service {host: prod/7/2026-01-02, port: 2, up: dangling prod/8/2026-01-02}\n");
  CHECK(reading.bad() ==
        "Service service.ndjson:3:9 /host `host` has 2 parts, the key of Host has 3\n"
        "Service service.ndjson:4:9 /host `host` is a string; an array of the 3 parts of the key of Host is "
        "expected, "
        "or an object with them\n"
        "Service service.ndjson:5:19 /host/2 `host.since` is \"2026-02-30\", which is no date\n"
        "Service service.ndjson:6:47 /up `up` has no `since`\n"
        "Service service.ndjson:7:17 /host/1 `host.number` is a string, Int expected\n");
}

TEST_CASE("large sets keep each element once") {
  std::string numbers;
  std::string keys;
  for (int i = 0; i < 3000; ++i) {
    numbers += (i == 0 ? "" : ",") + std::to_string(i % 1000);
    keys += std::string(i == 0 ? "" : ",") + "\"k" + std::to_string(i % 500) + "\"";
  }
  Reading reading(
      "entity A { id: Int key  numbers: Set<Int>  keys: Set<B>  pairs: Set<{ x: Int  y: B? }> }  "
      "entity B { id: String key }");
  reading
      .file("a.ndjson", R"({"id":1,"numbers":[)" + numbers + R"(],"keys":[)" + keys +
                            R"(],"pairs":[{"x":1},{"x":1,"y":null},{"x":1,"y":"k1"},{"y":"k1","x":1},{"x":2}]})")
      .run();
  REQUIRE(reading.entity("A").rows == 1);
  const EntityFacts& a = reading.entity("A");
  CHECK(list_size(a.columns[1].at(0)) == 1000);
  CHECK(list_size(a.columns[2].at(0)) == 500);
  CHECK(list_size(a.columns[3].at(0)) == 3);
  CHECK(list_element(a.columns[1].at(0), 999).i == 999);
}

}  // namespace writ::facts
