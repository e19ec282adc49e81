// The part of the printer that lays out declarations and the clauses of checks.
#include <algorithm>
#include <string>

#include "language/format/members.hpp"
#include "language/format/printer.hpp"

namespace writ::format {

namespace {

// The widest key of a control's one-line metadata.
constexpr std::size_t key_width = 9;

}  // namespace

DocId Printer::members(Members& members) {
  Parts parts;
  members.in_order([this, &parts](bool first, const std::function<DocId()>& print) {
    parts.push_back(member_break(first));
    parts.push_back(print());
  });
  return body(std::move(parts));
}

// ---- small declarations -------------------------------------------------------------------------------------

DocId Printer::title(const std::optional<syntax::StringLiteral>& title) {
  return title ? cat({space(), string(title->span)}) : DocId::nothing;
}

DocId Printer::names(const std::vector<syntax::Name>& names) {
  Parts parts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    parts.push_back(token(names[i].span));
  }
  return layout_.group(layout_.nest(2, cat(std::move(parts))));
}

DocId Printer::strings(const std::vector<syntax::StringLiteral>& strings) {
  Parts parts;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    parts.push_back(string(strings[i].span));
  }
  return layout_.group(layout_.nest(2, cat(std::move(parts))));
}

DocId Printer::declaration(const syntax::UseDecl& decl) {
  const DocId word = cat({token("use"), space()});
  return cat({word, token(decl.module.span)});
}

DocId Printer::declaration(const syntax::ErrorDecl&) {
  failed_ = true;
  return DocId::nothing;
}

DocId Printer::declaration(const syntax::EnumDecl& decl) {
  Parts head;
  if (decl.ordered) head = {token("ordered"), space()};
  head.push_back(token("enum"));
  head.push_back(space());
  head.push_back(token(decl.name.span));
  head.push_back(space());
  head.push_back(token("{"));
  const std::string_view inside = text_.substr(cursor_, decl.span.end - cursor_);
  const bool plain = inside.find('#') == std::string_view::npos && !decl.members.empty();
  if (plain) {
    Parts parts;
    for (std::size_t i = 0; i < decl.members.size(); ++i) {
      if (i > 0) parts.push_back(layout_.choose(layout_.text(","), DocId::nothing));
      parts.push_back(line());
      parts.push_back(token(decl.members[i].name.span));
    }
    const DocId inner = layout_.nest(2, cat(std::move(parts)));
    return layout_.group(cat({cat(std::move(head)), inner, line(), token("}")}));
  }
  Parts parts;
  for (std::size_t i = 0; i < decl.members.size(); ++i) {
    parts.push_back(member_break(i == 0));
    parts.push_back(token(decl.members[i].name.span));
  }
  return cat({cat(std::move(head)), body(std::move(parts))});
}

DocId Printer::declaration(const syntax::EntityDecl& decl) {
  Parts head{token("entity"), space(), token(decl.name.span)};
  while (next_word() == "from" || next_word() == "at") {
    const bool from = next_word() == "from";
    const auto& path = from ? decl.from : decl.at;
    if (!path) {
      failed_ = true;
      break;
    }
    head.push_back(space());
    head.push_back(token(from ? "from" : "at"));
    head.push_back(space());
    head.push_back(string(path->span));
    if (failed_) break;
  }
  head.push_back(space());
  head.push_back(token("{"));
  // Types stand in one column where fields follow each other without a comment or an empty line between them.
  std::vector<std::size_t> widths(decl.fields.size());
  for (std::size_t begin = 0; begin < decl.fields.size();) {
    std::size_t end = begin + 1;
    while (end < decl.fields.size() && follows_closely(decl.fields[end - 1].span.end, decl.fields[end].span.begin))
      ++end;
    std::size_t width = 0;
    for (std::size_t i = begin; i < end; ++i) width = std::max(width, decl.fields[i].name.text.size());
    std::fill(widths.begin() + static_cast<std::ptrdiff_t>(begin),
              widths.begin() + static_cast<std::ptrdiff_t>(end), width);
    begin = end;
  }
  Parts parts;
  for (std::size_t i = 0; i < decl.fields.size(); ++i) {
    parts.push_back(member_break(i == 0));
    parts.push_back(field(decl.fields[i], widths[i]));
  }
  return cat({cat(std::move(head)), body(std::move(parts))});
}

bool Printer::follows_closely(std::uint32_t end, std::uint32_t begin) const {
  std::size_t lines = 0;
  bool own_line = false;
  for (std::uint32_t at = end; at < begin; ++at) {
    if (text_[at] == '\n') {
      ++lines;
      own_line = true;
    } else if (text_[at] == '#') {
      if (own_line) return false;
      at = static_cast<std::uint32_t>(std::min<std::size_t>(text_.find('\n', at), begin)) - 1;
    }
  }
  return lines < 2;
}

DocId Printer::params(const std::vector<syntax::FnParam>& params) {
  const DocId open = token("(");
  if (params.empty()) return cat({open, token(")")});
  Parts parts{soft_line()};
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    parts.push_back(token(params[i].name.span));
    parts.push_back(token(":"));
    parts.push_back(space());
    parts.push_back(type(params[i].type));
  }
  const DocId inner = layout_.nest(2, cat(std::move(parts)));
  return layout_.group(cat({open, inner, soft_line(), token(")")}));
}

DocId Printer::declaration(const syntax::FnDecl& decl) {
  Parts head{token("fn"),         space(),    token(decl.name.span),
             params(decl.params), token(":"), space(),
             type(decl.result),   space(),    token("=")};
  return hanging(cat(std::move(head)), decl.body);
}

DocId Printer::declaration(const syntax::ParamDecl& decl) {
  Parts parts{token("param"), space(), token(decl.name.span), token(":"), space(), type(decl.type)};
  if (decl.default_value != ExprId::none) {
    parts.push_back(space());
    parts.push_back(token("="));
    parts.push_back(space());
    parts.push_back(expr(decl.default_value));
  }
  Parts bound;
  if (decl.bound != ExprId::none) {
    bound.push_back(line());
    bound.push_back(token("where"));
    bound.push_back(space());
    bound.push_back(expr(decl.bound));
  }
  return layout_.group(cat({cat(std::move(parts)), layout_.nest(2, cat(std::move(bound)))}));
}

DocId Printer::declaration(const syntax::RuleDecl& decl) {
  const DocId head = cat({token("rule"), space(), token(decl.name.span), params(decl.params)});
  const DocId word = cat({line(), token("when"), space()});
  return layout_.group(cat({head, layout_.nest(2, cat({word, expr(decl.body)}))}));
}

DocId Printer::value(const syntax::FieldValue& value) {
  const DocId head = cat({token(value.name.span), token(":")});
  return hanging(head, value.value);
}

DocId Printer::declaration(const syntax::DeriveDecl& decl) {
  Parts parts{token("derive"), space(), token(decl.entity.span), space(), token("from"), space()};
  // The first bindings stand behind `from`; a later `for` brings its own.
  Parts clauses;
  bool first = true;
  for (std::size_t i = 0; i < decl.steps.size();) {
    if (!first) clauses.push_back(layout_.hard_line());
    clauses.push_back(step(decl.steps, i, first));
    first = false;
  }
  for (const syntax::Requirement& each : decl.requirements) {
    clauses.push_back(layout_.hard_line());
    clauses.push_back(requirement(each));
  }
  parts.push_back(layout_.nest(2, cat(std::move(clauses))));
  parts.push_back(space());
  parts.push_back(token("{"));
  Members all;
  all.add(decl.fields, [this](const syntax::FieldValue& each) { return value(each); });
  const DocId head = cat(std::move(parts));
  return cat({head, members(all)});
}

// ---- checks -------------------------------------------------------------------------------------------------

// A clause of a population; bindings that one `for` holds together.
DocId Printer::step(const std::vector<syntax::Step>& steps, std::size_t& next, bool without_word) {
  const syntax::Step& first = steps[next];
  if (first.kind == syntax::StepKind::where) {
    ++next;
    const DocId word = cat({token("where"), space()});
    return cat({word, expr(first.value)});
  }
  if (first.kind == syntax::StepKind::let) {
    ++next;
    const DocId head = cat({token("let"), space(), token(first.name.span), space(), token("=")});
    return hanging(head, first.value);
  }
  Parts parts;
  if (!without_word) parts = {token("for"), space()};
  Parts bound;
  for (bool again = false;; again = true) {
    const syntax::Step& step = steps[next++];
    if (again) {
      bound.push_back(token(","));
      bound.push_back(line());
    }
    bound.push_back(binding(step.name, step.tuple, step.value));
    if (next >= steps.size() || steps[next].kind != syntax::StepKind::bind) break;
    const std::uint32_t before = cursor_;
    read_gap();
    const bool goes_on = comma_follows();
    cursor_ = before;
    if (!goes_on) break;
  }
  parts.push_back(layout_.nest(2, cat(std::move(bound))));
  return layout_.group(cat(std::move(parts)));
}

DocId Printer::requirement(const syntax::Requirement& requirement) {
  const DocId word = cat({token("require"), space()});
  const DocId condition = expr(requirement.condition);
  const DocId message = cat({break_before(layout_.hard_line()), token("else"), space()});
  return cat({word, condition, layout_.nest(2, cat({message, expr(requirement.message)}))});
}

DocId Printer::check(const syntax::CheckDecl& check) {
  const DocId head =
      cat({token("check"), space(), token(check.name.span), title(check.title), space(), token("{")});
  Members all;
  for (std::size_t i = 0; i < check.steps.size(); ++i) {
    // A binding that goes on after a comma belongs to the `for` before it.
    if (i > 0 && check.steps[i].kind == syntax::StepKind::bind &&
        check.steps[i - 1].kind == syntax::StepKind::bind &&
        text_.substr(check.steps[i - 1].span.end, check.steps[i].span.begin - check.steps[i - 1].span.end)
                .find(',') != std::string_view::npos) {
      continue;
    }
    all.add_at(check.steps[i].span.begin, [this, &check, i] {
      std::size_t next = i;
      return step(check.steps, next, false);
    });
  }
  all.add(check.requirements, [this](const syntax::Requirement& each) { return requirement(each); });
  if (check.for_organization) {
    const std::size_t at = text_.find("organization", check.name.span.end);
    all.add_at(static_cast<std::uint32_t>(at), [this] { return words("for organization"); });
  }
  if (check.when_empty) {
    all.add_at(check.when_empty->span.begin, [this, &check] {
      const DocId word = cat({words("when empty"), space()});
      return cat({word, token(check.when_empty->span)});
    });
  }
  if (check.basis) {
    all.add_at(check.basis->span.begin, [this, &check] {
      const DocId word = cat({token("basis"), layout_.text("  ")});
      return cat({word, token(check.basis->span)});
    });
  }
  if (check.nature) {
    all.add_at(check.nature->span.begin, [this, &check] {
      const DocId word = cat({token("nature"), space()});
      return cat({word, token(check.nature->span)});
    });
  }
  return cat({head, members(all)});
}

// ---- controls, templates ------------------------------------------------------------------------------------

DocId Printer::evidence(const syntax::EvidenceClause& clause) {
  const DocId head = cat({token("evidence"), space()});
  const DocId entities = names(clause.entities);
  if (clause.within == ExprId::none) return cat({head, entities});
  const DocId word = cat({line(), token("within"), space()});
  return layout_.group(cat({head, entities, layout_.nest(2, cat({word, expr(clause.within)}))}));
}

DocId Printer::metadata(const syntax::MetadataEntry& entry) {
  const DocId key = token(entry.key.span);
  const bool block = text_.substr(entry.values.front().span.begin, 3) == R"(""")";
  const std::size_t wide = entry.key.text.size();
  const DocId gap = layout_.text(std::string(block || wide >= key_width ? 1 : key_width - wide + 1, ' '));
  Parts parts;
  for (std::size_t i = 0; i < entry.values.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    const Span span = entry.values[i].span;
    const bool quoted =
        text_[span.begin] == '"' || text_.substr(span.begin, 2) == "r\"" || text_.substr(span.begin, 2) == "r#";
    parts.push_back(quoted ? string(span) : token(span));
  }
  if (block) return cat({key, gap, cat(std::move(parts))});
  return layout_.group(cat({key, gap, layout_.nest(2, cat(std::move(parts)))}));
}

DocId Printer::include(const syntax::TemplateInclude& include) {
  Parts parts{token("include"), space(), token(include.name.span)};
  const std::uint32_t before = cursor_;
  read_gap();
  const bool listed = cursor_ < text_.size() && text_[cursor_] == '(';
  cursor_ = before;
  if (listed) parts.push_back(arguments(include.arguments));
  if (include.alias) {
    parts.push_back(space());
    parts.push_back(token("as"));
    parts.push_back(space());
    parts.push_back(token(include.alias->span));
  }
  return cat(std::move(parts));
}

DocId Printer::declaration(const syntax::ControlDecl& decl) {
  const DocId head = cat({token("control"), space(), token(decl.id.span), title(decl.title), space(), token("{")});
  Members all;
  all.add(decl.metadata, [this](const syntax::MetadataEntry& each) { return metadata(each); });
  all.add(decl.evidence, [this](const syntax::EvidenceClause& each) { return evidence(each); });
  all.add(decl.params, [this](const syntax::ParamDecl& each) { return declaration(each); });
  all.add(decl.checks, [this](const syntax::CheckDecl& each) { return check(each); });
  all.add(decl.includes, [this](const syntax::TemplateInclude& each) { return include(each); });
  return cat({head, members(all)});
}

DocId Printer::declaration(const syntax::TemplateDecl& decl) {
  Parts head{token("template"), space(), token(decl.name.span), token("(")};
  if (!decl.arguments.empty()) {
    Parts parts{soft_line()};
    for (std::size_t i = 0; i < decl.arguments.size(); ++i) {
      const syntax::TemplateParam& each = decl.arguments[i];
      if (i > 0) {
        parts.push_back(token(","));
        parts.push_back(line());
      }
      parts.push_back(token(each.name.span));
      parts.push_back(token(":"));
      parts.push_back(space());
      parts.push_back(type(each.type));
      if (each.default_value == ExprId::none) continue;
      parts.push_back(space());
      parts.push_back(token("="));
      parts.push_back(space());
      parts.push_back(expr(each.default_value));
    }
    head.push_back(layout_.nest(2, cat(std::move(parts))));
    head.push_back(soft_line());
  }
  head.push_back(token(")"));
  const DocId line = layout_.group(cat(std::move(head)));
  const DocId open = cat({space(), token("{")});
  Members all;
  all.add(decl.evidence, [this](const syntax::EvidenceClause& each) { return evidence(each); });
  all.add(decl.params, [this](const syntax::ParamDecl& each) { return declaration(each); });
  all.add(decl.checks, [this](const syntax::CheckDecl& each) { return check(each); });
  return cat({line, open, members(all)});
}

}  // namespace writ::format
