#include "language/packs.hpp"

namespace writ::language {

void enter_pack(Program& program, std::size_t pack) {
  const PackDef& def = program.packs[pack];
  for (ControlDef& control : program.controls) control.selected = false;
  for (const ControlId control : def.controls) program.controls[index(control)].selected = true;
  for (CheckDef& check : program.checks) check.excluded.reset();
  for (const auto& [check, exclusion] : def.excluded) program.checks[index(check)].excluded = exclusion;
  program.settings = def.settings;
  program.entered = static_cast<PackId>(pack);
}

void enter_all_packs(Program& program) {
  if (program.packs.empty()) return;
  for (ControlDef& control : program.controls) control.selected = false;
  for (CheckDef& check : program.checks) check.excluded.reset();
  std::vector<std::uint32_t> having(program.checks.size(), 0), excluding(program.checks.size(), 0);
  for (const PackDef& pack : program.packs) {
    for (const ControlId control : pack.controls) {
      program.controls[index(control)].selected = true;
      for (const CheckId check : program.controls[index(control)].checks) ++having[index(check)];
    }
    for (const auto& [check, exclusion] : pack.excluded) {
      ++excluding[index(check)];
      program.checks[index(check)].excluded = exclusion;
    }
  }
  for (std::size_t i = 0; i < program.checks.size(); ++i) {
    if (having[i] != excluding[i]) program.checks[i].excluded.reset();
  }
  program.settings.clear();
  program.entered.reset();
}

}  // namespace writ::language
