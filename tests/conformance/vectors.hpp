// Inputs and wanted outputs of functions from public suites, one JSON object a line, held against the language.
// In: a family's lines. Out: for each line, the expression of ours that says the same, what the compiler and the
// engine make of it, and whether that is what was wanted; or why there is no such expression.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace writ::conformance {

struct Line {
  std::string function;  // as the suite calls it: `opa:split`
  nlohmann::json args;
  nlohmann::json object;  // all of the line

  bool wants_error() const { return object.contains("error") || object.contains("undefined"); }
  nlohmann::json want() const { return object.value("want", nlohmann::json()); }
};

enum class Expect : std::uint8_t {
  value,    // it equals `wanted`
  holds,    // it is a Bool, and true
  missing,  // it is missing
  fails,    // the rule is refused, or evaluating it fails
  refused,  // the rule is refused
};

// A line as an expression of ours.
struct Case {
  std::string expression;  // empty: no function of ours is concerned
  Expect expect = Expect::value;
  std::string wanted;  // a literal
  std::string
      reason;  // why no function is concerned; or why we decide otherwise, and then the rest is what we decide
  bool differs = false;
  std::string exception;  // a reason to differ that holds where the result is not as wanted
};

Case gives(std::string expression, std::string wanted);
Case holds(std::string condition);
Case lacks(std::string condition);  // `holds` of the opposite
Case missing(std::string expression);
Case fails(std::string expression);
Case refused(std::string expression);
Case not_had(std::string reason);
// We decide otherwise, and as `ours` says.
Case differs(std::string reason, Case ours);

// What came of a case.
struct Result {
  bool as_expected = false;
  std::string found;  // what was found instead
};

// Compiles and evaluates all of them in one run; those that the compiler refuses are left out of it.
std::vector<Result> run(const std::vector<Case>& cases);

struct Family {
  std::string_view title;
  std::string_view file;  // of its lines
  Case (*adapt)(const Line& line);
};
const std::vector<Family>& families();

std::vector<Line> read_lines(const std::string& path);

// Adapters, one a family.
Case time_case(const Line& line);
Case network_case(const Line& line);
Case glob_case(const Line& line);
Case regex_case(const Line& line);
Case version_case(const Line& line);
Case range_case(const Line& line);
Case text_case(const Line& line);
Case collection_case(const Line& line);
Case number_case(const Line& line);
Case unit_case(const Line& line);
Case encoding_case(const Line& line);
Case format_case(const Line& line);
Case type_case(const Line& line);
Case object_case(const Line& line);
Case cel_case(const Line& line);

}  // namespace writ::conformance
