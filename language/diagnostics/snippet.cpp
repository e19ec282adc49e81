#include "language/diagnostics/snippet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "language/diagnostics/text_layout.hpp"

namespace writ::diagnostics {
namespace {

// Of a place that spans many lines, so many are shown at its beginning and at its end.
constexpr std::uint32_t shown_at_ends = 2;
// However narrow the terminal, a line shows so many columns.
constexpr std::size_t least_columns = 30;

// The columns of a line that are shown: all of it, or a window with `…` at the sides that are cut.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool cut_left = false;
  bool cut_right = false;

  // Where a column of the line stands in the window; what lies outside stands at its edge.
  std::size_t map(std::size_t column) const {
    const std::size_t lead = cut_left ? 1 : 0;
    return std::clamp(column, begin, end) - begin + lead;
  }
};

Window choose_window(std::size_t width, std::size_t first, std::size_t last, std::size_t room) {
  if (width <= room) return {0, std::max(width, last + 1), false, false};
  const std::size_t inside = room - 2;
  std::size_t begin = 0;
  if (last + 1 > inside) {
    const std::size_t wanted = last - first;
    // In the middle where it fits; else its beginning, with a little of what stands before.
    begin =
        wanted < inside ? first - std::min(first, (inside - wanted) / 2) : first - std::min<std::size_t>(first, 8);
  }
  begin = std::min(begin, width - std::min(width, inside));
  return {begin, std::min(begin + inside, width), begin > 0, begin + inside < width};
}

class Drawer {
 public:
  Drawer(const std::vector<Annotation>& annotations, const std::function<std::string_view(std::uint32_t)>& line,
         const SnippetStyle& style)
      : line_(line), style_(style) {
    for (const Annotation& annotation : annotations) {
      (annotation.first == annotation.last ? single_ : multi_).push_back(&annotation);
    }
    std::stable_sort(single_.begin(), single_.end(),
                     [](const Annotation* a, const Annotation* b) { return a->begin < b->begin; });
    std::stable_sort(multi_.begin(), multi_.end(),
                     [](const Annotation* a, const Annotation* b) { return a->last > b->last; });
    // Each place of several lines has a column of its own, left of the text, and then a blank follows.
    margin_ = multi_.empty() ? 0 : 2 * multi_.size();
  }

  std::string draw() {
    std::uint32_t before = 0;
    for (const std::uint32_t number : lines()) {
      if (before != 0 && number == before + 2) draw_line(before + 1);
      if (before != 0 && number > before + 2) draw_gap(before);
      draw_line(number);
      before = number;
    }
    return std::move(out_);
  }

 private:
  std::set<std::uint32_t> lines() const {
    std::set<std::uint32_t> numbers;
    for (const Annotation* annotation : single_) numbers.insert(annotation->first);
    for (const Annotation* annotation : multi_) {
      const std::uint32_t count = annotation->last - annotation->first + 1;
      for (std::uint32_t i = 0; i < std::min(count, shown_at_ends); ++i) {
        numbers.insert(annotation->first + i);
        numbers.insert(annotation->last - i);
      }
    }
    return numbers;
  }

  Paint paint(const Annotation& annotation) const {
    if (!annotation.primary) return Paint::secondary;
    return style_.warning ? Paint::warning : Paint::error;
  }
  static char mark(const Annotation& annotation) { return annotation.primary ? '^' : '-'; }

  std::size_t text_column() const { return style_.gutter + 3 + margin_; }
  std::size_t margin_column(std::size_t which) const { return style_.gutter + 3 + 2 * which; }

  Row begin_row(std::optional<std::uint32_t> number) const {
    Row row;
    if (number) row.put(0, fmt::format("{:>{}}", *number, style_.gutter), Paint::frame);
    row.put(style_.gutter + 1, "|", Paint::frame);
    return row;
  }

  // The bars of the places of several lines that go on through a row; `below` for rows under the line.
  void put_bars(Row& row, std::uint32_t number, bool below) const {
    for (std::size_t i = 0; i < multi_.size(); ++i) {
      const Annotation& annotation = *multi_[i];
      const bool begun = annotation.first < number || (below && started_.contains(&annotation));
      const bool ended = annotation.last < number || ended_.contains(&annotation);
      if (begun && !ended) row.put(margin_column(i), "|", paint(annotation));
    }
  }

  void draw_gap(std::uint32_t before) {
    Row row;
    row.put(0, "...", Paint::frame);
    put_bars(row, before + 1, true);
    out_ += row.str(style_.color);
  }

  void draw_line(std::uint32_t number) {
    const DisplayLine line(line_(number));
    std::vector<const Annotation*> here;
    for (const Annotation* annotation : single_) {
      if (annotation->first == number) here.push_back(annotation);
    }
    // What is underlined in this line, to keep it in sight.
    std::optional<std::pair<std::size_t, std::size_t>> focus;
    const auto look_at = [&focus](std::size_t begin, std::size_t end) {
      focus =
          focus ? std::pair(std::min(focus->first, begin), std::max(focus->second, end)) : std::pair(begin, end);
    };
    for (const Annotation* annotation : here) look_at(line.column(annotation->begin), line.column(annotation->end));
    for (const Annotation* annotation : multi_) {
      if (annotation->first == number) look_at(line.column(annotation->begin), line.column(annotation->begin) + 1);
      if (annotation->last == number) look_at(line.column(annotation->end), line.column(annotation->end) + 1);
    }
    const std::size_t taken = text_column() + 1;
    const std::size_t room = std::max(least_columns, style_.width > taken ? style_.width - taken : std::size_t{0});
    window_ = choose_window(line.width(), focus ? focus->first : 0, focus ? focus->second : 0, room);

    Row row = begin_row(number);
    put_bars(row, number, false);
    std::string shown = line.slice(window_.begin, window_.end);
    if (window_.cut_left) shown.insert(0, "…");
    if (window_.cut_right) shown += "…";
    row.put(text_column(), shown, Paint::plain);
    out_ += row.str(style_.color);
    if (!here.empty()) draw_underlines(here, line, number);
    for (std::size_t i = 0; i < multi_.size(); ++i) {
      const Annotation& annotation = *multi_[i];
      if (annotation.first == number) draw_end(i, line.column(annotation.begin), number, true);
    }
    for (std::size_t i = multi_.size(); i > 0; --i) {
      const Annotation& annotation = *multi_[i - 1];
      if (annotation.last == number) {
        const std::size_t end = line.column(annotation.end);
        draw_end(i - 1, end == 0 ? 0 : end - 1, number, false);
      }
    }
  }

  // The first or the last row of a place of several lines: `_____^ label`.
  void draw_end(std::size_t which, std::size_t column, std::uint32_t number, bool first) {
    const Annotation& annotation = *multi_[which];
    Row row = begin_row(std::nullopt);
    const std::size_t at = text_column() + window_.map(column);
    row.fill(margin_column(which) + 1, at, '_', paint(annotation));
    put_bars(row, number, true);
    if (first) row.put(margin_column(which), " ", Paint::plain);
    row.fill(at, at + 1, mark(annotation), paint(annotation));
    if (first) {
      started_.insert(&annotation);
    } else {
      if (!annotation.text.empty()) row.put(at + 2, annotation.text, paint(annotation));
      ended_.insert(&annotation);
    }
    out_ += row.str(style_.color);
  }

  // One row of underlines; the label of the last stands beside it, those of the others hang below, the rightmost
  // first.
  void draw_underlines(const std::vector<const Annotation*>& here, const DisplayLine& line, std::uint32_t number) {
    Row row = begin_row(std::nullopt);
    put_bars(row, number, true);
    std::size_t furthest = 0;
    const auto extent = [&](const Annotation& annotation) {
      const std::size_t begin = window_.map(line.column(annotation.begin));
      const std::size_t end = window_.map(line.column(annotation.end));
      return std::pair(text_column() + begin, text_column() + std::max(end, begin + 1));
    };
    // Secondary ones first: where two meet, the primary one is seen.
    for (const bool primary : {false, true}) {
      for (const Annotation* annotation : here) {
        const auto [begin, end] = extent(*annotation);
        furthest = std::max(furthest, end);
        if (annotation->primary == primary) row.fill(begin, end, mark(*annotation), paint(*annotation));
      }
    }
    std::vector<const Annotation*> hanging;
    for (const Annotation* annotation : here) {
      if (!annotation->text.empty()) hanging.push_back(annotation);
    }
    if (!hanging.empty()) {
      const Annotation& last = *hanging.back();
      const std::size_t begin = extent(last).first;
      const bool alone = hanging.size() == 1 || extent(*hanging[hanging.size() - 2]).first < begin;
      if (extent(last).second == furthest && alone) {
        row.put(furthest + 1, last.text, paint(last));
        hanging.pop_back();
      }
    }
    out_ += row.str(style_.color);
    if (hanging.empty()) return;
    const auto begin_hanging = [&](std::size_t count) {
      Row next = begin_row(std::nullopt);
      put_bars(next, number, true);
      for (std::size_t i = 0; i < count; ++i) next.put(extent(*hanging[i]).first, "|", paint(*hanging[i]));
      return next;
    };
    out_ += begin_hanging(hanging.size()).str(style_.color);
    for (std::size_t i = hanging.size(); i > 0; --i) {
      const Annotation& annotation = *hanging[i - 1];
      Row next = begin_hanging(i - 1);
      next.put(extent(annotation).first, annotation.text, paint(annotation));
      out_ += next.str(style_.color);
    }
  }

  const std::function<std::string_view(std::uint32_t)>& line_;
  SnippetStyle style_;
  std::vector<const Annotation*> single_;
  std::vector<const Annotation*> multi_;
  std::set<const Annotation*> started_;
  std::set<const Annotation*> ended_;
  std::size_t margin_ = 0;
  Window window_;
  std::string out_;
};

}  // namespace

std::string draw_snippet(const std::vector<Annotation>& annotations,
                         const std::function<std::string_view(std::uint32_t)>& line, const SnippetStyle& style) {
  return Drawer(annotations, line, style).draw();
}

std::string draw_empty_gutter(const SnippetStyle& style) {
  Row row;
  row.put(style.gutter + 1, "|", Paint::frame);
  return row.str(style.color);
}

}  // namespace writ::diagnostics
