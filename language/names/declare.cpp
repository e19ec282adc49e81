#include "language/names/declare.hpp"

#include <fmt/format.h>

#include <set>
#include <variant>

#include "language/names/styles.hpp"

namespace writ::names {

using diagnostics::Code;
using diagnostics::Sink;
using language::ControlId;
using language::index;
using language::Program;

namespace {

class Declarer {
 public:
  Declarer(const Modules& modules, Program& program, Sink& sink)
      : modules_(modules), program_(program), sink_(sink) {
    product_.modules.resize(modules.modules.size());
  }

  Declarations declare() {
    for (std::uint32_t file = 0; file < modules_.files.size(); ++file) {
      file_ = file;
      for (const syntax::Declaration& declaration : modules_.files[file].tree.declarations) {
        std::visit([this](const auto& decl) { declare(decl); }, declaration);
      }
    }
    declare_relations();
    return std::move(product_);
  }

 private:
  using Names = std::map<std::string, Symbol, std::less<>>;

  ModuleNames& names() { return product_.modules[modules_.files[file_].module]; }
  const std::string& module_name() const { return modules_.module_of(file_).name; }

  Span span_of(Symbol symbol) const {
    switch (symbol.kind) {
      case SymbolKind::enumeration:
        return program_.enums[symbol.id].name_span;
      case SymbolKind::entity:
      case SymbolKind::relation:
        return program_.entities[symbol.id].name_span;
      case SymbolKind::function:
        return program_.functions[symbol.id].name_span;
      case SymbolKind::param:
        return program_.params[symbol.id].name_span;
      case SymbolKind::template_:
        return program_.templates[symbol.id].name_span;
      case SymbolKind::profile:
        return product_.profiles[symbol.id].decl->name.span;
      case SymbolKind::broken:
        break;
    }
    return {};
  }

  void report_duplicate(const syntax::Name& name, Span first) {
    sink_
        .add(Code::duplicate_name, name.span, fmt::format("`{}` is declared twice", name.text),
             "declared again here")
        .label(first, "first declared here");
  }

  // Of two declarations of one name the first is what the name means; the second is checked all the same.
  void add(Names& into, const syntax::Name& name, Symbol symbol) {
    const auto [entry, is_new] = into.emplace(name.text, symbol);
    if (is_new) return;
    if (entry->second.kind == SymbolKind::broken) {
      entry->second = symbol;
    } else {
      report_duplicate(name, span_of(entry->second));
    }
  }

  void declare(const syntax::UseDecl&) {}

  void declare(const syntax::RuleDecl& decl) { rules_.push_back({&decl, file_}); }
  void declare(const syntax::DeriveDecl& decl) { product_.derivations.push_back({&decl, file_}); }
  // The library ships none, and what a program uses of it is not tested with it.
  void declare(const syntax::TestDecl& decl) {
    if (!modules_.module_of(file_).library) product_.tests.push_back({&decl, file_});
  }

  // A declaration that did not parse: its name is what stands behind its keyword.
  void declare(const syntax::ErrorDecl& decl) {
    const std::string_view text = program_.sources->text(decl.span);
    std::vector<std::string> words;
    std::string word;
    for (const char c : text.substr(0, 400)) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
          c == '.') {
        word += c;
      } else if (!word.empty()) {
        words.push_back(std::move(word));
        word.clear();
      }
    }
    if (!word.empty()) words.push_back(std::move(word));
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const std::string& keyword = words[i];
      const Symbol broken{SymbolKind::broken, 0};
      if (keyword == "entity" || keyword == "enum") {
        names().types.emplace(words[i + 1], broken);
        return;
      }
      if (keyword == "fn" || keyword == "param" || keyword == "rule") {
        names().values.emplace(words[i + 1], broken);
        return;
      }
      if (keyword == "profile") {
        names().profiles.emplace(words[i + 1], broken);
        return;
      }
      if (keyword == "template") {
        names().templates.emplace(words[i + 1], broken);
        return;
      }
    }
  }

  void declare(const syntax::EnumDecl& decl) {
    check_style(decl.name, Style::pascal_case, "an enum", sink_);
    language::EnumDef def;
    def.name = decl.name.text;
    def.doc = decl.doc.text;
    def.ordered = decl.ordered;
    def.name_span = decl.name.span;
    std::map<std::string_view, Span> seen;
    for (const syntax::EnumMember& member : decl.members) {
      check_style(member.name, Style::snake_case, "a member of an enum", sink_);
      const auto [first, is_new] = seen.emplace(member.name.text, member.name.span);
      if (!is_new) {
        report_duplicate(member.name, first->second);
        continue;
      }
      def.members.push_back(member.name.text);
      def.member_docs.push_back(member.doc.text);
    }
    add(names().types, decl.name, {SymbolKind::enumeration, static_cast<std::uint32_t>(program_.enums.size())});
    program_.enums.push_back(std::move(def));
    product_.enums.push_back({&decl, file_});
  }

  void declare(const syntax::EntityDecl& decl) {
    check_style(decl.name, Style::pascal_case, "an entity", sink_);
    language::EntityDef def;
    def.name = decl.name.text;
    def.doc = decl.doc.text;
    def.module = module_name();
    def.name_span = decl.name.span;
    const auto id = static_cast<std::uint32_t>(program_.entities.size());
    // Evidence names entities without their module, so their names are unique over the whole program.
    const auto [first, is_new] = product_.entities_by_name.emplace(def.name, id);
    const bool same_module = names().types.contains(def.name);
    if (!is_new && !same_module) {
      const language::EntityDef& other = program_.entities[first->second];
      sink_
          .add(Code::duplicate_name, decl.name.span, fmt::format("two entities are named `{}`", def.name),
               "declared again here")
          .label(other.name_span, "first declared here")
          .note("evidence names entities without their module, so one name means one entity in the whole program");
    }
    add(names().types, decl.name, {SymbolKind::entity, id});
    program_.entities.push_back(std::move(def));
    product_.entities.push_back({&decl, file_});
  }

  void refuse_builtin_name(const syntax::Name& name) {
    for (const language::FunctionEntry& builtin : program_.builtins) {
      if (builtin.name != name.text) continue;
      sink_.add(Code::shadowed_name, name.span, fmt::format("`{}` is a built-in function", name.text),
                "give it another name");
      break;
    }
  }

  // Rules of one name in one module are the clauses of one relation.
  void declare_relations() {
    std::map<std::pair<std::uint32_t, std::string_view>, std::size_t> known;
    for (const Origin<syntax::RuleDecl>& rule : rules_) {
      file_ = rule.file;
      const syntax::Name& name = rule.decl->name;
      const auto [entry, is_new] = known.emplace(
          std::pair{modules_.files[file_].module, std::string_view(name.text)}, product_.relations.size());
      if (!is_new) {
        product_.relations[entry->second].clauses.push_back(rule);
        continue;
      }
      check_style(name, Style::snake_case, "a rule", sink_);
      refuse_builtin_name(name);
      language::EntityDef def;
      def.name = name.text;
      def.doc = rule.decl->doc.text;
      def.module = module_name();
      def.name_span = name.span;
      def.relation = true;
      const auto id = static_cast<std::uint32_t>(program_.entities.size());
      add(names().values, name, {SymbolKind::relation, id});
      program_.entities.push_back(std::move(def));
      product_.relations.push_back({id, {rule}});
    }
  }

  void declare(const syntax::FnDecl& decl) {
    check_style(decl.name, Style::snake_case, "a function", sink_);
    refuse_builtin_name(decl.name);
    language::FunctionDef def;
    def.name = decl.name.text;
    def.doc = decl.doc.text;
    def.module = module_name();
    def.name_span = decl.name.span;
    add(names().values, decl.name, {SymbolKind::function, static_cast<std::uint32_t>(program_.functions.size())});
    program_.functions.push_back(std::move(def));
    product_.functions.push_back({&decl, file_});
  }

  language::ParamId add_param(const syntax::ParamDecl& decl, std::string qualified_name) {
    check_style(decl.name, Style::snake_case, "a parameter", sink_);
    language::ParamDef def;
    def.name = decl.name.text;
    def.qualified_name = std::move(qualified_name);
    def.doc = decl.doc.text;
    def.name_span = decl.name.span;
    const auto id = static_cast<language::ParamId>(program_.params.size());
    program_.params.push_back(std::move(def));
    product_.params.push_back({&decl, file_});
    return id;
  }

  void declare(const syntax::ParamDecl& decl) {
    const language::ParamId id = add_param(decl, decl.name.text);
    add(names().values, decl.name, {SymbolKind::param, index(id)});
  }

  // The next id of the same family that no control has: `ACC-10` for a second `ACC-09`. Nothing for an id that ends
  // without a number.
  std::string free_id(std::string_view taken) const {
    const std::size_t digits = taken.find_last_not_of("0123456789") + 1;
    const std::string_view family = taken.substr(0, digits);
    const std::size_t width = taken.size() - digits;
    constexpr std::size_t most_digits = 9;
    if (width == 0 || width > most_digits) return "";
    std::set<std::string_view> used;
    for (const File& file : modules_.files) {
      for (const syntax::Declaration& declaration : file.tree.declarations) {
        if (const auto* control = std::get_if<syntax::ControlDecl>(&declaration)) used.insert(control->id.text);
      }
    }
    std::string id;
    std::uint32_t number = 0;
    for (const char c : taken.substr(digits)) number = number * 10 + static_cast<std::uint32_t>(c - '0');
    do {
      id = fmt::format("{}{:0{}}", family, ++number, width);
    } while (used.contains(id));
    return id;
  }

  void declare(const syntax::ControlDecl& decl) {
    check_style(decl.id, Style::control_id, "a control", sink_);
    const auto id = static_cast<ControlId>(program_.controls.size());
    const auto [first, is_new] = product_.controls_by_id.emplace(decl.id.text, id);
    if (!is_new) {
      auto& diagnostic = sink_
                             .add(Code::duplicate_control, decl.id.span,
                                  fmt::format("two controls have the id `{}`", decl.id.text), "used again here")
                             .label(program_.controls[index(first->second)].id_span, "first used here")
                             .help("if both are one control, move the checks of the second into the first");
      if (const std::string free = free_id(decl.id.text); !free.empty())
        diagnostic.fix("or take an id that is free", decl.id.span, free);
    }
    language::ControlDef def;
    def.id = decl.id.text;
    def.title = decl.title ? decl.title->text : "";
    def.doc = decl.doc.text;
    def.module = module_name();
    def.id_span = decl.id.span;
    declare_metadata(decl, def, sink_);
    std::map<std::string_view, Span> params;
    for (const syntax::ParamDecl& param : decl.params) {
      const auto [seen, is_new_param] = params.emplace(param.name.text, param.name.span);
      if (!is_new_param) report_duplicate(param.name, seen->second);
      const language::ParamId param_id = add_param(param, def.id + "." + param.name.text);
      program_.params.back().control = id;
      if (is_new_param) def.params.push_back(param_id);
    }
    std::map<std::string_view, Span> checks;
    for (const syntax::CheckDecl& check : decl.checks) {
      const auto [seen, is_new_check] = checks.emplace(check.name.text, check.name.span);
      if (!is_new_check) report_duplicate(check.name, seen->second);
      def.checks.push_back(static_cast<language::CheckId>(program_.checks.size()));
      add_check(check, id, def.id);
    }
    program_.controls.push_back(std::move(def));
    product_.controls.push_back({&decl, file_});
  }

  language::CheckDef make_check(const syntax::CheckDecl& decl) {
    check_style(decl.name, Style::snake_case, "a check", sink_);
    language::CheckDef def;
    def.name = decl.name.text;
    def.title = decl.title ? decl.title->text : "";
    def.doc = decl.doc.text;
    def.name_span = decl.name.span;
    declare_check_metadata(decl, def, sink_);
    return def;
  }

  void add_check(const syntax::CheckDecl& decl, ControlId control, const std::string& control_id) {
    language::CheckDef def = make_check(decl);
    def.qualified_name = control_id + "." + decl.name.text;
    def.control = control;
    program_.checks.push_back(std::move(def));
    product_.checks.push_back({&decl, file_});
  }

  void declare(const syntax::TemplateDecl& decl) {
    check_style(decl.name, Style::snake_case, "a template", sink_);
    language::TemplateDef def;
    def.name = decl.name.text;
    def.doc = decl.doc.text;
    def.module = module_name();
    def.name_span = decl.name.span;
    // An include names arguments and parameters alike, so no two may have one name.
    std::map<std::string_view, Span> seen;
    const auto is_new = [&](const syntax::Name& name) {
      const auto [first, added] = seen.emplace(name.text, name.span);
      if (!added) report_duplicate(name, first->second);
      return added;
    };
    for (const syntax::TemplateParam& argument : decl.arguments) {
      check_style(argument.name, Style::snake_case, "a template's argument", sink_);
      is_new(argument.name);
      def.arguments.push_back({argument.name.text, {}, argument.name.span});
    }
    for (const syntax::ParamDecl& param : decl.params) {
      check_style(param.name, Style::snake_case, "a parameter", sink_);
      is_new(param.name);
      language::ParamDef made;
      made.name = param.name.text;
      made.qualified_name = param.name.text;
      made.doc = param.doc.text;
      made.name_span = param.name.span;
      def.params.push_back(std::move(made));
    }
    seen.clear();
    for (const syntax::CheckDecl& check : decl.checks) {
      is_new(check.name);
      def.checks.push_back(make_check(check));
      def.checks.back().qualified_name = def.name + "." + check.name.text;
    }
    add(names().templates, decl.name,
        {SymbolKind::template_, static_cast<std::uint32_t>(program_.templates.size())});
    program_.templates.push_back(std::move(def));
    product_.templates.push_back({&decl, file_});
  }

  void declare(const syntax::PackDecl& decl) {
    const auto [first, is_new] = packs_.emplace(decl.name.text, decl.name.span);
    if (!is_new) report_duplicate(decl.name, first->second);
    language::PackDef def;
    def.name = decl.name.text;
    def.title = decl.title ? decl.title->text : "";
    def.version = decl.version ? decl.version->text : "";
    def.doc = decl.doc.text;
    def.name_span = decl.name.span;
    program_.packs.push_back(std::move(def));
    product_.packs.push_back({&decl, file_});
  }

  void declare(const syntax::ProfileDecl& decl) {
    check_style(decl.name, Style::snake_case, "a profile", sink_);
    add(names().profiles, decl.name, {SymbolKind::profile, static_cast<std::uint32_t>(product_.profiles.size())});
    product_.profiles.push_back({&decl, file_});
  }

  void declare(const syntax::WaiveDecl& decl) { product_.waivers.push_back({&decl, file_}); }

  const Modules& modules_;
  Program& program_;
  Sink& sink_;
  Declarations product_;
  std::map<std::string_view, Span> packs_;
  std::vector<Origin<syntax::RuleDecl>> rules_;
  std::uint32_t file_ = 0;
};

}  // namespace

Declarations declare(const Modules& modules, Program& program, Sink& sink) {
  return Declarer(modules, program, sink).declare();
}

}  // namespace writ::names
