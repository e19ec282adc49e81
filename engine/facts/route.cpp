#include "engine/facts/route.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "engine/facts/file_glob.hpp"

namespace writ::facts {

using diagnostics::Code;

namespace {

// The first line that is not empty, without its end; false where it is longer than an envelope may be.
bool first_line(const ByteSource& source, std::string& line, std::uint64_t& behind) {
  constexpr std::size_t longest = 64 * 1024;
  std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(source.size(), longest)), '\0');
  const std::int64_t got = source.read(0, text.data(), text.size());
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return false;
  const std::size_t end = text.find('\n', begin);
  if (end == std::string::npos && text.size() < source.size()) return false;
  line = text.substr(begin, end == std::string::npos ? end : end - begin);
  behind = end == std::string::npos ? text.size() : end + 1;
  return true;
}

// A JSON text of its own, walked.
class WalkedText {
 public:
  explicit WalkedText(std::string text) : text_(std::move(text)) {
    const std::size_t length = text_.size();
    text_.resize(length + JsonView::slack + 1);
    if (index_.build(text_.data(), length, view) != IndexResult::ok || view.count == 0) return;
    walker_.bind(view);
    const std::uint32_t next = walker_.value(0, 0);
    whole = next == view.count;
    repeats = walker_.duplicate != JsonWalker::no_token;
  }

  JsonView view;
  bool whole = false;    // is one JSON value
  bool repeats = false;  // has a member twice in one object

 private:
  std::string text_;
  JsonIndex index_;
  JsonWalker walker_;
};

struct Envelope {
  std::optional<std::string> entity;
  std::optional<std::string> collected_at;
  std::string source;
};

// An envelope line holds nothing but `entity`, `source` and `collected_at`, and one of the first and the last.
std::optional<Envelope> read_envelope(const std::string& line) {
  const WalkedText text(line);
  if (!text.whole || text.repeats || text.view.at(0) != '{') return std::nullopt;
  Envelope envelope;
  std::string name;
  std::string value;
  for (std::uint32_t token = 1; text.view.at(token) == '"';) {
    decode_string(text.view.raw_string(token), name);
    if (text.view.at(token + 2) == '"') {
      decode_string(text.view.raw_string(token + 2), value);
    } else if (text.view.at(token + 2) != 'n') {
      return std::nullopt;
    }
    const bool there = text.view.at(token + 2) == '"';
    if (name == "entity") {
      if (there) envelope.entity = value;
    } else if (name == "source") {
      if (there) envelope.source = value;
    } else if (name == "collected_at") {
      if (there) envelope.collected_at = value;
    } else {
      return std::nullopt;
    }
    token = text.view.behind(token + 2);
    if (text.view.at(token) == ',') ++token;
  }
  if (!envelope.entity && !envelope.collected_at) return std::nullopt;
  return envelope;
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class Routing {
 public:
  Routing(const FactInput& input, const ByteSource& source, std::uint32_t file, const ReadingPlan& plan,
          const EntityNames& names)
      : input_(input), source_(source), file_(file), plan_(plan), names_(names) {}

  FileRoute route() {
    const std::string_view name = file_name(input_.relative);
    const std::size_t dot = name.rfind('.');
    const std::string_view ending = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
    const std::string stem(name.substr(0, dot));
    const bool lines = ending == ".ndjson" || ending == ".jsonl" || (ending != ".json" && looks_like_lines());

    std::vector<const EntityPlan*> vendor;
    bool for_vendor = false;
    for (const EntityPlan& entity : plan_.entities) {
      if (entity.by_name() || !glob_matches_path(entity.def->from, input_.relative)) continue;
      for_vendor = true;
      if (entity.read) vendor.push_back(&entity);
    }
    std::optional<std::uint32_t> named = names_.find(stem);
    if (!for_vendor && named) {
      const EntityPlan& entity = plan_.entities[*named];
      if (!entity.by_name() || !entity.read) return std::move(out_);
      if (!entity.def->at.empty()) {
        for_vendor = true;
        vendor.push_back(&entity);
      }
    }
    if (for_vendor && vendor.empty()) return std::move(out_);
    if (lines) {
      out_.kind = FileRoute::Kind::lines;
      route_lines(std::move(vendor), for_vendor ? std::nullopt : named);
    } else {
      out_.kind = FileRoute::Kind::document;
      out_.document = {std::move(vendor), for_vendor ? std::nullopt : named, stem, input_.path};
    }
    return std::move(out_);
  }

 private:
  // A text without a telling name is NDJSON where its first line is a value and more follows.
  bool looks_like_lines() const {
    std::string line;
    std::uint64_t behind = 0;
    if (!first_line(source_, line, behind) || behind >= source_.size()) return false;
    return WalkedText(line).whole;
  }

  void route_lines(std::vector<const EntityPlan*> vendor, std::optional<std::uint32_t> named) {
    out_.lines.vendor = std::move(vendor);
    if (named) out_.lines.entity = &plan_.entities[*named];
    if (!out_.lines.vendor.empty()) return;
    std::string line;
    std::uint64_t behind = 0;
    if (!first_line(source_, line, behind)) return;
    const std::optional<Envelope> envelope = read_envelope(line);
    if (!envelope) return;
    out_.envelope = true;
    out_.first_line = behind;
    out_.source = envelope->source;
    if (envelope->collected_at) {
      out_.collected_at = types::parse_timestamp(*envelope->collected_at);
      if (!out_.collected_at) {
        out_.complaints.push_back(
            {Code::unexpected_shape,
             file_,
             0,
             fmt::format("`collected_at` is \"{}\", which is no timestamp with an offset", *envelope->collected_at),
             {},
             "write it as 2026-06-30T12:00:00Z",
             0});
      }
    }
    if (envelope->entity) owner(*envelope->entity);
  }

  // The envelope's word counts more than the file's name.
  void owner(const std::string& name) {
    const std::optional<std::uint32_t> found = names_.find(name);
    if (!found) {
      const std::string_view near = names_.nearest(name);
      out_.complaints.push_back({Code::unknown_evidence, file_, 0,
                                 fmt::format("`{}` holds records of `{}`, which is no entity", input_.path, name),
                                 "not read", near.empty() ? std::string() : fmt::format("`{}` may be meant", near),
                                 0});
      out_.kind = FileRoute::Kind::none;
      return;
    }
    const EntityPlan& entity = plan_.entities[*found];
    if (!entity.read || !entity.by_name() || !entity.def->at.empty()) {
      out_.kind = FileRoute::Kind::none;
      return;
    }
    out_.lines.entity = &entity;
  }

  const FactInput& input_;
  const ByteSource& source_;
  std::uint32_t file_;
  const ReadingPlan& plan_;
  const EntityNames& names_;
  FileRoute out_;
};

}  // namespace

FileRoute route_file(const FactInput& input, const ByteSource& source, std::uint32_t file, const ReadingPlan& plan,
                     const EntityNames& names) {
  return Routing(input, source, file, plan, names).route();
}

}  // namespace writ::facts
