#include "cli/line_editor.hpp"

#include <fcntl.h>
#include <histedit.h>
#include <langinfo.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace writ::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_remembered = 1000;

// Characters are those of the terminal while a line is edited; everything else of Writ knows no locale.
class TerminalLocale {
 public:
  TerminalLocale() {
    const bool unicode = std::setlocale(LC_CTYPE, "") != nullptr && std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!unicode) std::setlocale(LC_CTYPE, "C.UTF-8");
  }
  ~TerminalLocale() { std::setlocale(LC_CTYPE, "C"); }
  TerminalLocale(const TerminalLocale&) = delete;
  TerminalLocale& operator=(const TerminalLocale&) = delete;
};

std::deque<std::string> lines_of(const std::string& path, bool& too_many) {
  std::deque<std::string> out;
  std::ifstream file(path, std::ios::binary);
  std::size_t count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    if (line.empty()) continue;
    out.push_back(std::move(line));
    if (out.size() > most_remembered) out.pop_front();
  }
  too_many = count > 2 * most_remembered;
  return out;
}

std::string common_start(const std::vector<std::string>& words) {
  std::string out = words.front();
  for (const std::string& word : words) {
    const auto [end, other] = std::mismatch(out.begin(), out.end(), word.begin(), word.end());
    out.erase(end, out.end());
  }
  return out;
}

// The candidates in columns.
void list(std::FILE* out, const std::vector<std::string>& candidates) {
  constexpr std::size_t width = 80;
  constexpr std::size_t most = 120;
  std::size_t widest = 0;
  for (const std::string& one : candidates) widest = std::max(widest, one.size());
  const std::size_t columns = std::max<std::size_t>(1, width / (widest + 2));
  std::fputc('\n', out);
  for (std::size_t i = 0; i < candidates.size() && i < most; ++i) {
    const bool last = (i + 1) % columns == 0 || i + 1 == std::min(candidates.size(), most);
    const std::string padding(last ? 0 : widest + 2 - candidates[i].size(), ' ');
    std::fprintf(out, "%s%s%s", candidates[i].c_str(), padding.c_str(), last ? "\n" : "");
  }
  if (candidates.size() > most) std::fprintf(out, "and %zu more\n", candidates.size() - most);
}

}  // namespace

struct LineEditor::Terminal {
  explicit Terminal(Complete how) : complete(std::move(how)) {}
  ~Terminal() {
    if (editor != nullptr) el_end(editor);
    if (history != nullptr) history_end(history);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  static Terminal& of(EditLine* editor) {
    void* self = nullptr;
    el_get(editor, EL_CLIENTDATA, &self);
    return *static_cast<Terminal*>(self);
  }
  static char* show_prompt(EditLine* editor) { return of(editor).prompt.data(); }

  static unsigned char on_interrupt(EditLine* editor, int) {
    of(editor).interrupted = true;
    return CC_EOF;
  }

  static unsigned char on_tab(EditLine* editor, int) {
    const LineInfo* line = el_line(editor);
    const std::string before(line->buffer, line->cursor);
    const Completion found = of(editor).complete(before);
    if (found.candidates.empty() || found.from > before.size()) return CC_ERROR;
    const std::string start = common_start(found.candidates);
    const std::size_t typed = before.size() - found.from;
    if (start.size() > typed) {
      el_insertstr(editor, start.c_str() + typed);
      return CC_REFRESH;
    }
    if (found.candidates.size() == 1) return CC_ERROR;
    list(stdout, found.candidates);
    std::fflush(stdout);
    return CC_REDISPLAY;
  }

  void enter(const std::string& entry) const {
    HistEvent event{};
    ::history(history, &event, H_ENTER, entry.c_str());
  }

  Complete complete;
  EditLine* editor = nullptr;
  History* history = nullptr;
  std::string prompt;
  bool interrupted = false;
};

LineEditor::LineEditor(std::string history, Complete complete) : history_(std::move(history)) {
  if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) return;
  const TerminalLocale locale;
  terminal_ = std::make_unique<Terminal>(std::move(complete));
  Terminal& terminal = *terminal_;
  terminal.editor = el_init("writ", stdin, stdout, stderr);
  terminal.history = history_init();
  if (terminal.editor == nullptr || terminal.history == nullptr) {
    terminal_.reset();
    return;
  }
  HistEvent event{};
  ::history(terminal.history, &event, H_SETSIZE, static_cast<int>(most_remembered));
  ::history(terminal.history, &event, H_SETUNIQUE, 1);
  el_set(terminal.editor, EL_CLIENTDATA, terminal_.get());
  el_set(terminal.editor, EL_PROMPT, &Terminal::show_prompt);
  el_set(terminal.editor, EL_EDITOR, "emacs");
  el_set(terminal.editor, EL_HIST, ::history, terminal.history);
  el_set(terminal.editor, EL_ADDFN, "writ-complete", "complete the word", &Terminal::on_tab);
  el_set(terminal.editor, EL_BIND, "^I", "writ-complete", nullptr);
  el_set(terminal.editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_source(terminal.editor, nullptr);
  // Ctrl-C gives the line up, not the session.
  el_set(terminal.editor, EL_SETTY, "-d", "-isig", nullptr);
  el_set(terminal.editor, EL_ADDFN, "writ-interrupt", "give the line up", &Terminal::on_interrupt);
  el_set(terminal.editor, EL_BIND, "^C", "writ-interrupt", nullptr);
  if (history_.empty()) return;
  bool too_many = false;
  const std::deque<std::string> lines = lines_of(history_, too_many);
  for (const std::string& line : lines) terminal.enter(line);
  if (!too_many) return;
  std::ofstream file(history_, std::ios::binary | std::ios::trunc);
  for (const std::string& line : lines) file << line << '\n';
}

LineEditor::~LineEditor() = default;

LineEditor::Read LineEditor::read(const std::string& prompt, std::string& line) {
  if (terminal_ == nullptr) {
    if (!std::getline(std::cin, line)) return Read::end;
    if (line.ends_with('\r')) line.pop_back();
    return Read::line;
  }
  const TerminalLocale locale;
  terminal_->prompt = prompt;
  terminal_->interrupted = false;
  // By itself the editor takes the terminal over once the prompt is there, so that a control character that comes at
  // once would be the terminal's.
  el_set(terminal_->editor, EL_PREP_TERM, 1);
  int length = 0;
  const char* const got = el_gets(terminal_->editor, &length);
  if (terminal_->interrupted || got == nullptr || length <= 0) {
    std::fputc('\n', stdout);
    std::fflush(stdout);
    return terminal_->interrupted ? Read::interrupted : Read::end;
  }
  line.assign(got, static_cast<std::size_t>(length));
  while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
  return Read::line;
}

void LineEditor::remember(const std::string& entry) {
  if (terminal_ == nullptr || entry.find_first_not_of(" \t") == std::string::npos) return;
  const TerminalLocale locale;
  terminal_->enter(entry);
  if (history_.empty()) return;
  std::error_code error;
  fs::create_directories(fs::path(history_).parent_path(), error);
  // What is typed may name people: nobody else reads it.
  const int file = ::open(history_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return;
  const std::string whole = entry + '\n';
  if (::write(file, whole.data(), whole.size()) < 0) history_.clear();
  ::close(file);
}

std::string history_path() {
  const auto environment = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  // A path that is not absolute is to be ignored.
  if (const std::string state = environment("XDG_STATE_HOME"); state.starts_with('/'))
    return state + "/writ/history";
  if (const std::string home = environment("HOME"); home.starts_with('/'))
    return home + "/.local/state/writ/history";
  return {};
}

}  // namespace writ::cli
