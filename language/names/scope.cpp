#include "language/names/scope.hpp"

#include <algorithm>

namespace writ::names {

Found Scope::find(std::string_view name, Table table) const {
  Found found;
  File& file = modules_.files[file_];
  const auto& own = declarations_.modules[file.module].*table;
  if (const auto entry = own.find(name); entry != own.end()) {
    found.symbol = entry->second;
    return found;
  }
  std::vector<std::uint32_t> from;
  for (Import& import : file.imports) {
    const auto& names = declarations_.modules[import.module].*table;
    const auto entry = names.find(name);
    if (entry == names.end() || std::find(from.begin(), from.end(), import.module) != from.end()) continue;
    import.used = true;
    if (from.empty()) found.symbol = entry->second;
    from.push_back(import.module);
  }
  if (from.size() > 1) found.modules = std::move(from);
  return found;
}

std::vector<std::string_view> Scope::names(Table table) const {
  std::vector<std::string_view> names;
  const File& file = modules_.files[file_];
  for (const auto& [name, symbol] : declarations_.modules[file.module].*table) names.push_back(name);
  for (const Import& import : file.imports) {
    for (const auto& [name, symbol] : declarations_.modules[import.module].*table) names.push_back(name);
  }
  return names;
}

std::vector<std::string_view> Scope::elsewhere(std::string_view name, Table table) const {
  std::vector<std::string_view> found;
  for (std::size_t module = 0; module < declarations_.modules.size(); ++module) {
    const std::string& module_name = modules_.modules[module].name;
    if (!module_name.empty() && (declarations_.modules[module].*table).contains(name)) found.push_back(module_name);
  }
  return found;
}

}  // namespace writ::names
