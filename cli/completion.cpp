#include "cli/completion.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace writ::cli {

namespace fs = std::filesystem;
using language::FieldDef;
using language::Program;
using types::Kind;

namespace {

constexpr std::array<std::string_view, 14> query_words = {"some",  "no",      "every",   "count", "percent",
                                                          "sum",   "min",     "max",     "avg",   "latest",
                                                          "first", "max_gap", "kept_up", "not"};
constexpr std::array<std::string_view, 21> other_words = {
    "and",     "by",      "desc", "else",   "false",   "for",       "if",   "in",    "is",   "let",  "like",
    "matches", "missing", "or",   "period", "present", "satisfies", "then", "today", "true", "where"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// What is known of a value: its fields, and whether it is one or many.
struct Known {
  const std::vector<FieldDef>* fields = nullptr;
  bool collection = false;
};

class Completing {
 public:
  Completing(const Program& program, const std::vector<SessionName>& names, std::string_view before)
      : program_(program), names_(names), before_(before) {}

  Completion run() {
    std::size_t from = before_.size();
    while (from > 0 && is_name(before_[from - 1])) --from;
    word_ = before_.substr(from);
    const std::size_t line = before_.rfind('\n') == std::string_view::npos ? 0 : before_.rfind('\n') + 1;
    if (before_.substr(line).starts_with(':')) return command(before_.substr(line));
    if (from > 0 && before_[from - 1] == '.') {
      members(before_.substr(0, from - 1));
    } else {
      anything();
    }
    return {from, {out_.begin(), out_.end()}};
  }

 private:
  void offer(std::string name) {
    if (name.starts_with(word_)) out_.insert(std::move(name));
  }

  Completion command(std::string_view line) {
    const std::size_t space = line.find(' ');
    Completion out;
    if (space == std::string_view::npos) {
      for (const std::string& one : prompt_commands()) {
        if (one.starts_with(line)) out.candidates.push_back(one);
      }
      out.from = before_.size() - line.size();
      return out;
    }
    const std::string_view name = line.substr(0, space);
    if (name != ":load") return name == ":type" ? expression_behind(line.substr(space + 1)) : out;
    const std::string path(line.substr(line.rfind(' ') + 1));
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    std::error_code error;
    for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end; !error && entry != end;
         entry.increment(error)) {
      std::string candidate = folder + entry->path().filename().string();
      std::error_code ignored;
      if (entry->is_directory(ignored)) candidate += '/';
      if (candidate.starts_with(path)) out.candidates.push_back(std::move(candidate));
    }
    std::sort(out.candidates.begin(), out.candidates.end());
    out.from = before_.size() - path.size();
    return out;
  }

  Completion expression_behind(std::string_view text) {
    Completion out = complete(program_, names_, text);
    out.from += before_.size() - text.size();
    return out;
  }

  void anything() {
    for (const std::string_view word : query_words) offer(std::string(word));
    for (const std::string_view word : other_words) offer(std::string(word));
    offer("now");
    for (const language::FunctionEntry& entry : program_.builtins) offer(std::string(entry.name) + "(");
    for (const language::FunctionDef& function : program_.functions) offer(function.name + "(");
    for (const language::EntityDef& entity : program_.entities) offer(entity.name);
    for (const language::EnumDef& one : program_.enums) offer(one.name);
    for (const language::ParamDef& param : program_.params) {
      if (!param.control) offer(param.name);
    }
    for (const SessionName& one : names_) offer(one.function ? one.name + "(" : one.name);
    for (const auto& [name, known] : binders()) offer(name);
  }

  // After a dot: the members of an enum, or the fields of what stands before it.
  void members(std::string_view object) {
    if (object.ends_with('?')) object.remove_suffix(1);
    std::size_t from = object.size();
    while (from > 0 && is_name(object[from - 1])) --from;
    if (from == 0 || object[from - 1] != '.') {
      for (const language::EnumDef& one : program_.enums) {
        if (one.name != object.substr(from)) continue;
        for (const std::string& member : one.members) offer(member);
      }
    }
    const std::optional<Known> known = value_before(object, binders());
    if (!known || known->fields == nullptr || known->collection) return;
    for (const FieldDef& field : *known->fields) offer(field.name);
  }

  using Binders = std::map<std::string, Known, std::less<>>;

  // `a in Account`, `g in a.grants`: what each name runs over, as far as the text has said.
  Binders binders() const {
    Binders out;
    for (std::size_t at = before_.find(" in "); at != std::string_view::npos; at = before_.find(" in ", at + 1)) {
      std::size_t from = at;
      while (from > 0 && is_name(before_[from - 1])) --from;
      std::size_t end = at + 4;
      while (end < before_.size() && (is_name(before_[end]) || before_[end] == '.')) ++end;
      const auto over = value_before(before_.substr(0, end), out);
      if (from < at && over && over->collection) {
        out.insert_or_assign(std::string(before_.substr(from, at - from)), Known{over->fields, false});
      }
    }
    return out;
  }

  // The value whose text ends where `text` does: names joined by dots, calls among them.
  std::optional<Known> value_before(std::string_view text, const Binders& binders) const {
    if (text.ends_with(')')) return call_before(text, binders);
    std::size_t from = text.size();
    while (from > 0 && is_name(text[from - 1])) --from;
    const std::string_view name = text.substr(from);
    if (name.empty()) return std::nullopt;
    if (from > 0 && text[from - 1] == '.') {
      std::string_view object = text.substr(0, from - 1);
      if (object.ends_with('?')) object.remove_suffix(1);
      const auto known = value_before(object, binders);
      return known ? field(*known, name) : std::nullopt;
    }
    if (const auto bound = binders.find(name); bound != binders.end()) return bound->second;
    for (const SessionName& one : names_) {
      if (one.name == name && !one.function) return of_entity(one.entity, one.collection);
    }
    return of_entity(name, true);
  }

  // `owner_of(a)`, `latest(v in p.versions by v.approved_on)`
  std::optional<Known> call_before(std::string_view text, const Binders& binders) const {
    std::size_t open = text.size();
    std::size_t depth = 0;
    while (open > 0) {
      --open;
      if (text[open] == ')') ++depth;
      if (text[open] == '(' && --depth == 0) break;
    }
    std::size_t from = open;
    while (from > 0 && is_name(text[from - 1])) --from;
    const std::string_view name = text.substr(from, open - from);
    for (const language::FunctionDef& function : program_.functions) {
      if (function.name == name) return of_type(function.result);
    }
    if (name == "latest" || name == "first") {
      const std::size_t in = text.find(" in ", open);
      if (in == std::string_view::npos) return std::nullopt;
      std::size_t end = in + 4;
      while (end < text.size() && (is_name(text[end]) || text[end] == '.')) ++end;
      const auto over = value_before(text.substr(0, end), binders);
      if (over && over->collection) return Known{over->fields, false};
    }
    return std::nullopt;
  }

  std::optional<Known> field(const Known& object, std::string_view name) const {
    if (object.collection || object.fields == nullptr) return std::nullopt;
    for (const FieldDef& one : *object.fields) {
      if (one.name == name) return of_type(one.type);
    }
    return std::nullopt;
  }

  std::optional<Known> of_entity(std::string_view name, bool collection) const {
    for (const language::EntityDef& entity : program_.entities) {
      if (entity.name == name) return Known{&entity.fields, collection};
    }
    return std::nullopt;
  }

  Known of_type(types::TypeId id) const {
    const types::Type& type = program_.types.at(program_.types.strip_optional(id));
    if (type.kind == Kind::entity) return {&program_.entities[type.decl].fields, false};
    if (type.kind == Kind::record) return {&program_.records[type.decl].fields, false};
    if (type.kind == Kind::list || type.kind == Kind::set) return {of_type(type.element).fields, true};
    return {};
  }

  const Program& program_;
  const std::vector<SessionName>& names_;
  std::string_view before_, word_;
  std::set<std::string> out_;
};

}  // namespace

Completion complete(const Program& program, const std::vector<SessionName>& names, std::string_view before) {
  return Completing(program, names, before).run();
}

const std::vector<std::string>& prompt_commands() {
  static const std::vector<std::string> all = {":entities", ":help",   ":load", ":names",
                                               ":quit",     ":reload", ":type"};
  return all;
}

}  // namespace writ::cli
