#include "language/names/modules.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <variant>

#include "language/names/patterns.hpp"
#include "language/syntax/parse.hpp"

namespace writ::names {

using diagnostics::Code;
using syntax::DottedName;

namespace {

class Loader {
 public:
  Loader(source::SourceSet& sources, std::span<const language::LibraryModule> library, diagnostics::Sink& sink)
      : sources_(sources), library_(library), sink_(sink) {
    for (std::size_t i = 0; i < library.size(); ++i) unloaded_.emplace(library[i].name, i);
  }

  Modules load(std::vector<language::SourceText> texts) {
    for (language::SourceText& text : texts) {
      syntax::Tree tree = syntax::parse(sources_, sources_.add(std::move(text.path), std::move(text.text)), sink_);
      const std::string name = tree.module ? tree.module->text : "";
      add_file(module_named(name, false), std::move(tree));
    }
    // Files that resolving adds stand behind those that are left to do.
    for (std::size_t file = 0; file < product_.files.size(); ++file) resolve_imports(file);
    return std::move(product_);
  }

 private:
  std::uint32_t module_named(const std::string& name, bool library) {
    const auto [at, is_new] = by_name_.emplace(name, static_cast<std::uint32_t>(product_.modules.size()));
    if (is_new) {
      product_.modules.push_back({.name = name, .files = {}, .library = library});
      unloaded_.erase(name);
    }
    return at->second;
  }

  void add_file(std::uint32_t module, syntax::Tree tree) {
    product_.modules[module].files.push_back(static_cast<std::uint32_t>(product_.files.size()));
    product_.files.push_back({std::move(tree), module, {}});
  }

  void resolve_imports(std::size_t file) {
    // Names are copied: loading a module moves the files.
    std::vector<DottedName> uses;
    std::vector<DottedName> includes;
    for (const syntax::Declaration& declaration : product_.files[file].tree.declarations) {
      if (const auto* use = std::get_if<syntax::UseDecl>(&declaration)) uses.push_back(use->module);
      if (const auto* pack = std::get_if<syntax::PackDecl>(&declaration)) {
        for (const syntax::PackInclude& include : pack->includes) includes.push_back(include.module);
      }
    }
    for (const DottedName& use : uses) {
      for (const std::uint32_t module : find(use))
        product_.files[file].imports.push_back({module, use.span, false});
    }
    for (const DottedName& include : includes) {
      if (names_controls(include.text)) {
        load_controls(include.text);
      } else {
        find(include);
      }
    }
  }

  // The modules of the library in which controls of that name stand; what names none is for the pack's check to
  // say.
  void load_controls(std::string_view pattern) {
    std::vector<std::string> names;
    for (const auto& [known, entry] : unloaded_) {
      for (const std::string_view id : control_ids(library_[entry].text)) {
        if (!matches(pattern, id)) continue;
        names.push_back(known);
        break;
      }
    }
    for (const std::string& known : names) loaded(known);
  }

  // The modules that a name means: one, or for `a.*` every one below `a`.
  std::vector<std::uint32_t> find(const DottedName& name) {
    std::vector<std::uint32_t> found;
    const std::string_view text = name.text;
    if (text.size() > 2 && text.substr(text.size() - 2) == ".*") {
      const std::string_view prefix = text.substr(0, text.size() - 1);
      std::vector<std::string> names;
      for (const auto& [known, module] : by_name_) {
        if (known.starts_with(prefix)) names.push_back(known);
      }
      for (const auto& [known, entry] : unloaded_) {
        if (known.starts_with(prefix)) names.emplace_back(known);
      }
      for (const std::string& known : names) found.push_back(loaded(known));
    } else if (!text.empty() && (by_name_.contains(name.text) || unloaded_.contains(name.text))) {
      found.push_back(loaded(name.text));
    }
    if (found.empty()) report_unknown(name);
    return found;
  }

  std::uint32_t loaded(const std::string& name) {
    if (const auto known = by_name_.find(name); known != by_name_.end()) return known->second;
    const language::LibraryModule& entry = library_[unloaded_.find(name)->second];
    const source::FileId id = sources_.add(std::string(entry.path), std::string(entry.text));
    syntax::Tree tree = syntax::parse(sources_, id, sink_);
    const std::uint32_t module = module_named(name, true);
    add_file(module, std::move(tree));
    return module;
  }

  void report_unknown(const DottedName& name) {
    std::vector<std::string_view> candidates;
    for (const auto& [known, module] : by_name_) {
      if (!known.empty()) candidates.push_back(known);
    }
    for (const auto& [known, entry] : unloaded_) candidates.push_back(known);
    auto& diagnostic =
        sink_.add(Code::unknown_module, name.span, fmt::format("there is no module `{}`", name.text), "not found");
    const std::string_view near = diagnostics::nearest(name.text, candidates);
    if (!near.empty())
      diagnostic.fix(fmt::format("a module with a similar name is `{}`", near), name.span, std::string(near));
  }

  source::SourceSet& sources_;
  std::span<const language::LibraryModule> library_;
  diagnostics::Sink& sink_;
  std::map<std::string, std::uint32_t, std::less<>> by_name_;
  std::map<std::string, std::size_t, std::less<>> unloaded_;
  Modules product_;
};

}  // namespace

Modules load(source::SourceSet& sources, std::vector<language::SourceText> texts,
             std::span<const language::LibraryModule> library, diagnostics::Sink& sink) {
  return Loader(sources, library, sink).load(std::move(texts));
}

std::string_view module_declaring(std::span<const language::LibraryModule> library, std::string_view keyword,
                                  std::string_view name) {
  const std::string wanted = fmt::format("{} {}", keyword, name);
  for (const language::LibraryModule& module : library) {
    for (std::size_t at = module.text.find(wanted); at != std::string_view::npos;
         at = module.text.find(wanted, at + 1)) {
      const bool begins = at == 0 || module.text[at - 1] == '\n' || module.text[at - 1] == ' ';
      const std::size_t end = at + wanted.size();
      if (begins && end < module.text.size() &&
          std::string_view(" (:{\n").find(module.text[end]) != std::string_view::npos)
        return module.name;
    }
  }
  return {};
}

}  // namespace writ::names
