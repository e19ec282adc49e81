// The part of the printer that lays out packs, profiles, waivers and tests.
#include "language/format/members.hpp"
#include "language/format/printer.hpp"

namespace writ::format {

DocId Printer::pack_set(const syntax::PackSet& set) {
  const DocId head = cat({token("set"), space(), token(set.target.span), space(), token("=")});
  return hanging(head, set.value);
}

DocId Printer::pack_name(const syntax::PackName& name) {
  Parts parts{token("name"), space(), token(name.control.span), title(name.title)};
  if (name.reference) {
    parts.push_back(space());
    parts.push_back(token("as"));
    parts.push_back(space());
    parts.push_back(string(name.reference->span));
  }
  return cat(std::move(parts));
}

DocId Printer::pack_exclude(const syntax::PackExclude& exclude) {
  Parts parts{token("exclude"), space()};
  if (exclude.property) {
    parts.push_back(token(exclude.property->span));
    parts.push_back(space());
    parts.push_back(token(exclude.value->span));
  } else {
    parts.push_back(token(exclude.target.span));
  }
  const DocId word = cat({line(), token("because"), space()});
  const DocId reason = layout_.nest(2, cat({word, string(exclude.reason->span)}));
  parts.push_back(reason);
  return layout_.group(cat(std::move(parts)));
}

DocId Printer::pack_section(const syntax::PackSection& section) {
  const DocId head = cat({token("section"), space(), string(section.title.span), space(), token("{")});
  Members all;
  all.add(section.names, [this](const syntax::PackName& each) { return pack_name(each); });
  return cat({head, members(all)});
}

DocId Printer::declaration(const syntax::PackDecl& decl) {
  const DocId head = cat({token("pack"), space(), token(decl.name.span), title(decl.title), space(), token("{")});
  Members all;
  if (decl.version) {
    all.add_at(decl.version->span.begin, [this, &decl] {
      const DocId word = cat({token("version"), space()});
      return cat({word, string(decl.version->span)});
    });
  }
  all.add(decl.includes, [this](const syntax::PackInclude& each) {
    const DocId word = cat({token("include"), space()});
    return cat({word, token(each.module.span)});
  });
  all.add(decl.excludes, [this](const syntax::PackExclude& each) { return pack_exclude(each); });
  all.add(decl.sets, [this](const syntax::PackSet& each) { return pack_set(each); });
  all.add(decl.names, [this](const syntax::PackName& each) { return pack_name(each); });
  all.add(decl.sections, [this](const syntax::PackSection& each) { return pack_section(each); });
  all.add(decl.profiles, [this](const syntax::Name& each) {
    const DocId word = cat({token("profile"), space()});
    return cat({word, token(each.span)});
  });
  return cat({head, members(all)});
}

DocId Printer::declaration(const syntax::ProfileDecl& decl) {
  const DocId head =
      cat({token("profile"), space(), token(decl.name.span), title(decl.title), space(), token("{")});
  Members all;
  all.add(decl.sets, [this](const syntax::PackSet& each) { return pack_set(each); });
  return cat({head, members(all)});
}

// ---- waivers ------------------------------------------------------------------------------------------------

DocId Printer::declaration(const syntax::WaiveDecl& decl) {
  Parts parts{token("waive"), space(), token(decl.target.span)};
  if (next_word() == "for" && !decl.keys.empty()) {
    parts.push_back(space());
    parts.push_back(token("for"));
    parts.push_back(space());
    parts.push_back(strings(decl.keys));
  }
  Members all;
  const auto clause = [this, &all](std::string_view word, std::uint32_t begin, std::function<DocId()> value) {
    all.add_at(begin, [this, word, value] {
      const DocId head = cat({token(word), space()});
      return cat({head, value()});
    });
  };
  const auto expression = [&](std::string_view word, ExprId value) {
    if (value != ExprId::none) clause(word, node(value).span.begin, [this, value] { return expr(value); });
  };
  const auto literal = [&](std::string_view word, const std::optional<syntax::StringLiteral>& value) {
    if (value) clause(word, value->span.begin, [this, &value] { return string(value->span); });
  };
  if (!decl.keys.empty() && cursor_ < decl.keys.front().span.begin) {
    clause("for", decl.keys.front().span.begin, [this, &decl] { return strings(decl.keys); });
  }
  expression("where", decl.where);
  expression("from", decl.from);
  expression("until", decl.until);
  literal("because", decl.reason);
  literal("approved_by", decl.approved_by);
  Parts clauses;
  all.in_order([this, &clauses](bool, const std::function<DocId()>& print) {
    clauses.push_back(clause_break());
    clauses.push_back(print());
  });
  return cat({cat(std::move(parts)), layout_.nest(2, cat(std::move(clauses)))});
}

// ---- tests --------------------------------------------------------------------------------------------------

DocId Printer::given(const syntax::TestGiven& given) {
  if (given.none) {
    const DocId head = cat({words("given no"), space()});
    return cat({head, token(given.entity.span)});
  }
  const DocId head = cat({token("given"), space(), token(given.entity.span), space(), token("{")});
  if (given.fields.empty() && !comment_follows()) return cat({head, token("}")});
  const std::string_view inside = text_.substr(cursor_, given.span.end - cursor_);
  if (inside.find('#') != std::string_view::npos) {
    Members all;
    all.add(given.fields, [this](const syntax::FieldValue& each) { return value(each); });
    return cat({head, members(all)});
  }
  Parts parts;
  for (std::size_t i = 0; i < given.fields.size(); ++i) {
    if (i > 0) parts.push_back(layout_.choose(layout_.text(","), DocId::nothing));
    parts.push_back(line());
    parts.push_back(value(given.fields[i]));
  }
  const DocId inner = layout_.nest(2, cat(std::move(parts)));
  return layout_.group(cat({head, inner, line(), token("}")}));
}

DocId Printer::expect(const syntax::TestExpect& expect) {
  if (expect.kind == syntax::Expectancy::holds) {
    const DocId head = cat({words("expect that"), space()});
    return cat({head, layout_.nest(2, expr(expect.condition))});
  }
  Parts parts{token("expect"), space(), token(expect.target.span), space()};
  if (expect.kind == syntax::Expectancy::is) {
    parts.push_back(token("is"));
    parts.push_back(space());
    parts.push_back(token(expect.verdict->span));
  } else {
    parts.push_back(token(expect.kind == syntax::Expectancy::passes ? "passes" : "fails"));
  }
  if (expect.only) {
    parts.push_back(space());
    parts.push_back(token("only"));
  }
  Parts rest;
  if (!expect.keys.empty()) {
    parts.push_back(space());
    parts.push_back(token("for"));
    parts.push_back(space());
    parts.push_back(strings(expect.keys));
  }
  if (expect.saying) {
    rest.push_back(line());
    rest.push_back(token("saying"));
    rest.push_back(space());
    rest.push_back(string(expect.saying->span));
  }
  return layout_.group(cat({cat(std::move(parts)), layout_.nest(2, cat(std::move(rest)))}));
}

DocId Printer::declaration(const syntax::TestDecl& decl) {
  const DocId head = cat({token("test"), space(), string(decl.title.span), space(), token("{")});
  Members all;
  const auto valued = [this, &all](std::string_view word, ExprId value) {
    if (value == ExprId::none) return;
    all.add_at(node(value).span.begin, [this, word, value] {
      const DocId name = cat({token(word), space()});
      return cat({name, expr(value)});
    });
  };
  valued("now", decl.now);
  valued("period", decl.period);
  if (decl.pack) {
    all.add_at(decl.pack->span.begin, [this, &decl] {
      const DocId word = cat({token("pack"), space()});
      return cat({word, token(decl.pack->span)});
    });
  }
  all.add(decl.sets, [this](const syntax::PackSet& each) { return pack_set(each); });
  all.add(decl.givens, [this](const syntax::TestGiven& each) { return given(each); });
  all.add(decl.absent, [this](const syntax::TestAbsent& each) {
    const DocId word = cat({token("absent"), space()});
    return cat({word, names(each.entities)});
  });
  all.add(decl.collected, [this](const syntax::TestCollected& each) {
    const DocId word = cat({token("collected"), space()});
    const DocId entities = names(each.entities);
    const DocId at = cat({space(), token("at"), space()});
    return cat({word, entities, at, expr(each.at)});
  });
  all.add(decl.waives, [this](const syntax::WaiveDecl& each) { return declaration(each); });
  all.add(decl.expects, [this](const syntax::TestExpect& each) { return expect(each); });
  return cat({head, members(all)});
}

}  // namespace writ::format
