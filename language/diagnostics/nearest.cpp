#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::diagnostics {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) that lead from `a` to `b`;
// `limit` + 1 where there are more than `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > limit) return limit + 1;
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  // A name that nobody would write is not compared with others at length.
  constexpr std::size_t longest = 200;
  if (name.empty() || name.size() > longest) return {};
  const std::string wanted = lower(name);
  const std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::string_view best;
  std::size_t least = limit + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate == name || candidate.size() > longest) continue;
    const std::size_t steps = distance(wanted, lower(candidate), limit);
    // Two names of one letter have nothing in common when that letter differs.
    if (steps >= std::max(name.size(), candidate.size())) continue;
    if (steps < least) {
      least = steps;
      best = candidate;
    }
  }
  return best;
}

}  // namespace writ::diagnostics
