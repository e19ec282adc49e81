// Tests: their clock, what they give, and what they expect.
#include "language/types/check_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "language/dependencies/walk.hpp"
#include "language/types/check_declaration.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckId;
using language::ControlId;
using language::Expectancy;
using language::Expectation;
using language::ExprKind;
using language::GivenValue;
using language::index;
using language::TestDef;

namespace {

class TestChecker {
 public:
  TestChecker(Checking& checking, ClockFinder& clock, const syntax::TestDecl& decl, std::uint32_t file)
      : checking_(checking), clock_(clock), decl_(decl), file_(file) {}

  TestDef check() {
    def_.title = decl_.title.text;
    def_.doc = decl_.doc.text;
    def_.title_span = decl_.title.span;
    def_.span = decl_.span;
    if (decl_.now != SyntaxId::none) def_.now = moment(decl_.now);
    if (decl_.period != SyntaxId::none) def_.period = period(decl_.period);
    if (decl_.pack) enter(*decl_.pack);
    for (const syntax::PackSet& set : decl_.sets) {
      if (auto setting = check_setting(checking_, file_, set)) def_.settings.push_back(*setting);
    }
    waivers();
    waiver_clock();
    evidence();
    for (const syntax::TestExpect& expect : decl_.expects) {
      auto expectation = check_expectation(checking_, file_, def_, is_damaged() || !given_completely_, expect);
      if (!expectation) continue;
      if (def_.pack && !is_of_pack(expect, *expectation)) continue;
      expectation_clock(expect, *expectation);
      def_.expectations.push_back(std::move(*expectation));
    }
    if (decl_.expects.empty() && !is_damaged()) {
      checking_.sink
          .add(Code::test_without_expectation, decl_.title.span, "the test expects nothing", "it could not fail")
          .help("say what must come out: `expect ACC-07.disabled_in_time fails for \"a1\"`");
    }
    return std::move(def_);
  }

 private:
  bool is_damaged() const { return decl_.damaged || checking_.broken(decl_.span); }
  std::string spelling(TypeId type) const { return checking_.spelling(type); }

  // ---- the clock

  bool is_time(TypeId type) const {
    const Kind kind = checking_.program.types.kind(type);
    return kind == Kind::error || kind == Kind::timestamp || kind == Kind::date;
  }

  // An instant, or a day, which means its midnight.
  ExprId moment(SyntaxId id) {
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking_, file_, locals, std::nullopt);
    const ExprId value = expressions.check(id, unknown);
    const TypeId type = checking_.type(value);
    if (!is_time(type)) {
      checking_.sink.add(Code::type_mismatch, checking_.program.expr(value).span,
                         fmt::format("expected `Timestamp` or `Date`, found `{}`", spelling(type)),
                         fmt::format("this is `{}`", spelling(type)));
      return ExprId::none;
    }
    require_constant(checking_, value, "a moment of a test");
    if (checking_.program.types.kind(type) != Kind::date) return value;
    const Span span = checking_.program.expr(value).span;
    return checking_.add(ExprKind::widen, TypeTable::simple(Kind::timestamp), span, {value});
  }

  ExprId period(SyntaxId id) {
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking_, file_, locals, std::nullopt);
    const ExprId value = expressions.check(id, unknown);
    const language::Expr& expr = checking_.program.expr(value);
    if (expr.kind == ExprKind::error) return ExprId::none;
    const bool is_range = expr.kind == ExprKind::range && is_time(checking_.program.types.at(expr.type).element);
    if (!is_range) {
      checking_.sink
          .add(Code::type_mismatch, expr.span, fmt::format("expected a period, found `{}`", spelling(expr.type)),
               fmt::format("this is `{}`", spelling(expr.type)))
          .help("write its first and its last day: `period 2025-07-01..2026-06-30`");
      return ExprId::none;
    }
    require_constant(checking_, value, "a period of a test");
    return value;
  }

  // ---- the pack, and waivers

  void enter(const syntax::Name& name) {
    const auto& packs = checking_.program.packs;
    const auto found = std::find_if(packs.begin(), packs.end(),
                                    [&](const language::PackDef& pack) { return pack.name == name.text; });
    if (found != packs.end()) {
      def_.pack = static_cast<language::PackId>(found - packs.begin());
      def_.settings = found->settings;
      def_.waivers = found->waivers;
      return;
    }
    std::vector<std::string_view> names;
    for (const language::PackDef& pack : packs) names.push_back(pack.name);
    auto& diagnostic = checking_.sink.add(Code::invalid_test, name.span,
                                          fmt::format("there is no pack `{}` here", name.text), "not known");
    const std::string_view near = diagnostics::nearest(name.text, names);
    if (!near.empty()) {
      diagnostic.fix("a pack with a similar name", name.span, std::string(near));
    } else {
      diagnostic.help("a test knows the packs among the paths that `writ test` is given");
    }
  }

  // What a pack does not have, or leaves out, cannot be expected of it; of a control it leaves out parts.
  bool is_of_pack(const syntax::TestExpect& expect, Expectation& expectation) {
    if (expectation.checks.empty()) return true;
    const language::PackDef& pack = checking_.program.packs[index(*def_.pack)];
    const ControlId control = checking_.program.checks[index(expectation.checks.front())].control;
    if (std::find(pack.controls.begin(), pack.controls.end(), control) == pack.controls.end()) {
      checking_.sink.add(Code::invalid_expectation, expect.target.span,
                         fmt::format("the pack `{}` does not include `{}`", pack.name,
                                     checking_.program.controls[index(control)].id),
                         "nothing comes of it there");
      return false;
    }
    const language::ExclusionDef* why = nullptr;
    std::erase_if(expectation.checks, [&](CheckId check) {
      const auto excluded = std::find_if(pack.excluded.begin(), pack.excluded.end(),
                                         [&](const auto& entry) { return entry.first == check; });
      if (excluded == pack.excluded.end()) return false;
      why = &checking_.program.exclusions[excluded->second];
      return true;
    });
    if (!expectation.checks.empty() || why == nullptr) return true;
    checking_.sink
        .add(Code::invalid_expectation, expect.target.span,
             fmt::format("the pack `{}` leaves `{}` out", pack.name, expectation.target),
             "nothing comes of it there")
        .label(why->span, "left out here");
    return false;
  }

  void waivers() {
    for (const syntax::WaiveDecl& waive : decl_.waives) {
      auto def = check_waiver(checking_, file_, waive);
      if (!def) continue;
      def->of_test = true;
      def_.waivers.push_back(static_cast<language::WaiverId>(checking_.program.waivers.size()));
      checking_.program.waivers.push_back(std::move(*def));
    }
  }

  // Whether a waiver is in force hangs on the moment.
  void waiver_clock() {
    if (decl_.now != SyntaxId::none || needs_now_reported_ || decl_.waives.empty()) return;
    needs_now_reported_ = true;
    checking_.sink
        .add(Code::test_needs_now, decl_.waives.front().target.span,
             "whether a waiver is in force depends on `now`", "and the test does not say when it is")
        .help("write it at the head of the test: `now 2026-06-30T00:00:00Z`");
  }

  // ---- evidence

  // How the test speaks of an entity's evidence, and where first.
  struct Mention {
    enum class Kind : std::uint8_t { given, none, absent } kind{};
    Span span;
  };

  void evidence() {
    std::map<std::uint32_t, Mention> mentions;
    const auto mention = [&](EntityId entity, Mention::Kind kind, Span span) {
      const auto [entry, is_new] = mentions.emplace(index(entity), Mention{kind, span});
      if (is_new || entry->second.kind == kind) return;
      const bool absent = kind == Mention::Kind::absent || entry->second.kind == Mention::Kind::absent;
      checking_.sink
          .add(Code::invalid_test, span,
               fmt::format("the test gives two accounts of `{}`", checking_.program.entity(entity).name),
               kind == Mention::Kind::given  ? "records are given here"
               : kind == Mention::Kind::none ? "there are none here"
                                             : "not supplied here")
          .label(entry->second.span, entry->second.kind == Mention::Kind::given  ? "records are given here"
                                     : entry->second.kind == Mention::Kind::none ? "there are none here"
                                                                                 : "not supplied here")
          .help(absent ? "what is not supplied has no records, and nobody knows whether there are any"
                       : "an entity is either empty or has records");
    };
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking_, file_, locals, std::nullopt);
    for (const syntax::TestGiven& given : decl_.givens) {
      if (given.none) {
        if (const auto entity = find_entity(checking_, file_, given.entity))
          mention(*entity, Mention::Kind::none, given.span);
        continue;
      }
      auto record = check_given(checking_, file_, expressions, given);
      if (!record) {
        given_completely_ = false;
        continue;
      }
      mention(record->entity, Mention::Kind::given, given.entity.span);
      def_.givens.push_back(std::move(*record));
    }
    for (const syntax::TestAbsent& absent : decl_.absent) {
      for (const syntax::Name& name : absent.entities) {
        const auto entity = find_entity(checking_, file_, name);
        if (!entity) continue;
        mention(*entity, Mention::Kind::absent, name.span);
        def_.absent.push_back(*entity);
      }
    }
    for (const syntax::TestCollected& collected : decl_.collected) {
      const ExprId at = collected.at == SyntaxId::none ? ExprId::none : moment(collected.at);
      for (const syntax::Name& name : collected.entities) {
        const auto entity = find_entity(checking_, file_, name);
        if (entity && at != ExprId::none) def_.collected.push_back({*entity, at});
      }
      if (def_.now == ExprId::none && decl_.now == SyntaxId::none) {
        checking_.sink
            .add(Code::test_needs_now, collected.span, "how old evidence is depends on `now`",
                 "and the test does not say when it is")
            .help("write it at the head of the test: `now 2026-06-30T00:00:00Z`");
      }
    }
    for (const language::GivenRecord& given : def_.givens) given_clock(given.fields);
  }

  void given_clock(const std::vector<language::GivenField>& fields) {
    for (const language::GivenField& field : fields) {
      ClockReads reads;
      given_reads(field.value, reads);
      needs_now(reads, field.value.span, "this value");
    }
  }

  void given_reads(const GivenValue& value, ClockReads& reads) {
    if (value.value != ExprId::none) clock_.find(value.value, reads);
    for (const language::GivenField& field : value.fields) given_reads(field.value, reads);
    for (const GivenValue& element : value.elements) given_reads(element, reads);
  }

  // A test gives the same on every day: what depends on the clock needs the test's own.
  void needs_now(const ClockReads& reads, Span span, std::string_view what) {
    if (decl_.now != SyntaxId::none || needs_now_reported_) return;
    std::optional<Span> read = reads.now;
    if (!read && decl_.period == SyntaxId::none) read = reads.period;
    if (!read) return;
    needs_now_reported_ = true;
    auto& diagnostic = checking_.sink.add(Code::test_needs_now, span, fmt::format("{} depends on `now`", what),
                                          "and the test does not say when it is");
    if (*read != span) diagnostic.label(*read, "read here");
    diagnostic.help("write it at the head of the test: `now 2026-06-30T00:00:00Z`");
  }

  void expectation_clock(const syntax::TestExpect& expect, const Expectation& expectation) {
    ClockReads reads;
    if (expectation.kind == Expectancy::holds) {
      clock_.find(expectation.condition, reads);
      needs_now(reads, expect.span, "what is expected");
      return;
    }
    for (const CheckId check : expectation.checks) {
      dependencies::for_each_root(checking_.program.checks[index(check)],
                                  [&](ExprId root) { clock_.find(root, reads); });
    }
    needs_now(reads, expect.target.span, fmt::format("`{}`", expectation.target));
  }

  Checking& checking_;
  ClockFinder& clock_;
  const syntax::TestDecl& decl_;
  std::uint32_t file_;
  TestDef def_;
  bool given_completely_ = true;  // every record could be typed
  bool needs_now_reported_ = false;
};

}  // namespace

void check_tests(Checking& checking) {
  ClockFinder clock(checking.program);
  for (const auto& [decl, file] : checking.declarations.tests) {
    checking.program.tests.push_back(TestChecker(checking, clock, *decl, file).check());
  }
}

}  // namespace writ::types
