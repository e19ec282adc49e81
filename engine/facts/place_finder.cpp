#include "engine/facts/place_finder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/facts/json_index.hpp"
#include "engine/facts/json_text.hpp"
#include "engine/facts/json_walker.hpp"

namespace writ::facts {

using language::PathStep;

namespace {

constexpr std::uint64_t longest_read = std::uint64_t{1} << 30;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

void append_pointer(std::string& pointer, std::string_view raw_name) {
  std::string name(raw_name);
  JsonFault fault;
  if (check_escapes(raw_name.data(), raw_name.data() + raw_name.size(), fault, raw_name.data())) {
    decode_string(raw_name, name);
  }
  pointer += '/';
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
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
    : file_(file), source_(file.in_memory ? ByteSource::memory(file.contents) : ByteSource(file.path)) {}

std::string PlaceFinder::read(std::uint64_t from, std::uint64_t to) const {
  std::string text(static_cast<std::size_t>(std::min(to - from, longest_read)), '\0');
  const std::int64_t got = source_.read(from, text.data(), text.size());
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return text;
}

// Reads from the last checkpoint to the offset, counting.
void PlaceFinder::scan(std::uint64_t offset) {
  Checkpoint start;
  const auto after = std::upper_bound(file_.checkpoints.begin(), file_.checkpoints.end(), offset,
                                      [](std::uint64_t at, const Checkpoint& point) { return at < point.offset; });
  if (after != file_.checkpoints.begin()) start = *(after - 1);
  frames_.clear();
  place_ = {file_.path, start.line, start.column, {}};
  std::string prefix;
  const bool in_array = start.array < file_.arrays.size();
  if (in_array) {
    prefix = file_.arrays[start.array];
    frames_.push_back({true, true, start.offset, start.element, {}});
  }
  const std::string text = read(start.offset, offset);
  bool in_string = false;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++place_.line;
      place_.column = 1;
      if (file_.ndjson) {
        frames_.clear();
        in_string = false;
      }
      continue;
    }
    if (!continues(c)) ++place_.column;
    if (in_string) {
      if (c == '\\') {
        ++i;
        if (i < text.size() && !continues(text[i]) && text[i] != '\n') ++place_.column;
      } else if (c == '"') {
        in_string = false;
        if (!frames_.empty() && !frames_.back().array && !frames_.back().in_value) {
          frames_.back().name = text.substr(opened + 1, i - opened - 1);
        }
      }
      continue;
    }
    switch (c) {
      case '"':
        in_string = true;
        opened = i;
        break;
      case '{':
      case '[':
        frames_.push_back({c == '[', c == '[', start.offset + i, 0, {}});
        break;
      case '}':
      case ']':
        if (!frames_.empty()) frames_.pop_back();
        break;
      case ':':
        if (!frames_.empty()) frames_.back().in_value = true;
        break;
      case ',':
        if (frames_.empty()) break;
        if (frames_.back().array) {
          ++frames_.back().element;
        } else {
          frames_.back().in_value = false;
        }
        break;
      default:
        break;
    }
  }
  place_.pointer = prefix;
  for (const Frame& frame : frames_) {
    if (frame.array) {
      place_.pointer += fmt::format("/{}", frame.element);
    } else if (frame.in_value) {
      append_pointer(place_.pointer, frame.name);
    }
  }
  // The place of a member's name is its own.
  if (!frames_.empty() && !frames_.back().array && !frames_.back().in_value && !in_string) {
    constexpr std::uint64_t longest_name = 4096;
    const std::string ahead = read(offset, offset + longest_name);
    if (!ahead.empty() && ahead.front() == '"') {
      std::size_t end = 1;
      while (end < ahead.size() && ahead[end] != '"') end += ahead[end] == '\\' ? 2U : 1U;
      if (end < ahead.size()) append_pointer(place_.pointer, std::string_view(ahead).substr(1, end - 1));
    }
  }
}

TextPlace PlaceFinder::at(std::uint64_t offset) {
  if (!source_.failed.empty()) return {file_.path, 0, 0, {}};
  scan(std::min(offset, source_.size()));
  return place_;
}

// A value from its first byte to its last; empty where it is no JSON any more.
std::string PlaceFinder::read_value(std::uint64_t offset) const {
  for (std::uint64_t length = 64 * 1024; length <= longest_read; length *= 4) {
    const std::string text = read(offset, offset + length);
    const bool whole = text.size() < length;
    std::uint32_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string) {
        if (c == '\\') ++i;
        if (c == '"') in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
        return text.substr(0, i + 1);
      }
    }
    if (whole) break;
  }
  return {};
}

TextPlace PlaceFinder::value(std::uint64_t record, const language::Path& path) {
  const TextPlace own = at(record);
  std::size_t step = 0;
  std::uint64_t start = record;
  // Objects around the record, the innermost last.
  std::vector<std::uint64_t> objects;
  for (const Frame& frame : frames_) {
    if (!frame.array) objects.push_back(frame.start);
  }
  for (; step < path.size() && path[step].kind == PathStep::Kind::parent; ++step) {
    if (objects.empty()) return own;
    start = objects.back();
    objects.pop_back();
  }
  std::string text = read_value(start);
  const std::size_t length = text.size();
  if (length == 0 || length >= JsonIndex::max_bytes) return own;
  text.resize(length + JsonView::slack + 1);
  JsonIndex index;
  JsonView view;
  if (index.build(text.data(), length, view) != IndexResult::ok || view.count == 0) return own;
  JsonWalker walker;
  walker.bind(view);
  if (walker.value(0, 0) == JsonWalker::failed) return own;
  const std::uint32_t token = follow(view, path, step);
  return token == JsonWalker::no_token ? own : at(start + view.index[token]);
}

std::string PlaceFinder::line_text(std::uint64_t offset) const {
  constexpr std::uint64_t longest = 160;
  offset = std::min(offset, source_.size());
  const std::uint64_t from = offset > longest ? offset - longest : 0;
  const std::string text = read(from, offset + longest);
  const auto at = static_cast<std::size_t>(offset - from);
  const std::size_t line_end = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  if (line_end == std::string::npos && from > 0) return {};
  const std::size_t begin = line_end == std::string::npos ? 0 : line_end + 1;
  std::size_t end = text.find('\n', at);
  if (end == std::string::npos) {
    if (from + text.size() < source_.size()) return {};
    end = text.size();
  }
  std::string line = text.substr(begin, end - begin);
  if (line.size() > longest) return {};
  // What is not text is not shown as such.
  if (find_text_fault(line).value_or(JsonFault{0, ""}).what == std::string_view("this is not UTF-8")) return {};
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

TextPlace FactStore::locate(EntityId id, std::uint32_t row) const {
  const Place where = place(id, row);
  if (where.file >= files.size()) return {};
  return PlaceFinder(files[where.file]).at(where.offset);
}

TextPlace FactStore::locate(EntityId id, std::uint32_t row, const language::Path& path) const {
  const Place where = place(id, row);
  if (where.file >= files.size()) return {};
  return PlaceFinder(files[where.file]).value(where.offset, path);
}

}  // namespace writ::facts
