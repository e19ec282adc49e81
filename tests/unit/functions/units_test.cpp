#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using support::Caller;

namespace {

std::string of(std::string_view name, std::string_view text) {
  Caller caller;
  return caller.shown(name, {caller.text(text)});
}

}  // namespace

TEST_CASE("bytes with units") {
  CHECK(of("parse_bytes", "1024") == "1024");
  CHECK(of("parse_bytes", "8kb") == "8000");
  CHECK(of("parse_bytes", "1KiB") == "1024");
  CHECK(of("parse_bytes", "100M") == "100000000");
  CHECK(of("parse_bytes", "1b") == "1");
  CHECK(of("parse_bytes", "4.1Mi") == "4299161");
  CHECK(of("parse_bytes", ".5KB") == "500");
  CHECK(of("parse_bytes", "5E") == "5000000000000000000");
  CHECK(of("parse_bytes", "1e3KB") == "1000000");
  CHECK(of("parse_bytes", "9223372036854775807") == "9223372036854775807");
  CHECK(of("parse_bytes", "9223372036854775808") == "missing");
  CHECK(of("parse_bytes", "10eb") == "missing");
  CHECK(of("parse_bytes", "9.3E") == "missing");
  for (const std::string_view none : {"", "GB", "1 GB", "1.2.3", "-1", "1kk", "1kibb", "1x", ".", "1e999k"}) {
    INFO(none);
    CHECK(of("parse_bytes", none) == "missing");
  }
}

TEST_CASE("quantities of Kubernetes") {
  CHECK(of("parse_quantity", "500m") == "0.5");
  CHECK(of("parse_quantity", "4M") == "4000000.0");
  CHECK(of("parse_quantity", "1.1Ki") == "1126.4");
  CHECK(of("parse_quantity", "100ti") == "109951162777600.0");
  CHECK(of("parse_quantity", "-1.5") == "-1.5");
  CHECK(of("parse_quantity", "250u") == "0.00025");
  for (const std::string_view none : {"", "m", "1KB", "1 k", "--1", "1e999"}) {
    INFO(none);
    CHECK(of("parse_quantity", none) == "missing");
  }
}

TEST_CASE("texts that are encoded") {
  CHECK(of("base64_decode", "aGVsbG8=") == "hello");
  CHECK(of("base64_decode", "aGVs\nbG8\n") == "hello");
  CHECK(of("base64_decode", "c3ViamVjdHM/X2Q=") == "subjects?_d");
  CHECK(of("base64_decode", "c3ViamVjdHM_X2Q") == "subjects?_d");
  CHECK(of("base64_decode", "w6Q=") == "ä");
  CHECK(of("base64_decode", "") == "");
  for (const std::string_view none : {"a", "aG=", "aGVsbG8==", "aGVsbG8=x", "aGVs bG8=", "/w==", "aGVsbG9="}) {
    INFO(none);
    CHECK(of("base64_decode", none) == "missing");
  }
  CHECK(of("url_decode", "a%3Db%2B1+") == "a=b+1+");
  CHECK(of("url_decode", "%C3%A4") == "ä");
  for (const std::string_view none : {"%", "%4", "%zz", "%ff"}) {
    INFO(none);
    CHECK(of("url_decode", none) == "missing");
  }
}

}  // namespace writ::functions
