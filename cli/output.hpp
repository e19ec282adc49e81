// Where results go: standard output, or a file that is whole or not there at all.
#pragma once

#include <string>
#include <string_view>

#include "cli/session.hpp"

namespace writ::cli {

// Writes `text` to the file at `path`, or to standard output where `path` is empty or `-`. A file is written beside
// its place and renamed, so that nobody reads half of it; what is no plain file (a pipe, a device) is written to
// directly. False, with a diagnostic, where that fails.
bool write_result(Session& session, const std::string& path, std::string_view text);

}  // namespace writ::cli
