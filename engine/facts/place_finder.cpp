#include "engine/facts/place_finder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/facts/json_text.hpp"

namespace writ::facts {

using language::PathStep;

namespace {

constexpr std::size_t window_bytes = 32 * 1024;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

void append_raw_name(std::string& pointer, std::string_view raw_name) {
  std::string name(raw_name);
  JsonFault fault;
  if (check_escapes(raw_name.data(), raw_name.data() + raw_name.size(), fault, raw_name.data())) {
    decode_string(raw_name, name);
  }
  append_pointer(pointer, name);
}

// The token of the value that a path leads to from an object that has been walked.
std::uint32_t follow(const JsonView& view, const language::Path& path, std::size_t step) {
  std::uint32_t token = 0;
  std::string name;
  for (; step < path.size(); ++step) {
    const char first = view.at(token);
    std::uint32_t item = token + 1;
    if (path[step].kind == PathStep::Kind::member) {
      if (first != '{') return JsonWalker::no_token;
      bool found = false;
      while (view.at(item) == '"' && !found) {
        decode_string(view.raw_string(item), name);
        found = name == path[step].member;
        if (found) break;
        item = view.behind(item + 2);
        if (view.at(item) == ',') ++item;
      }
      if (!found) return JsonWalker::no_token;
      token = item + 2;
    } else if (path[step].kind == PathStep::Kind::index) {
      if (first != '[') return JsonWalker::no_token;
      for (std::uint32_t i = 0; i < path[step].index && view.at(item) != ']'; ++i) {
        item = view.behind(item);
        if (view.at(item) == ',') ++item;
      }
      if (view.at(item) == ']') return JsonWalker::no_token;
      token = item;
    } else {
      break;  // the array itself stands for its elements
    }
  }
  return token;
}

}  // namespace

PlaceFinder::PlaceFinder(const FactFile& file)
    : file_(file), source_(file.in_memory ? ByteSource::memory(file.contents) : ByteSource(file.path)) {
  start_from({});
}

// Bytes of the file, as many as there are; they last until the next call.
std::string_view PlaceFinder::bytes(std::uint64_t from, std::uint64_t to) {
  if (from < window_from_ || to > window_from_ + window_size_) {
    window_.resize(std::max(window_bytes, static_cast<std::size_t>(to - from)));
    const std::int64_t got = source_.read(from, window_.data(), window_.size());
    window_from_ = from;
    window_size_ = got < 0 ? 0 : static_cast<std::size_t>(got);
  }
  const std::string_view window(window_.data(), window_size_);
  return window.substr(std::min(static_cast<std::size_t>(from - window_from_), window.size()),
                       static_cast<std::size_t>(to - from));
}

void PlaceFinder::start_from(const Checkpoint& point) {
  position_ = {};
  position_.offset = point.offset;
  position_.line = point.line;
  position_.column = point.column;
  if (point.array < file_.arrays.size()) {
    position_.array = point.array;
    position_.frames.push_back({true, true, point.offset, point.element, 0, 0});
  }
}

// Counts up to the offset, from the last place or from the last checkpoint, whichever is nearer.
void PlaceFinder::go_to(std::uint64_t offset) {
  const auto after = std::upper_bound(file_.checkpoints.begin(), file_.checkpoints.end(), offset,
                                      [](std::uint64_t at, const Checkpoint& point) { return at < point.offset; });
  const Checkpoint start = after == file_.checkpoints.begin() ? Checkpoint{} : *(after - 1);
  if (position_.offset > offset || position_.offset < start.offset) start_from(start);
  while (position_.offset < offset) {
    const std::string_view text =
        bytes(position_.offset, std::min<std::uint64_t>(offset, position_.offset + window_bytes));
    if (text.empty()) return;
    pass_over(text);
    if (position_.left_array) start_from({});
  }
}

void PlaceFinder::pass_over(std::string_view text) {
  if (file_.ndjson) {
    // Of a line that has ended, nothing but its end counts.
    const std::size_t line_end = text.rfind('\n');
    if (line_end != std::string_view::npos) {
      position_.line += static_cast<std::uint32_t>(
          std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(line_end) + 1, '\n'));
      position_.column = 1;
      position_.in_string = position_.escaped = false;
      position_.frames.clear();
      position_.offset += line_end + 1;
      text.remove_prefix(line_end + 1);
    }
  }
  const std::uint64_t from = position_.offset;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++position_.line;
      position_.column = 1;
      position_.escaped = false;
      continue;
    }
    if (!continues(c)) ++position_.column;
    if (position_.in_string) {
      pass_in_string(c, from + i);
    } else {
      pass_outside(c, from + i);
    }
  }
  position_.offset = from + text.size();
}

void PlaceFinder::pass_in_string(char c, std::uint64_t at) {
  if (position_.escaped) {
    position_.escaped = false;
  } else if (c == '\\') {
    position_.escaped = true;
  } else if (c == '"') {
    position_.in_string = false;
    if (position_.frames.empty()) return;
    Frame& frame = position_.frames.back();
    if (frame.array || frame.in_value) return;
    frame.name_begin = position_.opened + 1;
    frame.name_end = at;
  }
}

void PlaceFinder::pass_outside(char c, std::uint64_t at) {
  std::vector<Frame>& frames = position_.frames;
  switch (c) {
    case '"':
      position_.in_string = true;
      position_.opened = at;
      break;
    case '{':
    case '[':
      frames.push_back({c == '[', c == '[', at, 0, 0, 0});
      break;
    case '}':
    case ']':
      position_.left_array |= frames.size() == 1 && position_.array != no_array;
      if (!frames.empty()) frames.pop_back();
      break;
    case ':':
      if (!frames.empty()) frames.back().in_value = true;
      break;
    case ',':
      if (frames.empty()) break;
      if (frames.back().array) {
        ++frames.back().element;
      } else {
        frames.back().in_value = false;
      }
      break;
    default:
      break;
  }
}

TextPlace PlaceFinder::here() {
  TextPlace place{file_.path, position_.line, position_.column, {}};
  if (position_.array != no_array) place.pointer = file_.arrays[position_.array];
  for (const Frame& frame : position_.frames) {
    if (frame.array) {
      place.pointer += fmt::format("/{}", frame.element);
    } else if (frame.in_value) {
      append_raw_name(place.pointer, bytes(frame.name_begin, frame.name_end));
    }
  }
  append_name_ahead(place.pointer);
  return place;
}

// The place of a member's name is its own.
void PlaceFinder::append_name_ahead(std::string& pointer) {
  if (position_.frames.empty() || position_.in_string) return;
  if (position_.frames.back().array || position_.frames.back().in_value) return;
  constexpr std::uint64_t longest_name = 4096;
  const std::string_view ahead = bytes(position_.offset, position_.offset + longest_name);
  if (ahead.empty() || ahead.front() != '"') return;
  std::size_t end = 1;
  while (end < ahead.size() && ahead[end] != '"') end += ahead[end] == '\\' ? 2U : 1U;
  if (end < ahead.size()) append_raw_name(pointer, ahead.substr(1, end - 1));
}

TextPlace PlaceFinder::at(std::uint64_t offset) {
  if (!source_.failed.empty()) return {file_.path, 0, 0, {}};
  go_to(std::min(offset, source_.size()));
  return here();
}

// Copies a value from its first byte to its last, and walks it; false where it is no JSON any more.
bool PlaceFinder::load_value(std::uint64_t offset) {
  if (has_value_ && value_from_ == offset) return true;
  has_value_ = false;
  value_.clear();
  std::uint32_t depth = 0;
  bool in_string = false;
  bool escaped = false;
  for (bool whole = false; !whole;) {
    const std::uint64_t from = offset + value_.size();
    const std::string_view text = bytes(from, from + window_bytes / 2);
    if (text.empty() || value_.size() >= JsonIndex::max_bytes / 2) return false;
    std::size_t i = 0;
    for (; i < text.size() && !whole; ++i) {
      const char c = text[i];
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = in_string;
      } else if (c == '"') {
        in_string = !in_string;
      } else if (in_string) {
        continue;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && depth > 0) {
        whole = --depth == 0;
      }
    }
    value_.insert(value_.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i));
  }
  const std::size_t length = value_.size();
  value_.resize(length + JsonView::slack + 1);
  JsonView view;
  if (index_.build(value_.data(), length, view) != IndexResult::ok || view.count == 0) return false;
  walker_.bind(view);
  if (walker_.value(0, 0) == JsonWalker::failed) return false;
  value_from_ = offset;
  has_value_ = true;
  return true;
}

TextPlace PlaceFinder::value(std::uint64_t record, const language::Path& path) {
  if (!source_.failed.empty()) return {file_.path, 0, 0, {}};
  record = std::min(record, source_.size());
  if (has_record_ && record_.offset == record) {
    position_ = record_;
  } else {
    go_to(record);
    record_ = position_;
    has_record_ = true;
  }
  std::size_t step = 0;
  std::uint64_t start = record;
  // Objects around the record, the innermost last.
  std::vector<std::uint64_t> objects;
  for (const Frame& frame : record_.frames) {
    if (!frame.array) objects.push_back(frame.start);
  }
  for (; step < path.size() && path[step].kind == PathStep::Kind::parent; ++step) {
    if (objects.empty()) return here();
    start = objects.back();
    objects.pop_back();
  }
  if (!load_value(start)) return here();
  const std::uint32_t token = follow(walker_.view(), path, step);
  return token == JsonWalker::no_token ? here() : at(start + walker_.view().index[token]);
}

std::string PlaceFinder::line_text(std::uint64_t offset) {
  constexpr std::uint64_t longest = 160;
  offset = std::min(offset, source_.size());
  const std::uint64_t from = offset > longest ? offset - longest : 0;
  const std::string_view text = bytes(from, offset + longest);
  const auto at = static_cast<std::size_t>(offset - from);
  const std::size_t line_end = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  if (line_end == std::string::npos && from > 0) return {};
  const std::size_t begin = line_end == std::string::npos ? 0 : line_end + 1;
  std::size_t end = text.find('\n', at);
  if (end == std::string::npos) {
    if (from + text.size() < source_.size()) return {};
    end = text.size();
  }
  std::string line(text.substr(begin, end - begin));
  if (line.size() > longest) return {};
  // What is not text is not shown as such.
  if (!is_utf8(line)) return {};
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

namespace {

// The place of the value that a path leads to, or of the last of those around it that are given.
TextPlace given_place(const GivenPlaces& given, const language::Path& path) {
  const TextPlace* best = &given.record;
  std::size_t longest = 0;
  for (const auto& [known, place] : given.values) {
    if (known.size() < longest || known.size() > path.size()) continue;
    if (!std::equal(known.begin(), known.end(), path.begin())) continue;
    best = &place;
    longest = known.size();
  }
  return *best;
}

}  // namespace

TextPlace FactStore::locate(EntityId id, std::uint32_t row) const {
  if (row < entity(id).given.size()) return entity(id).given[row].record;
  const Place where = place(id, row);
  if (where.file >= files.size()) return {};
  return PlaceFinder(files[where.file]).at(where.offset);
}

TextPlace FactStore::locate(EntityId id, std::uint32_t row, const language::Path& path) const {
  // The members of its source have names of their own.
  if (row >= entity(id).derived_from) return locate(id, row);
  if (row < entity(id).given.size()) return given_place(entity(id).given[row], path);
  const Place where = place(id, row);
  if (where.file >= files.size()) return {};
  return PlaceFinder(files[where.file]).value(where.offset, path);
}

}  // namespace writ::facts
