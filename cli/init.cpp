// `writ init`: a pack to begin with.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/starter.hpp"

namespace writ::cli {

namespace fs = std::filesystem;
using diagnostics::Code;

namespace {

// The folder's own name as people write it, and as rules do.
std::string title_of(const fs::path& folder) {
  std::error_code error;
  fs::path whole = fs::absolute(folder, error).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.filename().string();
}

std::string name_of(std::string_view title) {
  std::string out;
  for (const char c : title) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (plain) out += lower;
    if (!plain && !out.empty() && out.back() != '_') out += '_';
  }
  while (out.ends_with('_')) out.pop_back();
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out = out.empty() ? "ours" : "pack_" + out;
  return out;
}

// What may stand in a rule's text and comment: no quote, brace or backslash.
std::string plain(std::string_view title) {
  std::string out;
  for (const char c : title) {
    const bool special = c == '"' || c == '{' || c == '}' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    out += special ? '-' : c;
  }
  if (out.empty() || out == "/") return "Ours";
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

class InitCommand : public Command {
 public:
  const char* name() const override { return "init"; }
  const char* about() const override { return "Begin a new pack: controls, sample evidence, CI"; }
  const char* usage() const override { return "writ init [DIR] [--name NAME]"; }
  const char* examples() const override {
    return R"(Examples:
  writ init acme
      a folder `acme` with a pack, a first control, evidence with one finding, and CI files
  writ init . --name "Acme Ltd"
      the same in this folder, for an organisation of that name

Nothing that is there already is written over.)";
  }

  void configure(CLI::App& app) override {
    app.add_option("DIR", folder_, "The folder; made where it is not there; this one where none is named")
        ->option_text("DIR");
    app.add_option("--name", organisation_, "The organisation's name; the folder's where it is left out")
        ->option_text("NAME");
  }

  ExitStatus run(Session& session) override {
    const fs::path folder = folder_.empty() ? "." : folder_;
    const std::string title = organisation_.empty() ? title_of(folder) : organisation_;
    const std::vector<StarterFile> files = starter_files(name_of(title), plain(title));
    if (!possible(session, folder, files)) return ExitStatus::wrong;
    for (const StarterFile& file : files) {
      const fs::path path = folder / file.path;
      std::error_code error;
      fs::create_directories(path.parent_path(), error);
      if (error) {
        session.sink().add(Code::invalid_argument, fmt::format("cannot make the folder `{}`: {}",
                                                               path.parent_path().string(), error.message()));
        return ExitStatus::wrong;
      }
      if (!write_result(session, path.string(), file.text)) return ExitStatus::wrong;
    }
    return write_result(session, "", summary(session, folder, files)) ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  static bool possible(Session& session, const fs::path& folder, const std::vector<StarterFile>& files) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status)) {
      session.sink().add(Code::invalid_argument, fmt::format("`{}` is no folder", folder.string()));
      return false;
    }
    std::string there;
    for (const StarterFile& file : files) {
      if (!fs::exists(fs::symlink_status(folder / file.path, error))) continue;
      there += fmt::format("{}`{}`", there.empty() ? "" : ", ", (folder / file.path).lexically_normal().string());
    }
    if (there.empty()) return true;
    session.sink()
        .add(Code::invalid_argument, fmt::format("{} would be written over", there))
        .help("name another folder: `writ init DIR`");
    return false;
  }

  static std::string summary(const Session& session, const fs::path& folder,
                             const std::vector<StarterFile>& files) {
    report::Page page(session.output());
    std::uint32_t width = 0;
    for (const StarterFile& file : files) width = std::max(width, report::display_width(file.path));
    const std::string shown = folder.lexically_normal().string();
    page.paragraph(0, 0, {{"Written to " + shown, report::Ink::bold}});
    for (const StarterFile& file : files) {
      page.paragraph(
          2, width + 4,
          {{report::padded(file.path, width) + "  ", report::Ink::plain, true}, {file.about, report::Ink::dim}});
    }
    page.gap();
    page.paragraph(0, 0, {{"Next", report::Ink::bold}});
    const std::string in_it = shown == "." ? "" : "cd " + shown + " && ";
    page.paragraph(
        2, 4,
        {{fmt::format("{}writ eval . --facts evidence --now {}", in_it, starter_now), report::Ink::plain, true}});
    return page.take();
  }

  std::string folder_;
  std::string organisation_;
};

}  // namespace

std::unique_ptr<Command> init_command() { return std::make_unique<InitCommand>(); }

}  // namespace writ::cli
