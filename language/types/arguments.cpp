#include "language/types/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::types {

using diagnostics::Code;
using source::Span;
using SyntaxId = syntax::ExprId;

std::vector<Given> given_arguments(const syntax::Expr& expr) {
  std::vector<Given> given;
  for (const SyntaxId receiver : expr.operands) given.push_back({nullptr, receiver});  // x.f(y) is f(x, y)
  for (const syntax::Argument& argument : expr.arguments)
    given.push_back({argument.label ? &*argument.label : nullptr, argument.value});
  return given;
}

std::optional<std::vector<SyntaxId>> arranged(const std::vector<std::string_view>& names, const syntax::Expr& expr,
                                              const syntax::Tree& tree, diagnostics::Sink* sink) {
  std::vector<SyntaxId> slots(names.size(), SyntaxId::none);
  const std::vector<Given> given = given_arguments(expr);
  const auto call = [&] {
    std::string text;
    for (const std::string_view name : names) text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
    return fmt::format("`{}({})`", expr.name.text, text);
  };
  const auto report = [&](Span span, std::string message,
                          std::string label) -> std::optional<std::vector<SyntaxId>> {
    if (sink != nullptr)
      sink->add(Code::wrong_arguments, span, std::move(message), std::move(label))
          .help(fmt::format("it is called as {}", call()));
    return std::nullopt;
  };
  bool labelled = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Span span = given[i].value == SyntaxId::none ? expr.span : tree.expr(given[i].value).span;
    std::size_t at = i;
    if (given[i].label != nullptr) {
      labelled = true;
      at = static_cast<std::size_t>(std::find(names.begin(), names.end(), given[i].label->text) - names.begin());
      if (at == names.size()) {
        return report(given[i].label->span,
                      fmt::format("`{}` has no parameter `{}`", expr.name.text, given[i].label->text),
                      "not a parameter of it");
      }
    } else if (labelled) {
      return report(span, "an argument without a name stands behind one with a name",
                    "which parameter this is cannot be told");
    }
    if (at >= names.size()) {
      return report(span,
                    fmt::format("`{}` takes {} argument{}, and {} are given", expr.name.text, names.size(),
                                names.size() == 1 ? "" : "s", given.size()),
                    "one too many");
    }
    if (slots[at] != SyntaxId::none)
      return report(span, fmt::format("`{}` is given twice", names[at]), "given again here");
    slots[at] = given[i].value;
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (slots[at] == SyntaxId::none)
      return report(expr.name.span, fmt::format("`{}` is not told its `{}`", expr.name.text, names[at]),
                    "an argument is missing");
  }
  return slots;
}

}  // namespace writ::types
