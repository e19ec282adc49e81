// Keys as texts: a String as it is, an Int in decimal, a Date as it is written, an enum's member by its name, a
// reference by the key of what it refers to.
#pragma once

#include <string>
#include <string_view>

#include "engine/facts/store.hpp"

namespace writ::facts {

inline constexpr char key_mark = '\x1f';  // between the parts of a key of several fields

// As messages show a key: with `, ` between its parts.
std::string shown_key(std::string_view key);

// Appends a part of a key. `value` is there, and of a type that keys can have; of a reference that a derivation
// makes, it is the text of the key.
void append_key(std::string& out, const Value& value, types::TypeId id, const language::Program& program,
                const FactStore& store);

}  // namespace writ::facts
