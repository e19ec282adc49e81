// What is read does not depend on how it is cut: on the size of the buffer, on the parts that threads share.
#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/facts/reading.hpp"

namespace writ::facts {
namespace {

const char* const accounts = R"(
entity Account {
  number: Int key
  owner: String?
}
)";

}  // namespace

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
