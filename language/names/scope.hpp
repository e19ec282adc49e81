// What a name of the module level means in one file: first the file's own module, then what it uses. A name that
// two used modules declare is ambiguous.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/names/declare.hpp"

namespace writ::names {

struct Found {
  std::optional<Symbol> symbol;
  std::vector<std::uint32_t> modules;  // those that declare it, where they are several
};

class Scope {
 public:
  Scope(Modules& modules, const Declarations& declarations, std::uint32_t file)
      : modules_(modules), declarations_(declarations), file_(file) {}

  // An enum or an entity; a function or a parameter. Marks the import that it came through as used.
  Found type(std::string_view name) const { return find(name, &ModuleNames::types); }
  Found value(std::string_view name) const { return find(name, &ModuleNames::values); }
  Found template_(std::string_view name) const { return find(name, &ModuleNames::templates); }

  Found profile(std::string_view name) const { return find(name, &ModuleNames::profiles); }

  // Names that could have been meant.
  std::vector<std::string_view> type_names() const { return names(&ModuleNames::types); }
  std::vector<std::string_view> value_names() const { return names(&ModuleNames::values); }
  std::vector<std::string_view> template_names() const { return names(&ModuleNames::templates); }
  std::vector<std::string_view> profile_names() const { return names(&ModuleNames::profiles); }
  // The modules that are loaded, declare the name and are not used by the file.
  std::vector<std::string_view> type_elsewhere(std::string_view name) const {
    return elsewhere(name, &ModuleNames::types);
  }
  std::vector<std::string_view> value_elsewhere(std::string_view name) const {
    return elsewhere(name, &ModuleNames::values);
  }
  std::vector<std::string_view> template_elsewhere(std::string_view name) const {
    return elsewhere(name, &ModuleNames::templates);
  }
  std::vector<std::string_view> profile_elsewhere(std::string_view name) const {
    return elsewhere(name, &ModuleNames::profiles);
  }

  std::uint32_t file() const { return file_; }

 private:
  using Table = std::map<std::string, Symbol, std::less<>> ModuleNames::*;

  Found find(std::string_view name, Table table) const;
  std::vector<std::string_view> names(Table table) const;
  std::vector<std::string_view> elsewhere(std::string_view name, Table table) const;

  Modules& modules_;
  const Declarations& declarations_;
  std::uint32_t file_;
};

}  // namespace writ::names
