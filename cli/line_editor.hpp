// Lines from a person or from a pipe. On a terminal they can be edited, are completed with the tab key and
// remembered from one session to the next; elsewhere they are read as they come, without a prompt.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace writ::cli {

// What may stand at the end of a text, instead of its bytes from `from` on.
struct Completion {
  std::size_t from = 0;
  std::vector<std::string> candidates;  // sorted
};

class LineEditor {
 public:
  using Complete = std::function<Completion(const std::string& before_cursor)>;
  enum class Read : std::uint8_t { line, interrupted, end };

  // `history`: the file of remembered lines; empty where there is to be none.
  LineEditor(std::string history, Complete complete);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  bool is_terminal() const { return terminal_ != nullptr; }
  // The next line, without its end.
  Read read(const std::string& prompt, std::string& line);
  // For the arrow keys, now and in later sessions.
  void remember(const std::string& entry);

 private:
  struct Terminal;
  std::unique_ptr<Terminal> terminal_;  // none where standard input is no terminal
  std::string history_;
};

// $XDG_STATE_HOME/writ/history, else below ~/.local/state; empty where neither is known.
std::string history_path();

}  // namespace writ::cli
