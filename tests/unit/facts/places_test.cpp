// Lines, columns and pointers are exact, wherever a record lies and in whichever order places are asked for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/unit/facts/reading.hpp"

namespace writ::facts {
namespace {

const char* const people = R"(
entity Person {
  id: Int key
  name: String
  city: String? at "address.city"
  boss: Person?
}
entity Room { id: Int key }
)";

using Shown = std::string;  // `line:column pointer`

Shown shown(const TextPlace& place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column) + " " + place.pointer;
}

// A text that is being written, and where things in it lie: counted byte by byte, without any shortcut.
class Writing {
 public:
  Writing& operator<<(std::string_view more) {
    for (const char c : more) {
      if (c == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
        ++column_;
      }
    }
    text += more;
    return *this;
  }
  void note(std::string what, const std::string& pointer) {
    places[std::move(what)] = std::to_string(line_) + ":" + std::to_string(column_) + " " + pointer;
  }

  std::string text;
  std::map<std::string, Shown> places;

 private:
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

// One person with notes of where the record, its name and its city lie. Every fifth has no city.
void write_person(Writing& out, std::size_t id, const std::string& pointer, const std::string& indent) {
  static const std::vector<std::string> names = {"Ana", "Bo \\\"B\\\" {[", "Ñandú", "\\\\", "日本 }]:,", ""};
  const std::string number = std::to_string(id);
  out.note(number, pointer);
  out << "{" << indent << "\"id\": " << number << "," << indent << "\"name\" :";
  out.note(number + ".name", pointer + "/name");
  out << "\"" << names[id % names.size()] << "\"";
  if (id % 7 == 3)
    out << "," << indent << "\"more\": [{\"a/b~\": [1, {\"\\u0063\": null}]}, \"" << std::string(id % 900, 'x')
        << "\"]";
  if (id % 5 != 0) {
    out << "," << indent << "\"address\": {\"street\": \"é\", \"city\": ";
    out.note(number + ".city", pointer + "/address/city");
    out << "\"Köln\"}";
  }
  out << indent << "}";
}

void check_places(Reading& reading, const Writing& written, std::size_t count) {
  reading.run();
  INFO(reading.diagnostics() << reading.bad());
  const EntityFacts& facts = reading.entity("Person");
  REQUIRE(facts.rows == count);
  const EntityId id = reading.id("Person");
  const auto& fields = reading.program().entity(id).fields;
  std::vector<std::uint32_t> rows(facts.rows);
  for (std::uint32_t row = 0; row < facts.rows; ++row) rows[row] = row;
  std::shuffle(rows.begin(), rows.end(), std::mt19937(7));
  rows.resize(std::min<std::size_t>(rows.size(), 300));
  for (const std::uint32_t row : rows) {
    const std::string key(reading.store().key(id, row));
    INFO("person " << key);
    CHECK(shown(reading.store().locate(id, row)) == written.places.at(key));
    CHECK(shown(reading.store().locate(id, row, fields[1].path)) == written.places.at(key + ".name"));
    // A field that is absent has the place of its record.
    const auto city = written.places.find(key + ".city");
    CHECK(shown(reading.store().locate(id, row, fields[2].path)) ==
          (city == written.places.end() ? written.places.at(key) : city->second));
  }
}

TEST_CASE("places in NDJSON: long lines, empty lines, either line end, text beyond ASCII", "[places]") {
  Writing out;
  constexpr std::size_t count = 3'000;
  for (std::size_t id = 0; id < count; ++id) {
    if (id % 11 == 0) out << "\n";
    if (id % 13 == 0) out << "  \t";
    write_person(out, id, "", "");
    if (id % 1'000 == 500) out << std::string(90'000, ' ');  // longer than what is read at once
    out << (id % 3 == 0 ? "\r\n" : "\n");
  }
  for (const std::size_t chunk : {std::size_t{512}, std::size_t{40'000}, std::size_t{256 * 1024}}) {
    for (const std::size_t part : {std::size_t{3'000}, std::size_t{70'000}, std::size_t{4'000'000}}) {
      INFO("chunks of " << chunk << ", parts of " << part);
      Reading reading(people);
      reading.file("person.ndjson", out.text).chunk(chunk).part(part).threads(3);
      check_places(reading, out, count);
    }
  }
}

TEST_CASE("places in mixed NDJSON, behind a line that is no JSON", "[places]") {
  Writing out;
  for (std::size_t id = 0; id < 400; ++id) {
    if (id == 100) out << "{\"kind\": \"Room\", \"id\": \"never closed\\\n";
    if (id % 2 == 0) out << "{\"kind\": \"Room\", \"id\": " << std::to_string(id) << "}\n";
    const std::string number = std::to_string(id);
    out.note(number, "");
    out << "{\"kind\": \"Person\", \"id\": " << number << ", \"name\": ";
    out.note(number + ".name", "/name");
    out << "\"n\"}\n";
  }
  Reading reading(people);
  reading.file("all.ndjson", out.text).chunk(700).part(2'000);
  check_places(reading, out, 400);
  CHECK(reading.bad() ==
        "Person all.ndjson:151:24 /id not JSON: a string is never closed\n"
        "Room all.ndjson:151:24 /id not JSON: a string is never closed\n");
}

TEST_CASE("places in documents that are spread over lines", "[places]") {
  for (const char* const line_end : {"\n", "\r\n", " "}) {
    Writing out;
    constexpr std::size_t count = 2'000;
    const std::string indent = std::string(line_end) + "    ";
    out << "{" << line_end << "  \"room\": [";
    for (std::size_t id = 0; id < 1'500; ++id)
      out << (id > 0 ? "," : "") << indent << "{\"id\": " << std::to_string(id) << "}";
    out << "]," << line_end << "  \"person\": [";
    for (std::size_t id = 0; id < count; ++id) {
      out << (id > 0 ? "," : "") << indent;
      write_person(out, id, "/person/" + std::to_string(id), indent + "  ");
    }
    out << line_end << "  ]" << line_end << "}" << line_end;
    for (const std::size_t chunk : {std::size_t{512}, std::size_t{256 * 1024}}) {
      INFO("chunks of " << chunk);
      Reading reading(people);
      reading.file("company.json", out.text).chunk(chunk);
      check_places(reading, out, count);
    }
  }
}

TEST_CASE("places in a document whose records come before their entity", "[places]") {
  Writing out;
  constexpr std::size_t count = 1'500;
  out << "{\"records\": [\n";
  for (std::size_t id = 0; id < count; ++id) {
    out << (id > 0 ? ",\n" : "");
    write_person(out, id, "/records/" + std::to_string(id), " ");
  }
  out << "],\n\"entity\": \"Person\"}\n";
  Reading reading(people);
  reading.file("export.json", out.text).chunk(2'000);
  check_places(reading, out, count);
}

TEST_CASE("places behind an array of records do not lie in it", "[places]") {
  Writing out;
  out << "{\"person\": [\n";
  for (std::size_t id = 0; id < 1'000; ++id) {
    out << (id > 0 ? ",\n" : "");
    write_person(out, id, "/person/" + std::to_string(id), " ");
  }
  out << "],\n \"room\": 7}";
  Reading reading(people);
  reading.file("company.json", out.text).run();
  CHECK(reading.diagnostics().find("company.json:1002:10 ") != std::string::npos);
}

TEST_CASE("places among a million lines", "[places]") {
  std::string text;
  constexpr std::uint32_t count = 1'000'000;
  for (std::uint32_t id = 0; id < count; ++id) {
    text += "{\"id\":";
    text += std::to_string(id);
    text += "}\n";
  }
  Reading reading(people);
  reading.file("room.ndjson", std::move(text)).threads(2).run();
  const EntityId room = reading.id("Room");
  REQUIRE(reading.entity("Room").rows == count);
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    const auto row = static_cast<std::uint32_t>(i * 7'919'117 % count);
    REQUIRE(shown(reading.store().locate(room, row)) == std::to_string(row + 1) + ":1 ");
  }
}

}  // namespace
}  // namespace writ::facts
