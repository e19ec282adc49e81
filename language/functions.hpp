// What the language must know of a built-in function: its name, its types and its documentation. The table is
// handed in by whoever links the library of functions (stdlib/functions); the language includes no function.
#pragma once

#include <span>
#include <string_view>

namespace writ::language {

// `signature` is written as in the documentation:
//   (text: String) -> String
//   (items: Collection<T>) -> Int                      Collection is List or Set; T any type, the same throughout
//   (a: O, b: O) -> O                                  O any type whose values have an order
//   (a: Collection<T>, b: Collection<T>) -> Set<T>
//   (dates: Collection<Date>, every: Period | Duration, since: Date) -> Bool
//   (text: String, pattern: Regex) -> String?          a regular expression; written out, and checked when compiled
//   (text: String, format: TimeFormat) -> Date?        the same of a format of times (types/time_format.hpp)
// An Int argument is accepted where Float is declared. A function with several signatures has several entries
// of one name, one after the other; the first that fits is taken.
struct FunctionEntry {
  std::string_view name;
  std::string_view signature;
  std::string_view doc;      // what it gives, its units and its errors; Markdown
  std::string_view example;  // `lower("ÄB") == "äb"`: a Bool expression that holds
  bool reads_clock = false;  // the result depends on `now` or `period`
};

using FunctionTable = std::span<const FunctionEntry>;

}  // namespace writ::language
