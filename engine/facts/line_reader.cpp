#include "engine/facts/line_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace writ::facts {

namespace {

constexpr std::uint32_t no_token = JsonWalker::no_token;

// What an index overwrites behind the text is kept meanwhile.
using Kept = std::array<char, JsonView::slack>;

}  // namespace

bool LineRoute::may_hold(const EntityPlan& of) const {
  if (entity != nullptr) return &of == entity;
  return mixed() ? of.anywhere() : std::find(vendor.begin(), vendor.end(), &of) != vendor.end();
}

LineReader::LineReader(EvidenceReader& reader, std::size_t chunk_bytes)
    : reader_(reader), buffer_(std::max<std::size_t>(chunk_bytes, 1) + JsonView::slack) {
  reached_.resize(reader.plan.entities.size());
  entity_names_.resize(reader.plan.entities.size());
  any_names_ = unread_ = &make_names();
}

void LineReader::read(const ByteSource& source, const LineRoute& route, std::uint64_t first_line,
                      std::uint64_t begin, std::uint64_t end, PartResult& result) {
  route_ = &route;
  result_ = &result;
  next_checkpoint_ = 0;
  reader_.set_file(result.file);
  supplied_.assign(reader_.plan.entities.size(), false);
  read_chunks(source, first_line, begin, end);
  for (std::uint32_t id = 0; id < supplied_.size(); ++id) {
    if (supplied_[id]) result.supplied.push_back(id);
  }
}

void LineReader::read_chunks(const ByteSource& source, std::uint64_t first_line, std::uint64_t begin,
                             std::uint64_t end) {
  // A part begins behind the first line end at or after the byte before it; that line belongs to the part before.
  bool skipping = begin > first_line;
  base_ = skipping ? begin - 1 : begin;
  std::size_t filled = 0;
  while (true) {
    const std::size_t room = buffer_.size() - JsonView::slack;
    const std::int64_t got = source.read(base_ + filled, buffer_.data() + filled, room - filled);
    if (got < 0) {
      result_->complaints.push_back({diagnostics::Code::unreadable_file,
                                     result_->file,
                                     std::nullopt,
                                     "the file could not be read to its end",
                                     system_reason(),
                                     {},
                                     0});
      break_all("a file could not be read to its end");
      return;
    }
    filled += static_cast<std::size_t>(got);
    const bool at_end = base_ + filled >= source.size() || got == 0;
    if (skipping) {
      const auto* const line_end = static_cast<const char*>(std::memchr(buffer_.data(), '\n', filled));
      const std::size_t drop =
          line_end == nullptr ? filled : static_cast<std::size_t>(line_end - buffer_.data()) + 1;
      std::memmove(buffer_.data(), buffer_.data() + drop, filled - drop);
      base_ += drop;
      filled -= drop;
      skipping = line_end == nullptr;
      if (base_ >= end || (skipping && at_end)) return;
      if (skipping || filled == 0) {
        if (at_end && filled == 0) return;
        continue;
      }
    }
    bool last = false;
    const std::size_t whole = whole_lines(filled, end, at_end, last);
    if (whole == 0 && !last) {
      if (filled == room && !grow()) return;
      continue;
    }
    Kept kept;
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(whole), kept.size(), kept.begin());
    chunk(whole);
    reader_.records.settle();
    if (last) break;
    std::copy_n(kept.begin(), kept.size(), buffer_.begin() + static_cast<std::ptrdiff_t>(whole));
    std::memmove(buffer_.data(), buffer_.data() + whole, filled - whole);
    base_ += whole;
    filled -= whole;
    if (base_ >= end) break;
  }
}

// How much of the buffer is whole lines that begin before `end`. `last`: no more of the part lies behind them.
std::size_t LineReader::whole_lines(std::size_t filled, std::uint64_t end, bool at_end, bool& last) const {
  const std::string_view text(buffer_.data(), filled);
  if (base_ + filled >= end) {
    const std::size_t line_end = text.find('\n', static_cast<std::size_t>(end - base_ - 1));
    last = line_end != std::string_view::npos || at_end;
    if (last) return line_end == std::string_view::npos ? filled : line_end + 1;
  } else if (at_end) {
    last = true;
    return filled;
  }
  const std::size_t line_end = text.rfind('\n');
  return line_end == std::string_view::npos ? 0 : line_end + 1;
}

bool LineReader::grow() {
  const std::size_t room = buffer_.size() - JsonView::slack;
  if (room * 2 >= JsonIndex::max_bytes) {
    result_->complaints.push_back({diagnostics::Code::unreadable_file, result_->file, base_,
                                   "a line of evidence cannot be read", "it is longer than 512 MiB",
                                   "what lies behind it in the file is not read", 0});
    ++result_->values;
    break_all("a line is too long to be read");
    return false;
  }
  buffer_.resize(room * 2 + JsonView::slack);
  return true;
}

// Marks what the file gives as not whole.
void LineReader::break_all(const char* why) {
  for (const EntityPlan& entity : reader_.plan.entities) {
    if (route_->may_hold(entity)) result_->broken.emplace(static_cast<std::uint32_t>(entity.id), why);
  }
}

void LineReader::chunk(std::size_t length) {
  JsonView view;
  const IndexResult result = index_.build(buffer_.data(), length, view);
  if (result == IndexResult::unclosed) buffer_[view.length] = '"';
  const bool indexed = result == IndexResult::ok;
  if (indexed) reader_.bind(view, result_->file, base_);
  std::uint32_t token = 0;
  for (std::size_t begin = 0; begin < length;) {
    if (base_ + begin >= next_checkpoint_) {
      next_checkpoint_ = base_ + begin + checkpoint_step;
      result_->checkpoints.push_back({base_ + begin, static_cast<std::uint32_t>(result_->lines), 1, no_array, 0});
    }
    const auto* const line_end =
        static_cast<const char*>(std::memchr(buffer_.data() + begin, '\n', length - begin));
    const std::size_t end = line_end == nullptr ? length : static_cast<std::size_t>(line_end - buffer_.data());
    if (!indexed) {
      lone_line(begin, end);
      ++result_->values;
    } else if (token < view.count && view.index[token] < end) {
      token = line(token, end);
      ++result_->values;
      if (token == JsonWalker::failed) {
        lone_line(begin, end);
        reader_.bind(view, result_->file, base_);
        token = static_cast<std::uint32_t>(std::lower_bound(view.index, view.index + view.count, end) - view.index);
      }
    }
    if (line_end != nullptr) ++result_->lines;
    begin = end + 1;
  }
}

// Reads the line whose first token is known; `failed` where it is not one JSON value.
std::uint32_t LineReader::line(std::uint32_t token, std::size_t end) {
  const JsonView& view = reader_.view();
  const std::uint32_t next = walk(token);
  if (next == JsonWalker::failed) return next;
  const bool ends = next >= view.count || view.index[next] >= end;
  if (!ends || view.index[next - 1] >= end) return JsonWalker::failed;
  take(token);
  return next;
}

// Reads a line on its own: one that may be no JSON, in a chunk whose other lines must not suffer from it.
void LineReader::lone_line(std::size_t begin, std::size_t end) {
  reader_.records.settle();
  line_.assign(buffer_.begin() + static_cast<std::ptrdiff_t>(begin),
               buffer_.begin() + static_cast<std::ptrdiff_t>(end));
  const std::size_t length = line_.size();
  line_.resize(length + JsonView::slack + 1);
  JsonView view;
  const std::optional<JsonFault> text_fault = line_index_.build_whole(line_.data(), length, view);
  const auto wrong = [&](const JsonFault& fault) { not_json(base_ + begin + fault.offset, fault.what); };
  if (view.count == 0) {
    if (text_fault) wrong(*text_fault);
    return;
  }
  reader_.bind(view, result_->file, base_ + begin);
  const std::uint32_t next = walk(0);
  if (next == JsonWalker::failed) {
    wrong(reader_.walker.incomplete && text_fault ? *text_fault : reader_.walker.fault);
  } else if (next != view.count) {
    wrong({view.index[next], "the end of the line is expected"});
  } else if (text_fault) {
    wrong(*text_fault);
  } else {
    take(0);
  }
  reader_.records.settle();
}

std::uint32_t LineReader::walk(std::uint32_t token) {
  if (route_->entity != nullptr) return reader_.walk_record(token, *route_->entity, 0, false);
  if (!route_->vendor.empty()) return reader_.walker.value(token, 0);
  const JsonView& view = reader_.view();
  named_ = nullptr;
  if (view.at(token) != '{') return reader_.walker.value(token, 0);
  // The first member mostly tells whose record it is; `take` makes sure.
  if (token + 3 < view.count && view.at(token + 1) == '"' && view.at(token + 3) == '"') {
    const std::string_view name = view.raw_string(token + 1);
    if (name == "entity" || name == "kind") {
      const Kind& found = kind(view.raw_string(token + 3));
      guess_ = found.read;
      unread_ = found.names;
      if (found.is_entity) {
        named_ = &found;
        named_at_ = token + 3;
      }
    }
  }
  if (guess_ != nullptr) return reader_.walk_record(token, *guess_, 0, true);
  std::fill_n(reader_.positions.begin(), 2, no_token);
  return reader_.walker.object(token, *unread_, 0, reader_.positions.data());
}

MemberNames& LineReader::make_names() {
  MemberNames& names = reader_.walker.make_names();
  names.give("entity", 0);
  names.give("kind", 1);
  return names;
}

const LineReader::Kind& LineReader::kind(std::string_view name) {
  const std::size_t first = name.empty() ? 0 : static_cast<unsigned char>(name.front());
  const std::size_t last = name.empty() ? 0 : static_cast<unsigned char>(name.back());
  Kind& found = kinds_[(name.size() * 7 + first * 5 + last) % kinds_.size()];
  if (found.names != nullptr && found.name == name) return found;
  found = {std::string(name), false, nullptr, any_names_};
  const std::optional<std::uint32_t> id = reader_.names.find(name);
  if (!id) return found;
  found.is_entity = true;
  const EntityPlan& entity = reader_.plan.entities[*id];
  if (entity.read && entity.by_name() && entity.def->at.empty()) found.read = &entity;
  if (entity_names_[*id] == nullptr) entity_names_[*id] = &make_names();
  found.names = entity_names_[*id];
  return found;
}

void LineReader::take(std::uint32_t token) {
  if (route_->entity != nullptr) return reader_.accept(token, *route_->entity, false);
  if (!route_->vendor.empty()) {
    for (const EntityPlan* entity : route_->vendor) {
      if (reader_.set_aside_repeated(static_cast<std::uint32_t>(entity->id))) continue;
      std::fill(reached_.begin(), reached_.end(), false);
      reader_.visit(token, *entity, 0, reached_);
      if (!reached_[static_cast<std::uint32_t>(entity->id)]) {
        reader_.set_aside(static_cast<std::uint32_t>(entity->id), reader_.offset_of(token),
                          "the line has nothing where `at` leads to");
      }
    }
    return;
  }
  const auto everyone = [&](const std::string& reason) {
    for (const EntityPlan& entity : reader_.plan.entities) {
      if (route_->may_hold(entity)) {
        reader_.set_aside(static_cast<std::uint32_t>(entity.id), reader_.offset_of(token), reason);
      }
    }
  };
  if (reader_.view().at(token) != '{') {
    return everyone(
        fmt::format("{} stands where a record, an object, is expected", reader_.view().what_stands(token)));
  }
  if (reader_.walker.duplicate != no_token && names_twice(token)) {
    for (const EntityPlan& entity : reader_.plan.entities) {
      if (route_->may_hold(entity)) reader_.set_aside_repeated(static_cast<std::uint32_t>(entity.id));
    }
    return;
  }
  bool known = false;
  const EntityPlan* const entity = kind_of_record(known);
  if (!known) return everyone("neither `entity` nor `kind` tells whose record this is");
  if (entity == nullptr) return;
  if (entity != guess_) {
    guess_ = entity;
    reader_.walk_record(token, *entity, 0, true);
  }
  supplied_[static_cast<std::uint32_t>(entity->id)] = true;
  reader_.accept(token, *entity, true);
}

// Whether a line has a member twice that tells whose record it is.
bool LineReader::names_twice(std::uint32_t token) {
  const JsonView& view = reader_.view();
  std::array<int, 2> times{};
  for (++token; view.at(token) == '"';) {
    const std::string_view name = reader_.records.text(token);
    if (name == "entity") ++times[0];
    if (name == "kind") ++times[1];
    token = view.behind(token + 2);
    if (view.at(token) == ',') ++token;
  }
  return times[0] > 1 || times[1] > 1;
}

// Whose record the walked line is, by its members `entity` or `kind`; null where that entity is not read.
const EntityPlan* LineReader::kind_of_record(bool& known) {
  const std::uint16_t at_entity = guess_ != nullptr ? guess_->entity_position : 0;
  const std::uint16_t at_kind = guess_ != nullptr ? guess_->kind_position : 1;
  const JsonView& view = reader_.view();
  for (const std::uint16_t position : {at_entity, at_kind}) {
    const std::uint32_t token = reader_.positions[position];
    if (token == no_token || view.at(token) != '"') continue;
    known = true;
    if (named_ != nullptr && token == named_at_) return named_->read;
    const std::string_view name = reader_.records.text(token);
    const Kind& found = kind(name);
    if (!found.is_entity) ++result_->unknown_kinds[std::string(name)];
    return found.read;
  }
  known = false;
  return nullptr;
}

// A line that is not JSON is a bad record of every entity that it might be of.
void LineReader::not_json(std::uint64_t offset, const char* what) {
  const std::string reason = fmt::format("not JSON: {}", what);
  for (const EntityPlan& entity : reader_.plan.entities) {
    if (route_->may_hold(entity)) reader_.set_aside(static_cast<std::uint32_t>(entity.id), offset, reason);
  }
  if (!result_->complaints.empty() && result_->complaints.back().code == diagnostics::Code::invalid_json) {
    ++result_->complaints.back().further;
    return;
  }
  result_->complaints.push_back({diagnostics::Code::invalid_json, result_->file, offset,
                                 "a line of evidence is not JSON", what,
                                 "each line is one JSON value; the other lines of the file are read", 0});
}

}  // namespace writ::facts
