// The bytes decide a program and its evidence (tests/support/generate_*); the engine and the oracle must agree on
// them.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/support/oracle_case.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace writ::support;
  Choices choices(std::span<const std::uint8_t>(data, size));
  const OracleCase generated = generate_case(choices);
  const CaseReport report = run_case(generated);
  if (report.outcome != CaseOutcome::rejected && report.outcome != CaseOutcome::differs) return 0;
  const std::string text = report.text + "\n" + generated.text();
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::abort();
}
