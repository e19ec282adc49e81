// The value of an expression for a person and for programs: records with their key and their place in the evidence.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/facts/store.hpp"
#include "engine/report/page.hpp"
#include "language/program.hpp"

namespace writ::report {

struct ValueContext {
  const language::Program& program;
  const facts::FactStore& store;
};

// One record with its fields below it, a collection of records a line each (`most` of them), anything else as
// messages show it. Ends with a line end.
std::string value_to_text(const ValueContext& context, const facts::Value& value, types::TypeId type,
                          const TextStyle& style, std::size_t most);
// Numbers, truth values and collections as JSON has them; records as {"entity", "key", "place"}; `null` for what is
// missing; all else as text.
nlohmann::ordered_json value_to_json(const ValueContext& context, const facts::Value& value, types::TypeId type);

}  // namespace writ::report
