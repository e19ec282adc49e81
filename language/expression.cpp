#include "language/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "language/syntax/parse.hpp"

namespace writ::language {

using diagnostics::Code;
using diagnostics::Severity;
using diagnostics::Sink;

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.';
}

// Words from the front of a text; comments and blanks are passed over.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::string_view next() {
    while (!rest_.empty() && (is_space(rest_.front()) || rest_.front() == '#')) {
      const std::size_t length = rest_.front() == '#' ? rest_.find('\n') : 1;
      rest_.remove_prefix(std::min(length, rest_.size()));
    }
    std::size_t length = 0;
    while (length < rest_.size() && is_word(rest_[length])) ++length;
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }

 private:
  std::string_view rest_;
};

// Whether a word stands somewhere in a text.
bool mentions(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto part_of_name = [](char c) { return is_word(c) && c != '.' && c != '-'; };
    const bool starts = at == 0 || !part_of_name(text[at - 1]);
    const std::size_t end = at + word.size();
    if (starts && (end == text.size() || !part_of_name(text[end]))) return true;
  }
  return false;
}

// A word that none of the texts holds.
std::string unused(std::string word, const ExpressionInput& expression) {
  const auto taken = [&] {
    return mentions(expression.text, word) ||
           std::any_of(expression.definitions.begin(), expression.definitions.end(),
                       [&](const Definition& one) { return mentions(one.text, word); });
  };
  while (taken()) word += "_";
  return word;
}

// The definitions in force: the last of each name, in the order in which the names came up.
std::vector<Definition> in_force(const ExpressionInput& expression, const std::optional<Definition>& added) {
  std::vector<Definition> out;
  const auto take = [&](const Definition& one) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const Definition& other) {
      return other.name == one.name &&
             (other.kind == Definition::Kind::import) == (one.kind == Definition::Kind::import);
    });
    if (same == out.end()) {
      out.push_back(one);
    } else if (one.adds && same->adds) {
      same->text += '\n' + one.text;
    } else {
      *same = one;
    }
  };
  for (const Definition& one : expression.definitions) take(one);
  if (added) take(*added);
  return out;
}

// The `let`s that a text needs, each behind those that it needs itself.
class Needed {
 public:
  explicit Needed(const std::vector<Definition>& definitions)
      : definitions_(definitions), seen_(definitions.size()) {}

  // `own`: the name that the text itself gives; it cannot mean itself.
  void visit(std::string_view text, std::string_view own) {
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
      const Definition& one = definitions_[i];
      if (one.kind != Definition::Kind::let || seen_[i] || one.name == own || !mentions(text, one.name)) continue;
      seen_[i] = true;
      visit(one.text, one.name);
      out.push_back(&one);
    }
  }

  std::vector<const Definition*> out;

 private:
  const std::vector<Definition>& definitions_;
  std::vector<bool> seen_;
};

// A text with what makes a file of it.
struct Wrapped {
  std::string path;
  std::string head, text, tail;

  std::string whole() const { return head + '\n' + text + '\n' + tail; }
  std::uint32_t begin() const { return static_cast<std::uint32_t>(head.size()) + 1; }
  // An offset in the whole as one in the text; what lies outside of it lies at its edge.
  std::uint32_t written(std::uint32_t offset) const {
    return std::min(std::max(offset, begin()) - begin(), static_cast<std::uint32_t>(text.size()));
  }
};

// Takes the wrappings off: positions and texts become those that were written.
class Unwrapping {
 public:
  // The wrapped files are those of these paths that hold these texts.
  Unwrapping(const source::SourceSet& sources, const std::vector<Wrapped>& wrapped)
      : sources_(std::make_shared<source::SourceSet>()), by_file_(sources.size()) {
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
      const auto file = static_cast<source::FileId>(i);
      for (const Wrapped& one : wrapped) {
        if (sources.path(file) == one.path && sources.text(file) == one.whole()) by_file_[i] = &one;
      }
      sources_->add(std::string(sources.path(file)),
                    by_file_[i] == nullptr ? std::string(sources.text(file)) : by_file_[i]->text);
    }
  }

  const std::shared_ptr<source::SourceSet>& sources() const { return sources_; }

  void apply(source::Span& span) const {
    const auto file = static_cast<std::uint32_t>(span.file);
    if (file >= by_file_.size() || by_file_[file] == nullptr) return;
    span = {span.file, by_file_[file]->written(span.begin), by_file_[file]->written(span.end)};
  }

  // Hands a diagnostic on, as one about the text as it was written.
  void apply(diagnostics::Diagnostic diagnostic, Sink& sink) const {
    for (diagnostics::Label& label : diagnostic.labels) {
      if (!label.foreign) apply(label.span);
    }
    for (diagnostics::Fix& fix : diagnostic.fixes) {
      for (diagnostics::Edit& edit : fix.edits) apply(edit.span);
    }
    sink.add(diagnostic.code, "") = std::move(diagnostic);
  }

 private:
  std::shared_ptr<source::SourceSet> sources_;
  std::vector<const Wrapped*> by_file_;
};

// The modules that a program was made of: of the user's files by their first words, of the library those that were
// loaded.
std::vector<std::string> modules_of(const CompileInput& input, const Program& base) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view name) {
    if (std::find(out.begin(), out.end(), name) == out.end()) out.emplace_back(name);
  };
  for (const SourceText& text : input.texts) {
    Words words(text.text);
    if (words.next() == "module") add(words.next());
  }
  for (std::uint32_t i = 0; base.sources != nullptr && i < base.sources->size(); ++i) {
    const std::string_view path = base.sources->path(static_cast<source::FileId>(i));
    for (const LibraryModule& module : input.library) {
      if (module.path == path) add(module.name);
    }
  }
  return out;
}

// What cannot be put into a file without breaking what is around it.
bool refuse_stray(const ExpressionInput& expression, CompiledExpression& out, Sink& sink) {
  const Balance found = balance(expression.text);
  if (!found.stray) return false;
  const auto sources = std::make_shared<source::SourceSet>();
  const auto at = static_cast<std::uint32_t>(*found.stray);
  const source::FileId file = sources->add(expression.path, expression.text);
  sink.add(Code::syntax_error, source::Span{file, at, at + 1},
           fmt::format("`{}` closes nothing", expression.text[*found.stray]), "nothing is open here");
  out.program.sources = sources;
  return true;
}

// Whether a text is one expression and nothing else; reports what it is not.
bool is_expression(const ExpressionInput& expression, CompiledExpression& out, Sink& sink) {
  const std::vector<Wrapped> wrapped = {{expression.path, "fn value(): Bool =", expression.text, ""}};
  source::SourceSet sources;
  const source::FileId file = sources.add(expression.path, wrapped.front().whole());
  Sink found;
  const syntax::Tree tree = syntax::parse(sources, file, found);
  const Unwrapping unwrapping(sources, wrapped);
  out.program.sources = unwrapping.sources();
  const auto* first = tree.declarations.empty() ? nullptr : std::get_if<syntax::FnDecl>(&tree.declarations.front());
  const bool whole = first != nullptr && first->body != syntax::ExprId::none;
  if (whole && !found.has_errors() && tree.declarations.size() == 1) return true;
  const std::uint32_t end = whole ? tree.expr(first->body).span.end : ~std::uint32_t{0};
  const std::size_t errors = sink.count(Severity::error);
  for (const diagnostics::Diagnostic& diagnostic : found.all()) {
    const bool within = diagnostic.labels.empty() || diagnostic.labels.front().span.begin < end;
    if (within) unwrapping.apply(diagnostic, sink);
  }
  if (sink.count(Severity::error) != errors) return false;
  // One expression, and more behind it.
  source::Span behind{file, end, ~std::uint32_t{0}};
  unwrapping.apply(behind);
  while (behind.begin < behind.end && is_space(expression.text[behind.begin])) ++behind.begin;
  sink.add(Code::syntax_error, behind, "the expression ends before this", "one expression is expected");
  return false;
}

}  // namespace

std::optional<Definition> as_definition(std::string_view text) {
  Words words(text);
  const std::string_view first = words.next();
  constexpr std::array<std::string_view, 6> declarations = {"fn", "rule", "enum", "entity", "param", "derive"};
  Definition out;
  out.text = text;
  out.adds = first == "rule";
  if (first == "use") {
    out.kind = Definition::Kind::import;
  } else if (first == "let") {
    out.kind = Definition::Kind::let;
  } else if (first == "ordered") {
    out.kind = Definition::Kind::declaration;
    words.next();
  } else if (std::find(declarations.begin(), declarations.end(), first) != declarations.end()) {
    out.kind = Definition::Kind::declaration;
  } else {
    return std::nullopt;
  }
  out.name = words.next();
  if (out.name.empty()) return std::nullopt;
  return out;
}

Balance balance(std::string_view text) {
  // What each open bracket or quote is closed by: `)`, `]`, `}`, `"` or `B` for a block of text.
  std::string open;
  Balance out;
  const auto at_quotes = [&](std::size_t i) { return text.substr(i, 3) == "\"\"\""; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool in_text = !open.empty() && (open.back() == '"' || open.back() == 'B');
    if (in_text) {
      if (c == '\\') {
        ++i;
      } else if (c == '{') {
        open += '}';
      } else if (open.back() == 'B' && at_quotes(i)) {
        open.pop_back();
        i += 2;
      } else if (open.back() == '"' && c == '"') {
        open.pop_back();
      }
      continue;
    }
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (at_quotes(i)) {
      open += 'B';
      i += 2;
    } else if (c == '"') {
      const bool raw = i > 0 && text[i - 1] == 'r' && (i == 1 || !is_word(text[i - 2]));
      if (!raw) {
        open += '"';
      } else if (const std::size_t end = text.find('"', i + 1); end == std::string_view::npos) {
        open += '"';
        break;
      } else {
        i = end;
      }
    } else if (c == '(' || c == '[' || c == '{') {
      open += c == '(' ? ')' : (c == '[' ? ']' : '}');
    } else if (c == ')' || c == ']' || c == '}') {
      if (open.empty() || open.back() != c) {
        out.stray = i;
        break;
      }
      open.pop_back();
    }
  }
  out.open = open.size();
  return out;
}

CompiledExpression compile_expression(CompileInput input, const Program& base, const ExpressionInput& expression,
                                      Sink& sink) {
  CompiledExpression out;
  const std::size_t errors = sink.count(Severity::error);
  const std::optional<Definition> defined = as_definition(expression.text);
  if (refuse_stray(expression, out, sink)) return out;
  if (!defined && !is_expression(expression, out, sink)) return out;

  const std::vector<Definition> definitions = in_force(expression, defined);
  std::string uses;
  for (const std::string& module : modules_of(input, base)) uses += "use " + module + " ";
  for (const Definition& one : definitions) {
    if (one.kind == Definition::Kind::import) uses += "use " + one.name + " ";
  }
  std::vector<Wrapped> wrapped;
  for (const Definition& one : definitions) {
    if (one.kind != Definition::Kind::declaration) continue;
    const bool is_new = defined && one.kind == defined->kind && one.name == defined->name;
    wrapped.push_back({is_new ? expression.path : one.name, uses, one.text, ""});
  }
  std::string control = "EXPRESSION";
  std::string value;
  const auto taken = [&](const SourceText& text) { return mentions(text.text, control); };
  while (std::any_of(input.texts.begin(), input.texts.end(), taken)) control += "-X";
  if (!defined || defined->kind == Definition::Kind::let) {
    std::string head = uses + "control " + control + " { check value { ";
    Needed lets(definitions);
    lets.visit(expression.text, defined ? defined->name : "");
    for (const Definition* one : lets.out) head += one->text + "\n";
    value = defined ? defined->name : unused("expression_value", expression);
    if (!defined) head += "let " + value + " =";
    wrapped.push_back({expression.path, head, expression.text, "require true else \"\" } }"});
  } else if (defined->kind == Definition::Kind::import) {
    wrapped.push_back({expression.path, "", expression.text, ""});
  }

  for (const Wrapped& one : wrapped) input.texts.push_back({one.path, one.whole()});
  Sink found;
  out.program = compile(std::move(input), found);
  const Unwrapping unwrapping(*out.program.sources, wrapped);
  out.program.sources = unwrapping.sources();
  for (Expr& expr : out.program.exprs) unwrapping.apply(expr.span);
  for (const diagnostics::Diagnostic& diagnostic : found.all()) {
    if (diagnostic.severity == Severity::error) unwrapping.apply(diagnostic, sink);
  }
  out.sound = sink.count(Severity::error) == errors;
  for (ControlDef& one : out.program.controls) one.selected = false;
  if (value.empty() || !out.sound) return out;
  for (ControlDef& own : out.program.controls) {
    if (own.id != control || own.checks.empty()) continue;
    own.selected = true;
    out.check = own.checks.front();
    const std::vector<Local>& locals = out.program.checks[index(*out.check)].locals;
    const auto named =
        std::find_if(locals.begin(), locals.end(), [&](const Local& one) { return one.name == value; });
    out.value = static_cast<LocalId>(named - locals.begin());
  }
  return out;
}

}  // namespace writ::language
