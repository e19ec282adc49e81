// Walks over a syntax tree in the order of its text and makes a document of it. Each token is taken from the text
// itself, with the comments before it, so that nothing but white space and optional commas can change.
// INVARIANT: what `token` is asked for stands at the cursor; where it does not, `failed` is set and stays set.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/format/layout.hpp"
#include "language/syntax/tree.hpp"

namespace writ::format {

// A comment without blanks at its end, one space behind its marks.
std::string tidy(std::string_view comment);

class Members;

class Printer {
 public:
  // `text` is that of the tree's file, which parsed without an error.
  Printer(const syntax::Tree& tree, std::string_view text) : tree_(tree), text_(text) {}

  DocId file();
  Layout& layout() { return layout_; }
  bool failed() const { return failed_; }

 private:
  using ExprId = syntax::ExprId;
  using TypeExprId = syntax::TypeExprId;
  using Span = syntax::Span;
  using Parts = std::vector<DocId>;

  // A comment, and how many lines end before it since the token or comment before.
  struct Comment {
    std::string_view text;
    std::size_t lines = 0;
  };
  struct Gap {
    std::vector<Comment> comments;
    std::size_t lines = 0;  // that end between the last comment, or the last token, and what follows
  };

  // ---- tokens and what stands between them (printer.cpp) ----
  Gap read_gap();
  // With a comma that may be left out, which is dropped.
  Gap read_loose_gap();
  DocId comments_before(const Gap& gap);
  DocId token(std::string_view expected);
  // A token whose text is its span's.
  DocId token(Span span);
  // A line that may break before the next token: a comment that ends the line stands before it, others behind it.
  DocId break_before(DocId line);
  DocId line() { return break_before(layout_.line()); }
  DocId soft_line() { return break_before(layout_.soft_line()); }
  // Drops a comma that may be left out.
  void skip_comma();
  bool comma_follows() const;
  // The lines, comments and blank lines before a member or a declaration; `first` of its body.
  DocId member_break(bool first);
  // The lines before a clause that stands deeper than its declaration.
  DocId clause_break();
  // The members, and the brace that closes them; the opening one has been taken.
  DocId body(Parts members);
  // What is left before `}` or the end of the text.
  DocId closing_comments();
  bool comment_follows() const;

  // ---- expressions (printer_expressions.cpp) ----
  DocId expr(ExprId id);
  DocId chain(const syntax::Expr& expr);
  DocId operation(const syntax::Expr& expr);
  DocId conditional(const syntax::Expr& expr, bool own_line);
  DocId call(const syntax::Expr& expr);
  DocId arguments(const std::vector<syntax::Argument>& arguments);
  DocId elements(const syntax::Expr& expr, std::string_view open, std::string_view close);
  DocId record(const syntax::Expr& expr);
  DocId query(const syntax::Expr& expr);
  DocId bindings(const std::vector<syntax::Binding>& bindings);
  DocId binding(const syntax::Name& name, const std::vector<syntax::Name>& tuple, ExprId collection);
  DocId string(Span span);
  DocId type(TypeExprId id);
  DocId field(const syntax::Field& field, std::size_t name_width);
  // An expression on its line, or on the next ones.
  DocId hanging(DocId head, ExprId value);

  // ---- declarations (printer_declarations.cpp) ----
  DocId declaration(const syntax::Declaration& declaration);
  DocId declaration(const syntax::EnumDecl& decl);
  DocId declaration(const syntax::EntityDecl& decl);
  DocId declaration(const syntax::FnDecl& decl);
  DocId declaration(const syntax::ParamDecl& decl);
  DocId declaration(const syntax::RuleDecl& decl);
  DocId declaration(const syntax::DeriveDecl& decl);
  DocId declaration(const syntax::TemplateDecl& decl);
  DocId declaration(const syntax::ControlDecl& decl);
  DocId declaration(const syntax::PackDecl& decl);
  DocId declaration(const syntax::ProfileDecl& decl);
  DocId declaration(const syntax::WaiveDecl& decl);
  DocId declaration(const syntax::TestDecl& decl);
  DocId declaration(const syntax::UseDecl& decl);
  DocId declaration(const syntax::ErrorDecl& decl);
  DocId file_head();
  DocId declaration_break(bool blank);
  DocId members(Members& members);
  bool follows_closely(std::uint32_t end, std::uint32_t begin) const;
  DocId params(const std::vector<syntax::FnParam>& params);
  DocId requirement(const syntax::Requirement& requirement);
  DocId check(const syntax::CheckDecl& check);
  DocId step(const std::vector<syntax::Step>& steps, std::size_t& next, bool without_word);
  DocId evidence(const syntax::EvidenceClause& clause);
  DocId metadata(const syntax::MetadataEntry& entry);
  DocId include(const syntax::TemplateInclude& include);
  DocId pack_set(const syntax::PackSet& set);
  DocId pack_name(const syntax::PackName& name);
  DocId pack_exclude(const syntax::PackExclude& exclude);
  DocId pack_section(const syntax::PackSection& section);
  DocId value(const syntax::FieldValue& value);
  DocId given(const syntax::TestGiven& given);
  DocId expect(const syntax::TestExpect& expect);
  DocId names(const std::vector<syntax::Name>& names);
  DocId strings(const std::vector<syntax::StringLiteral>& strings);
  DocId title(const std::optional<syntax::StringLiteral>& title);

  const syntax::Expr& node(ExprId id) const { return tree_.expr(id); }
  DocId cat(Parts parts) { return layout_.concat(std::move(parts)); }
  DocId words(std::string_view words);
  DocId space() { return layout_.text(" "); }
  // The word that stands next, without taking it.
  std::string_view next_word() const;

  const syntax::Tree& tree_;
  std::string_view text_;
  Layout layout_;
  std::uint32_t cursor_ = 0;
  bool failed_ = false;
};

}  // namespace writ::format
