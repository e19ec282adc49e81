// Which pack a program is evaluated for. Several packs may stand over one library; a run enters one after another.
#pragma once

#include "language/program.hpp"

namespace writ::language {

// Selects the pack's controls, and puts its values and what it leaves out into the program's tables.
void enter_pack(Program& program, std::size_t pack);
// Selects what any pack selects, and leaves out what every pack that has it leaves out: what has to be read for all
// of them. Values are those of no pack. Without packs there is nothing to do.
void enter_all_packs(Program& program);

}  // namespace writ::language
