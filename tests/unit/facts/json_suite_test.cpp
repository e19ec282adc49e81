// JSONTestSuite, the collection of what JSON is and is not, through the reader of evidence: as a document, as a
// line, and as a value within a record, with buffers of several sizes. It lies in a folder of recorded data beside
// the checkout; without it these tests are skipped.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "tests/unit/facts/reading.hpp"

namespace writ::facts {
namespace {

namespace fs = std::filesystem;

const fs::path suite = WRIT_SOURCE_DIR "/../shared/data/conformance/JSONTestSuite/test_parsing";
constexpr std::size_t sizes[] = {1, 2, 7, 64, 256 * 1024};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// By name, in order. Empty where the suite is not there.
const std::map<std::string, std::string>& cases() {
  static const auto loaded = [] {
    std::map<std::string, std::string> out;
    if (!fs::is_directory(suite)) return out;
    for (const auto& entry : fs::directory_iterator(suite)) {
      if (entry.path().extension() == ".json") out[entry.path().filename().string()] = read(entry.path());
    }
    return out;
  }();
  return loaded;
}

bool is_there() {
  if (!cases().empty()) return true;
  std::cout << "skipped: there is no JSONTestSuite at " << suite.string() << "\n";
  return false;
}

// What is said of a text that a vendor sent, in which no record is found where the entity expects it. Empty where
// it is JSON.
std::string refusal(const std::string& name, const std::string& text, std::size_t chunk) {
  Reading reading(R"(entity Sent from "sent.*" at "no.such.place[*]" { id: String? })");
  reading.file(name, text).chunk(chunk).part(chunk).run();
  const std::string told = reading.bad() + reading.diagnostics();
  std::string out;
  for (std::size_t at = 0, end = 0; (end = told.find('\n', at)) != std::string::npos; at = end + 1) {
    const std::string line = told.substr(at, end - at);
    // It is of this shape alone that the entity asks for another.
    const bool of_shape =
        (line.starts_with("unexpected-shape") && line.find("stands twice") == std::string::npos) ||
        line.find("where `at` leads to") != std::string::npos;
    if (!of_shape) out += line + "\n";
  }
  return out;
}

// Writ refuses a member that stands twice, which RFC 8259 leaves to each reader.
const std::set<std::string> repeated = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"};

// Whether a text is refused, asked with every size of buffer; all of them must say the same.
std::string refusal_everywhere(const std::string& name, const std::string& text) {
  const std::string whole = refusal(name, text, sizes[4]);
  for (const std::size_t size : sizes) {
    INFO("in pieces of " << size << " bytes");
    CHECK(refusal(name, text, size) == whole);
  }
  return whole;
}

}  // namespace

TEST_CASE("every document that is JSON is accepted, and every other one is refused", "[suite]") {
  if (!is_there()) return;
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (const auto& [name, text] : cases()) {
    if (name.starts_with("i_")) continue;
    const std::string told = refusal_everywhere("sent.json", text);
    INFO(name << ": " << told);
    if (name.starts_with("n_")) {
      CHECK_FALSE(told.empty());
      ++refused;
    } else if (repeated.contains(name)) {
      CHECK(told.find("`a` stands twice in one object") != std::string::npos);
    } else {
      CHECK(told.empty());
      ++accepted;
    }
  }
  CHECK(accepted == 93);
  CHECK(refused == 187);
}

TEST_CASE("every line that is JSON is accepted, and every other one is refused", "[suite]") {
  if (!is_there()) return;
  std::size_t seen = 0;
  for (const auto& [name, text] : cases()) {
    std::string line = text;
    if (line.ends_with('\n')) line.pop_back();
    // What spans lines is no line, and a line of nothing is passed over.
    if (line.find_first_of("\n\r") != std::string::npos || line.find_first_not_of(" \t") == std::string::npos)
      continue;
    if (name.starts_with("i_")) continue;
    // Lines around it that are sound must not suffer.
    const std::string told = refusal_everywhere("sent.ndjson", "{\"before\": 1}\n" + line + "\n{\"after\": 2}\n");
    INFO(name << ": " << told);
    CHECK(told.empty() == (name.starts_with("y_") && !repeated.contains(name)));
    CHECK(told.find("sent.ndjson:1:") == std::string::npos);
    CHECK(told.find("sent.ndjson:3:") == std::string::npos);
    ++seen;
  }
  CHECK(seen > 250);
}

TEST_CASE("every value that is JSON can stand in a member that nobody reads", "[suite]") {
  if (!is_there()) return;
  std::size_t seen = 0;
  for (const auto& [name, text] : cases()) {
    if (!name.starts_with("y_") || repeated.contains(name)) continue;
    INFO(name);
    for (const std::size_t size : sizes) {
      Reading reading("entity Kept { id: Int key }");
      reading.file("kept.json", "[{\"id\": 1, \"other\": " + text + "}, {\"other\": " + text + ", \"id\": 2}]");
      reading.chunk(size).run();
      CHECK(reading.rows() == "Kept {id: 1}\nKept {id: 2}\n");
      CHECK(reading.bad().empty());
      CHECK(reading.diagnostics().empty());
    }
    ++seen;
  }
  CHECK(seen == 93);
}

// What the standard leaves open is decided in docs/language/evidence.md: numbers of any size are JSON, though not
// every field takes them; a text must be Unicode; a byte order mark is not JSON; nesting ends at 512.
TEST_CASE("what readers may decide is decided once", "[suite]") {
  if (!is_there()) return;
  const std::set<std::string> accepted = {
      "i_number_double_huge_neg_exp.json",  "i_number_huge_exp.json",
      "i_number_neg_int_huge_exp.json",     "i_number_pos_double_huge_exp.json",
      "i_number_real_neg_overflow.json",    "i_number_real_pos_overflow.json",
      "i_number_real_underflow.json",       "i_number_too_big_neg_int.json",
      "i_number_too_big_pos_int.json",      "i_number_very_big_negative_int.json",
      "i_structure_500_nested_arrays.json",
  };
  std::size_t seen = 0;
  for (const auto& [name, text] : cases()) {
    if (!name.starts_with("i_")) continue;
    const std::string told = refusal_everywhere("sent.json", text);
    INFO(name << ": " << told);
    CHECK(told.empty() == accepted.contains(name));
    ++seen;
  }
  CHECK(seen == 35);
}

TEST_CASE("an integer beyond 64 bits is a bad record and not another number") {
  for (const std::string number :
       {"9223372036854775808", "-9223372036854775809", "123123123123123123123123123123"}) {
    Reading reading("entity Kept { id: Int key }");
    reading.file("kept.json", "[{\"id\": " + number + "}, {\"id\": 9223372036854775807}]").run();
    INFO(number);
    CHECK(reading.rows() == "Kept {id: 9223372036854775807}\n");
    CHECK(reading.bad().find("kept.json:1:9 /0/id") != std::string::npos);
  }
}

}  // namespace writ::facts
