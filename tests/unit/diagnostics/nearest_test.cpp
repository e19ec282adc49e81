#include <catch2/catch.hpp>
#include <string>

#include "language/diagnostics/diagnostic.hpp"

using writ::diagnostics::nearest;

TEST_CASE("the likeliest slip") {
  const std::vector<std::string_view> fields = {"disabled_at", "enabled", "owner", "id", "created_at"};
  CHECK(nearest("disabledAt", fields) == "disabled_at");
  CHECK(nearest("enabeld", fields) == "enabled");
  CHECK(nearest("enable", fields) == "enabled");
  CHECK(nearest("ownr", fields) == "owner");
  CHECK(nearest("OWNER", fields) == "owner");
  CHECK(nearest("ids", fields) == "id");
  CHECK(nearest("created_on", fields) == "created_at");
}

TEST_CASE("what is too far is no slip") {
  const std::vector<std::string_view> fields = {"enabled", "owner", "id"};
  CHECK(nearest("password", fields).empty());
  CHECK(nearest("xy", fields).empty());
  CHECK(nearest("a", {"b"}).empty());
  CHECK(nearest("", fields).empty());
  CHECK(nearest("enabled", {}).empty());
  CHECK(nearest(std::string(100'000, 'a'), {std::string_view("aaa")}).empty());
}

TEST_CASE("ties go to the first") {
  CHECK(nearest("cat", {"car", "can"}) == "car");
  CHECK(nearest("cat", {"can", "car"}) == "can");
}
