// Doing something again whenever rules change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/session.hpp"

namespace writ::cli {

// Calls `run` at once, and again after each change to the rule files of `paths`: one that is written, added or
// taken away. Looks a few times a second at their sizes and times; a change counts once it has come to rest. Never
// returns: it ends with the process (Ctrl-C).
[[noreturn]] void watch(const Session& session, const std::vector<std::string>& paths,
                        const std::function<void()>& run);

}  // namespace writ::cli
