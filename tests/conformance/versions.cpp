// Versions and their ranges.
#include <fmt/format.h>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

Case valid(const Line& line) {
  const std::string ours = call("is_semver", {*literal(line.args[0])});
  if (!line.args[0].is_string()) return refused(ours);
  const std::string note = line.object.value("note", "");
  if (note == "too big" || note == "too long") {
    return differs("Semantic Versioning has no limit on a number's or a version's length", holds(ours));
  }
  return line.want() == true ? holds(ours) : lacks(ours);
}

// Leading blanks, `v` and `=` are what loose mode passes over.
std::string strict(const nlohmann::json& version) {
  const auto text = version.get<std::string>();
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return text_literal(text);
  return fmt::format("trim({}, \" =v\")", text_literal(text));
}

bool is_loose(const Line& line) {
  const auto options = line.object.value("options", nlohmann::json());
  if (options.is_object()) {
    const auto loose = options.value("loose", nlohmann::json());
    return loose.is_number() ? loose != 0 : loose == true;
  }
  return options == true;
}

}  // namespace

Case version_case(const Line& line) {
  if (line.function.ends_with("is_valid")) return valid(line);
  if (line.function == "semver.parse") return not_had("the parts of a version");
  return gives(call("semver_compare", {strict(line.args[0]), strict(line.args[1])}), line.want().dump());
}

Case range_case(const Line& line) {
  const auto options = line.object.value("options", nlohmann::json());
  if (options.is_object() && options.value("includePrerelease", false))
    return not_had("pre-releases in every range (`includePrerelease`)");
  const auto range = line.args[0].get<std::string>();
  const auto version = line.args[1].get<std::string>();
  if (is_loose(line) && (range.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos ||
                         version.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos))
    return not_had("versions that break the rules of Semantic Versioning (`loose`)");
  const std::string ours = call("semver_satisfies", {text_literal(version), text_literal(range)});
  if (version == "not a version")
    return differs("what is no version fails the member instead of being in no range", fails(ours));
  return line.want() == true ? holds(ours) : lacks(ours);
}

}  // namespace writ::conformance
