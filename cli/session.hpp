// What the sub-commands share: where diagnostics go and how they look, what the terminal can show, how a run ends.
// The only place of Writ that writes to standard error.
#pragma once

#include <memory>
#include <string>

#include "engine/report/page.hpp"
#include "language/diagnostics/diagnostic.hpp"
#include "language/source/source_set.hpp"

namespace writ::cli {

enum class ExitStatus : int {
  well = 0,
  failed = 1,        // a control at or above --fail-on failed
  wrong = 2,         // the rules or the command line are wrong
  inconclusive = 3,  // the evidence could not be read, or was not enough to decide
};

enum class ColorChoice : std::uint8_t { automatic, always, never };
enum class DiagnosticFormat : std::uint8_t { text, json };

class Session {
 public:
  // Colours and widths by the choice, the environment (NO_COLOR, COLUMNS, TERM, the locale) and the terminals.
  Session(ColorChoice color, DiagnosticFormat format);

  // What passes complain to, until tell().
  diagnostics::Sink& sink() { return sink_; }
  // Adds what another sink holds, in its order.
  void take(const diagnostics::Sink& sink);
  // The texts that diagnostics from now on point into.
  void use(std::shared_ptr<const source::SourceSet> sources) { sources_ = std::move(sources); }
  // Writes what the sink holds to standard error, and empties it.
  void tell();
  // One line to standard error, unless diagnostics are asked for as JSON.
  void remark(const std::string& line) const;

  // How results look on standard output.
  const report::TextStyle& output() const { return output_; }
  // How they look in a file: coloured only where --color always asks for it.
  report::TextStyle file_output() const;

 private:
  ColorChoice color_;
  DiagnosticFormat format_;
  report::TextStyle output_;
  report::TextStyle errors_;
  diagnostics::Sink sink_;
  std::shared_ptr<const source::SourceSet> sources_;
};

}  // namespace writ::cli
