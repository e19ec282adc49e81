// Packs: which controls they hold, what they set, leave out and name, in which order.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "language/names/patterns.hpp"
#include "language/types/check_declaration.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckId;
using language::ControlId;
using language::index;
using language::PackDef;
using names::SymbolKind;

namespace {

// The folder of a path, with its `/`; empty for a file without one.
std::string_view folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::string_view folder_of(const Checking& checking, std::uint32_t file) {
  return folder(checking.program.sources->path(checking.tree(file).file));
}

class PackChecker {
 public:
  PackChecker(Checking& checking, std::size_t pack)
      : checking_(checking),
        pack_(pack),
        decl_(*checking.declarations.packs[pack].decl),
        file_(checking.declarations.packs[pack].file),
        selected_(checking.program.controls.size()) {}

  void check() {
    select();
    profiles();
    settings();
    for (const syntax::PackExclude& exclude : decl_.excludes) this->exclude(exclude);
    for (const syntax::PackName& name : decl_.names) this->name(name, std::nullopt);
    for (const syntax::PackSection& section : decl_.sections) {
      def().sections.push_back(section.title.text);
      for (const syntax::PackName& name : section.names)
        this->name(name, static_cast<std::uint32_t>(def().sections.size() - 1));
    }
    finish();
  }

 private:
  PackDef& def() { return checking_.program.packs[pack_]; }
  const language::ControlDef& control(std::size_t id) const { return checking_.program.controls[id]; }

  void select() {
    for (std::size_t id = 0; id < selected_.size(); ++id) {
      const std::uint32_t file = checking_.declarations.controls[id].file;
      if (checking_.modules.module_of(file).library) continue;
      const std::vector<std::size_t> packs = packs_of(checking_, file);
      selected_[id] = std::find(packs.begin(), packs.end(), pack_) != packs.end();
    }
    for (const syntax::PackInclude& include : decl_.includes) {
      const std::string& pattern = include.module.text;
      bool any = false;
      for (std::size_t id = 0; id < selected_.size(); ++id) {
        const bool wanted = names::names_controls(pattern)
                                ? names::matches(pattern, control(id).id)
                                : !control(id).module.empty() && names::matches(pattern, control(id).module);
        if (!wanted) continue;
        any = true;
        selected_[id] = true;
      }
      // What names no module was said when modules were looked for.
      if (any || !names::names_controls(pattern)) continue;
      if (names::is_pattern(pattern)) {
        checking_.sink.add(Code::unknown_control, include.module.span,
                           fmt::format("no control's id is like `{}`", pattern), "matches nothing");
      } else {
        unknown_control(checking_, include.module.span, pattern);
      }
    }
  }

  void profiles() {
    const names::Scope scope(checking_.modules, checking_.declarations, file_);
    for (const syntax::Name& name : decl_.profiles) {
      const names::Found found = scope.profile(name.text);
      if (!found.symbol) {
        auto& diagnostic = checking_.sink.add(Code::unknown_profile, name.span,
                                              fmt::format("there is no profile `{}`", name.text), "not known");
        std::string module(names::module_declaring(checking_.library, "profile", name.text));
        if (const auto modules = scope.profile_elsewhere(name.text); !modules.empty()) module = modules.front();
        if (!module.empty()) {
          diagnostic.help(fmt::format("`{}` declares it: write `use {}` at the head of the file", module, module));
          continue;
        }
        const std::string_view near = diagnostics::nearest(name.text, scope.profile_names());
        if (!near.empty()) diagnostic.fix("a profile with a similar name", name.span, std::string(near));
        continue;
      }
      if (!found.modules.empty()) checking_.report_ambiguous(name, found);
      if (found.symbol->kind != SymbolKind::profile) continue;
      const auto& [profile, file] = checking_.declarations.profiles[found.symbol->id];
      for (const syntax::PackSet& set : profile->sets) {
        // A profile is for a whole library; a pack takes of it what it holds.
        if (is_elsewhere(set.target.text)) continue;
        if (const auto setting = check_setting(checking_, file, set)) def().settings.push_back(*setting);
      }
    }
  }

  // The parameter of a control of the library that is not loaded.
  bool is_elsewhere(std::string_view target) const {
    const std::size_t dot = target.rfind('.');
    if (dot == std::string_view::npos) return false;
    const std::string_view id = target.substr(0, dot);
    if (checking_.declarations.controls_by_id.find(id) != checking_.declarations.controls_by_id.end()) return false;
    for (const language::LibraryModule& module : checking_.library) {
      const auto ids = names::control_ids(module.text);
      if (std::find(ids.begin(), ids.end(), id) != ids.end()) return true;
    }
    return false;
  }

  void settings() {
    std::map<std::uint32_t, Span> set;
    for (const syntax::PackSet& entry : decl_.sets) {
      const auto setting = check_setting(checking_, file_, entry);
      if (!setting) continue;
      const language::ParamDef& param = checking_.program.params[index(setting->param)];
      const auto [first, is_new] = set.emplace(index(setting->param), entry.target.span);
      if (!is_new) {
        checking_.sink
            .add(Code::duplicate_name, entry.target.span, fmt::format("`{}` is set twice", entry.target.text),
                 "set again here")
            .label(first->second, "first set here");
        continue;
      }
      if (param.control && !selected_[index(*param.control)])
        not_in_pack(entry.target.span, control(index(*param.control)).id);
      def().settings.push_back(*setting);
    }
  }

  void not_in_pack(Span span, std::string_view id) {
    checking_.sink
        .add(Code::unknown_control, span, fmt::format("`{}` is not in the pack `{}`", id, decl_.name.text),
             "not included")
        .label(decl_.name.span, "the pack")
        .help(fmt::format("include it: `include {}`", id));
  }

  void exclude(const syntax::PackExclude& decl) {
    if (!decl.reason) return;  // a syntax error
    if (decl.reason->text.find_first_not_of(" \t\r\n") == std::string::npos) {
      checking_.sink
          .add(Code::exclusion_without_reason, decl.reason->span, "an exclusion does not say why",
               "its reason is missing")
          .help("write it here, as in `because \"fully remote: no premises\"`; reports show it");
    }
    const auto exclusion = static_cast<std::uint32_t>(checking_.program.exclusions.size());
    checking_.program.exclusions.push_back({decl.reason->text, decl.span});
    const std::optional<ClassOfChecks> wanted = class_of(decl);
    if (decl.property && !wanted) return;
    bool any = false;
    for (std::size_t id = 0; id < selected_.size(); ++id) {
      if (!selected_[id]) continue;
      for (const CheckId check : control(id).checks) {
        const language::CheckDef& candidate = checking_.program.checks[index(check)];
        const bool matches = wanted ? wanted->holds(candidate)
                                    : names::matches(decl.target.text, control(id).id) ||
                                          names::matches(decl.target.text, candidate.qualified_name);
        if (!matches) continue;
        any = true;
        excluded_.emplace(index(check), exclusion);  // of several reasons the first one counts
      }
    }
    if (!any) excludes_nothing(decl, wanted.has_value());
  }

  struct ClassOfChecks {
    language::Basis basis{};
    language::Nature nature{};
    bool holds(const language::CheckDef& check) const {
      return (basis != language::Basis::unsaid && check.basis == basis) ||
             (nature != language::Nature::unsaid && check.nature == nature);
    }
  };

  std::optional<ClassOfChecks> class_of(const syntax::PackExclude& decl) {
    if (!decl.property || !decl.value) return std::nullopt;
    const std::string& value = decl.value->text;
    ClassOfChecks out;
    std::vector<std::string_view> known;
    if (decl.property->text == "basis") {
      known = {"stated", "implied"};
      out.basis = value == "stated"    ? language::Basis::stated
                  : value == "implied" ? language::Basis::implied
                                       : language::Basis::unsaid;
    } else {
      known = {"design", "operation"};
      out.nature = value == "design"      ? language::Nature::design
                   : value == "operation" ? language::Nature::operation
                                          : language::Nature::unsaid;
    }
    if (out.basis != language::Basis::unsaid || out.nature != language::Nature::unsaid) return out;
    auto& diagnostic = checking_.sink.add(Code::invalid_metadata, decl.value->span,
                                          fmt::format("`{}` is not a value of `{}`", value, decl.property->text),
                                          fmt::format("`{}` or `{}` expected", known[0], known[1]));
    const std::string_view near = diagnostics::nearest(value, known);
    if (!near.empty()) diagnostic.fix("a similar value", decl.value->span, std::string(near));
    return std::nullopt;
  }

  void excludes_nothing(const syntax::PackExclude& decl, bool is_class) {
    if (is_class) {
      checking_.sink.add(Code::unknown_control, decl.value->span,
                         fmt::format("no check of the pack `{}` has `{} {}`", decl_.name.text, decl.property->text,
                                     decl.value->text),
                         "excludes nothing");
      return;
    }
    const std::string& target = decl.target.text;
    const auto known = checking_.declarations.controls_by_id.find(target);
    if (known != checking_.declarations.controls_by_id.end()) {
      // Whose template or check did not parse has none that is known.
      if (!selected_[index(known->second)]) not_in_pack(decl.target.span, target);
      return;
    }
    std::vector<std::string_view> candidates;
    for (std::size_t id = 0; id < selected_.size(); ++id) {
      if (!selected_[id]) continue;
      candidates.push_back(control(id).id);
      for (const CheckId check : control(id).checks)
        candidates.push_back(checking_.program.checks[index(check)].qualified_name);
    }
    const bool pattern = names::is_pattern(target);
    auto& diagnostic = checking_.sink.add(
        Code::unknown_control, decl.target.span,
        pattern ? fmt::format("no control or check of the pack `{}` is like `{}`", decl_.name.text, target)
                : fmt::format("the pack `{}` has no control or check `{}`", decl_.name.text, target),
        "excludes nothing");
    const std::string_view near = pattern ? std::string_view() : diagnostics::nearest(target, candidates);
    if (!near.empty()) diagnostic.fix("one with a similar id", decl.target.span, std::string(near));
  }

  void name(const syntax::PackName& decl, std::optional<std::uint32_t> section) {
    const auto found = checking_.declarations.controls_by_id.find(decl.control.text);
    if (found == checking_.declarations.controls_by_id.end()) {
      unknown_control(checking_, decl.control.span, decl.control.text);
      return;
    }
    if (!selected_[index(found->second)]) {
      not_in_pack(decl.control.span, decl.control.text);
      return;
    }
    const auto [first, is_new] = named_.emplace(decl.control.text, decl.control.span);
    if (!is_new) {
      checking_.sink
          .add(Code::duplicate_name, decl.control.span, fmt::format("`{}` is named twice", decl.control.text),
               "named again here")
          .label(first->second, "first named here");
      return;
    }
    if (decl.reference) {
      const auto [other, is_free] = references_.emplace(decl.reference->text, decl.reference->span);
      if (!is_free) {
        checking_.sink
            .add(Code::duplicate_name, decl.reference->span,
                 fmt::format("two controls have the reference `{}`", decl.reference->text), "used again here")
            .label(other->second, "first used here");
      }
    }
    def().names.push_back({found->second, decl.title ? decl.title->text : "",
                           decl.reference ? decl.reference->text : "", section, decl.span});
  }

  void finish() {
    bool any = false;
    std::vector<std::pair<std::string_view, ControlId>> order;
    for (std::size_t id = 0; id < selected_.size(); ++id) {
      if (!selected_[id]) continue;
      order.emplace_back(control(id).id, static_cast<ControlId>(id));
      for (const CheckId check : control(id).checks) any = any || !excluded_.contains(index(check));
    }
    std::sort(order.begin(), order.end());
    for (const auto& [name, id] : order) def().controls.push_back(id);
    for (const auto& [check, exclusion] : excluded_)
      def().excluded.emplace_back(static_cast<CheckId>(check), exclusion);
    if (any || order.empty() || excluded_.empty()) return;
    checking_.sink
        .add(Code::empty_pack, decl_.name.span,
             fmt::format("the pack `{}` leaves out all that it includes", decl_.name.text),
             "nothing is left to judge")
        .label(checking_.program.exclusions[excluded_.begin()->second].span, "left out here");
  }

  Checking& checking_;
  std::size_t pack_;
  const syntax::PackDecl& decl_;
  std::uint32_t file_;
  std::vector<bool> selected_;                       // by ControlId
  std::map<std::uint32_t, std::uint32_t> excluded_;  // by CheckId
  std::map<std::string, Span, std::less<>> named_;
  std::map<std::string, Span, std::less<>> references_;
};

}  // namespace

std::vector<std::size_t> packs_of(const Checking& checking, std::uint32_t file) {
  const std::string_view own = folder_of(checking, file);
  std::vector<std::size_t> nearest;
  std::size_t length = 0;
  for (std::size_t pack = 0; pack < checking.declarations.packs.size(); ++pack) {
    const std::string_view around = folder_of(checking, checking.declarations.packs[pack].file);
    if (!own.starts_with(around) || (!nearest.empty() && around.size() < length)) continue;
    if (around.size() > length) nearest.clear();
    length = around.size();
    nearest.push_back(pack);
  }
  if (!nearest.empty()) return nearest;
  for (std::size_t pack = 0; pack < checking.declarations.packs.size(); ++pack) nearest.push_back(pack);
  return nearest;
}

void check_packs(Checking& checking) {
  for (std::size_t pack = 0; pack < checking.declarations.packs.size(); ++pack) PackChecker(checking, pack).check();
  if (!checking.declarations.packs.empty()) return;
  for (std::size_t id = 0; id < checking.program.controls.size(); ++id) {
    const std::uint32_t file = checking.declarations.controls[id].file;
    checking.program.controls[id].selected = !checking.modules.module_of(file).library;
  }
}

}  // namespace writ::types
