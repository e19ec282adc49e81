#include "tests/support/generate_program.hpp"

#include "tests/support/generate_derivations.hpp"
#include "tests/support/generate_expression.hpp"
#include "tests/support/generate_rules.hpp"

namespace writ::support {

std::string GeneratedProgram::text() const {
  std::string out;
  for (const std::string& declaration : declarations) out += declaration + "\n";
  for (const GeneratedControl& control : controls) {
    out += control.head;
    for (const std::string& check : control.checks) out += check;
    out += "}\n\n";
  }
  return out;
}

namespace {

class ProgramGenerator {
 public:
  ProgramGenerator(Choices& choices, language::FunctionTable builtins)
      : choices_(choices), schema_(generate_schema(choices)), expressions_(schema_, builtins, choices) {}

  GeneratedProgram run() {
    program_.declarations = schema_.declarations();
    // Where a Network is asked for, one can always be named.
    program_.declarations.emplace_back("param any_network: Network = \"10.0.0.0/8\"\n");
    expressions_.add_param({"any_network", simple(Kind::network)});
    if (choices_.chance(35)) derivations();
    const std::uint32_t params = choices_.below(3);
    for (std::uint32_t i = 0; i < params; ++i) program_.declarations.push_back(param("") + "\n");
    const std::uint32_t functions = choices_.below(5);
    const std::uint32_t rules = choices_.weighted({40, 25, 20, 15});
    for (std::uint32_t i = 0; i < functions; ++i) {
      if (i == functions / 2) all_rules(rules);
      function();
    }
    if (functions == 0) all_rules(rules);
    const std::uint32_t templates = choices_.below(3);
    for (std::uint32_t i = 0; i < templates; ++i) template_("t" + std::to_string(i));
    const std::uint32_t controls = 1 + choices_.below(2);
    for (std::uint32_t i = 0; i < controls; ++i) control("GEN-" + std::to_string(i + 1));
    if (!settings_.empty()) program_.declarations.push_back("pack generated \"Generated\" {\n" + settings_ + "}\n");
    for (std::string& waiver : waivers_) program_.declarations.push_back(std::move(waiver));
    return std::move(program_);
  }

 private:
  // A parameter, which stays in scope; now and then one that a pack sets.
  std::string param(const std::string& control) {
    Named named{"p" + std::to_string(next_param_++), expressions_.any_scalar()};
    const bool set = choices_.chance(25) && named.type.kind != Kind::boolean;
    const Ty element = named.type;
    if (set) named.type = set_of(element);
    const auto value = [&] {
      if (!set) return literal(schema_, element, true, choices_);
      return "{" + literal(schema_, element, true, choices_) + ", " + literal(schema_, element, true, choices_) +
             "}";
    };
    std::string out = "param " + named.name + ": " + schema_.spelling(named.type);
    const bool set_by_pack = choices_.chance(20);
    if (!set_by_pack || choices_.chance(50)) out += " = " + value();
    if (set_by_pack)
      settings_ += "  set " + control + (control.empty() ? "" : ".") + named.name + " = " + value() + "\n";
    if (named.type.kind == Kind::integer && !set_by_pack && choices_.chance(40)) {
      out += " where " + named.name + " >= -2";
    }
    expressions_.add_param(named);
    return out;
  }

  // With functions that they can use, and the others too.
  void derivations() {
    DerivationGenerator generator(schema_, expressions_, choices_);
    program_.declarations.emplace_back("fn some_network(): Network = \"10.0.0.0/8\"\n");
    std::vector<std::uint32_t> open = generator.targets();
    generator.begin(open);
    if (choices_.chance(50)) function();
    generator.end();
    while (!open.empty()) {
      generator.begin(open);
      for (std::string& one : generator.run(open.front())) program_.declarations.push_back(std::move(one));
      generator.end();
      open.erase(open.begin());
    }
  }

  void all_rules(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      for (std::string& clause : RuleGenerator(schema_, expressions_, choices_).run())
        program_.declarations.push_back(std::move(clause));
    }
  }

  void function() {
    FunctionModel model;
    model.name = "g" + std::to_string(next_function_++);
    expressions_.clear();
    expressions_.limit_loops(1);
    const std::uint32_t params = 1 + choices_.below(2);
    std::string text = "fn " + model.name + "(";
    for (std::uint32_t i = 0; i < params; ++i) {
      Named param{expressions_.fresh(), expressions_.any_scalar()};
      if (choices_.chance(75)) {
        param.type = simple(Kind::entity);
        param.type.decl = choices_.below(static_cast<std::uint32_t>(schema_.entities.size()));
        if (expressions_.is_closed(param.type)) param.type = expressions_.any_scalar();
      }
      if (choices_.chance(15)) param.type.optional = true;
      text += (i == 0 ? "" : ", ") + param.name + ": " + schema_.spelling(param.type);
      expressions_.declare(param);
      model.params.push_back(param);
    }
    model.result = choices_.chance(40) ? simple(Kind::boolean) : expressions_.any_scalar();
    if (choices_.chance(25)) {
      model.result = simple(Kind::entity);
      model.result.decl = choices_.below(static_cast<std::uint32_t>(schema_.entities.size()));
      model.result.optional = true;
    } else if (choices_.chance(20)) {
      model.result = choices_.chance(50) ? list_of(model.result) : set_of(model.result);
    } else if (choices_.chance(25)) {
      model.result.optional = true;
    }
    const auto body = model.result.kind == Kind::boolean && !model.result.optional
                          ? std::optional<std::string>(expressions_.condition(3))
                          : expressions_.make(model.result, 3, true);
    if (!body) return;
    program_.declarations.push_back(text + "): " + schema_.spelling(model.result) + " =\n  " + *body + "\n");
    expressions_.add_function(model);
  }

  void control(const std::string& id) {
    GeneratedControl out;
    out.head = "control " + id + " \"Generated\" {\n  criteria CC1.1\n";
    static const std::vector<std::string> ages{"", "", " within 30 days", " within 3 months", " within 1 day"};
    for (const EntityModel& entity : schema_.entities) {
      if (choices_.chance(80)) out.head += "  evidence " + entity.name + choices_.pick(ages) + "\n";
    }
    const std::size_t params = expressions_.params();
    const std::uint32_t own = choices_.below(3);
    for (std::uint32_t i = 0; i < own; ++i) out.head += "  " + param(id) + "\n";
    const std::uint32_t checks = 1 + choices_.below(3);
    for (std::uint32_t i = 0; i < checks; ++i) {
      const std::string name = "c" + std::to_string(i);
      out.checks.push_back(check(name, {}));
      mark(id, name, condition_);
    }
    expressions_.drop_params(params);
    for (const Template& candidate : templates_) {
      if (!choices_.chance(50)) continue;
      // Twice now and then, under a name of its own.
      out.head += "  include " + candidate.name + "(" + arguments(candidate) + ")\n";
      for (const std::string& check : candidate.checks) mark(id, check, "");
      if (choices_.chance(25))
        out.head += "  include " + candidate.name + "(" + arguments(candidate) + ") as again\n";
    }
    program_.controls.push_back(std::move(out));
  }

  // A template: what its arguments and parameters are, and the names of its checks.
  struct Template {
    std::string name;
    std::vector<Named> arguments, params;
    std::vector<std::string> checks;
  };

  void template_(const std::string& name) {
    Template made{name, {}, {}, {}};
    std::string head = "template " + name + "(";
    const std::uint32_t arguments = choices_.below(3);
    for (std::uint32_t i = 0; i < arguments; ++i) {
      made.arguments.push_back({expressions_.fresh(), expressions_.any_scalar()});
      head +=
          (i == 0 ? "" : ", ") + made.arguments.back().name + ": " + schema_.spelling(made.arguments.back().type);
    }
    head += ") {\n";
    for (const EntityModel& entity : schema_.entities) {
      if (choices_.chance(20)) head += "  evidence " + entity.name + " within 30 days\n";
    }
    const std::uint32_t params = choices_.below(3);
    for (std::uint32_t i = 0; i < params; ++i) {
      made.params.push_back({expressions_.fresh(), expressions_.any_scalar()});
      const Named& param = made.params.back();
      head += "  param " + param.name + ": " + schema_.spelling(param.type) + " = " +
              literal(schema_, param.type, true, choices_) + "\n";
    }
    std::vector<Named> known = made.arguments;
    known.insert(known.end(), made.params.begin(), made.params.end());
    const std::uint32_t checks = 1 + choices_.below(2);
    for (std::uint32_t i = 0; i < checks; ++i) {
      made.checks.push_back(name + "_c" + std::to_string(i));
      head += check(made.checks.back(), known);
    }
    program_.declarations.push_back(head + "}\n");
    templates_.push_back(std::move(made));
  }

  std::string arguments(const Template& of) {
    std::string out;
    for (const Named& argument : of.arguments)
      out += (out.empty() ? "" : ", ") + literal(schema_, argument.type, true, choices_);
    for (const Named& param : of.params) {
      if (!choices_.chance(30)) continue;
      out += (out.empty() ? "" : ", ") + param.name + ": " + literal(schema_, param.type, true, choices_);
    }
    return out;
  }

  // Now and then a check is left out, or findings of it are waived: by keys, by a condition, or all of them.
  void mark(const std::string& control, const std::string& check, const std::string& condition) {
    const std::string target = control + "." + check;
    if (choices_.chance(6)) settings_ += "  exclude " + target + " because \"generated\"\n";
    if (!choices_.chance(35)) return;
    static const std::vector<std::string> keys{"", " for \"A0\", \"A1\", \"P0\"", " for \"P1\", \"B0\"",
                                               " for \"1\", \"2\", \"3\"",
                                               " for \"A0, P0\", \"P0, A1\", \"organization\""};
    static const std::vector<std::string> times{"until 2026-12-31", "until 2026-06-29", "until 2026-06-30",
                                                "from 2026-06-30 until 2026-07-01",
                                                "from 2026-07-01 until 2026-09-01"};
    const bool whole = choices_.chance(10);
    const bool by_condition = !whole && !condition.empty() && choices_.chance(60);
    waivers_.push_back("waive " + (whole ? control : target) +
                       (by_condition ? " where " + condition : choices_.pick(keys)) + "\n  " +
                       choices_.pick(times) + "\n  because \"generated\"\n  approved_by \"nobody\"\n");
  }

  std::string where() {
    std::vector<Named> gained;
    const std::string text = expressions_.condition(3, &gained);
    expressions_.know(gained);
    return "    where " + text + "\n";
  }

  std::string let() {
    Named named{expressions_.fresh(), expressions_.any_scalar()};
    std::string value;
    const auto alias = choices_.chance(35) ? expressions_.optional_path() : std::nullopt;
    if (alias) {
      named.type = alias->type;
      value = alias->name;
    } else {
      if (choices_.chance(25)) named.type.optional = true;
      const auto made = expressions_.make(named.type, 2, false);
      if (!made) return "";
      value = *made;
    }
    expressions_.declare(named);
    return "    let " + named.name + " = " + value + "\n";
  }

  // `known` are variables that stand outside of it. Leaves a condition over its population in `condition_`.
  std::string check(const std::string& name, const std::vector<Named>& known) {
    expressions_.clear();
    for (const Named& variable : known) expressions_.declare(variable);
    expressions_.limit_loops(3);
    std::string out = "  check " + name + " \"Generated\" {\n";
    const std::uint32_t binders = choices_.weighted({8, 55, 37});
    for (std::uint32_t i = 0; i < binders; ++i) {
      out += "    for " + expressions_.binding(2) + "\n";
      if (choices_.chance(25)) out += let();
      if (choices_.chance(45)) out += where();
    }
    if (choices_.chance(40)) out += let();
    if (choices_.chance(25)) out += where();
    condition_ = choices_.chance(40) ? expressions_.condition(2) : "";
    const std::uint32_t requirements = 1 + choices_.below(3);
    for (std::uint32_t i = 0; i < requirements; ++i) {
      std::vector<Named> gained;
      const std::string test = expressions_.condition(3 + static_cast<int>(choices_.below(2)), &gained);
      out += "    require " + test + "\n      else " + expressions_.message(1) + "\n";
      expressions_.know(gained);
    }
    static const std::vector<std::string> empty{"", "", "    when empty pass\n", "    when empty fail\n",
                                                "    when empty not_applicable\n"};
    return out + choices_.pick(empty) + "  }\n";
  }

  Choices& choices_;
  Schema schema_;
  ExpressionGenerator expressions_;
  GeneratedProgram program_;
  std::string settings_;
  std::vector<Template> templates_;
  std::vector<std::string> waivers_;
  std::string condition_;
  std::uint32_t next_param_ = 0;
  std::uint32_t next_function_ = 0;
};

}  // namespace

GeneratedProgram generate_program(Choices& choices, language::FunctionTable builtins) {
  return ProgramGenerator(choices, builtins).run();
}

}  // namespace writ::support
