// The walk over a document's outer values. What a document read by names may hold: named_document.cpp; where a
// vendor's has its records: vendor_document.cpp.
#include "engine/facts/document_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace writ::facts {

using diagnostics::Code;
using language::PathStep;

DocumentReader::DocumentReader(EvidenceReader& reader, std::size_t chunk_bytes)
    : reader_(reader), stream_(std::max<std::size_t>(chunk_bytes, 1)), reached_(reader.plan.entities.size()) {}

void DocumentReader::read(const ByteSource& source, const DocumentRoute& route, PartResult& result) {
  route_ = &route;
  result_ = &result;
  reader_.set_file(result.file);
  std::fill(reached_.begin(), reached_.end(), false);
  entity_.reset();
  deferred_.reset();
  records_of_.reset();
  second_pass_ = refused_ = holds_none_ = false;
  result.checkpoints.push_back({0, 1, 1, no_array, 0});
  bool good = open(source) && (route.vendor.empty() ? named_document() : vendor_document()) && trailing();
  if (good && deferred_ && records_of_) {
    second_pass_ = true;
    good = open(source) && named_document() && trailing();
  }
  reader_.records.settle();
  if (!good) conclude();
}

bool DocumentReader::open(const ByteSource& source) {
  pointer_.clear();
  checkpoint_ = {};
  stream_.open(
      source, [this] { reader_.records.settle(); },
      [this] { reader_.bind(stream_.view(), result_->file, stream_.base()); });
  return stream_.ensure(1);
}

bool DocumentReader::trailing() {
  if (!stream_.ensure(1)) return false;
  if (stream_.cursor >= stream_.view().count && stream_.is_text()) return true;
  return fail(stream_.cursor, "the end of the document is expected");
}

// ---- Values

// Reads a value whole, and the records of several entities from it.
bool DocumentReader::unit(const std::vector<Target>& targets, std::uint32_t depth) {
  const EntityPlan& first = *targets.front().entity;
  if (targets.size() == 1 && targets.front().step == first.def->at.size() &&
      (first.def->at.empty() || first.def->at.back().kind == PathStep::Kind::each)) {
    reached_[index(first.id)] = true;
    return record(first, depth);
  }
  while (true) {
    const std::uint32_t token = stream_.cursor;
    const std::uint32_t next = reader_.walker.value(token, depth);
    if (next != JsonWalker::failed) {
      for (const auto& [entity, step] : targets) {
        // Of two members of one name the records in one would be passed over.
        if (reader_.set_aside_repeated(index(entity->id))) {
          reached_[index(entity->id)] = true;
          continue;
        }
        // `null` where `at` leads to one object is nothing; among the elements of an array it is a bad record.
        const bool nothing =
            stream_.view().at(token) == 'n' && step > 0 && entity->def->at[step - 1].kind != PathStep::Kind::each;
        if (!nothing) reader_.visit(token, *entity, step, reached_);
      }
      stream_.cursor = next;
      return true;
    }
    if (!reader_.walker.incomplete || !stream_.more(true)) return fault_of_walk();
  }
}

// Reads one record that is itself the value.
bool DocumentReader::record(const EntityPlan& entity, std::uint32_t depth) {
  while (true) {
    const std::uint32_t token = stream_.cursor;
    const std::uint32_t next = reader_.walk_record(token, entity, depth, false);
    if (next != JsonWalker::failed) {
      reader_.accept(token, entity, false);
      stream_.cursor = next;
      return true;
    }
    if (!reader_.walker.incomplete || !stream_.more(true)) return fault_of_walk();
  }
}

bool DocumentReader::array_of(const EntityPlan& entity, std::uint32_t depth) {
  supply(entity);
  return elements(depth, [&](std::uint64_t element) {
    place_checkpoint(element);
    return record(entity, depth + 1);
  });
}

// Walks a value that nobody reads, piece by piece where it is longer than the buffer.
bool DocumentReader::skip(std::uint32_t depth) {
  while (true) {
    if (!stream_.ensure(1)) return false;
    const std::uint32_t next = reader_.walker.value(stream_.cursor, depth);
    // It stands before whatever else may be wrong.
    if (reader_.walker.duplicate != JsonWalker::no_token) {
      const std::uint32_t token = reader_.walker.duplicate;
      return refuse(reader_.offset_of(token),
                    fmt::format("`{}` stands twice in one object", reader_.walker.name_text(token)));
    }
    if (next != JsonWalker::failed) {
      stream_.cursor = next;
      return true;
    }
    if (!reader_.walker.incomplete) return fault_of_walk();
    if (stream_.more(false)) continue;
    const char first = stream_.peek();
    if (stream_.at_end()) return fault_of_walk();
    if (first == '{' || first == '[') return descend(depth);
    if (!stream_.more(true)) return fault_of_walk();
  }
}

bool DocumentReader::descend(std::uint32_t depth) {
  if (stream_.peek() == '{') {
    return members(depth, [&](const std::string&) { return skip(depth + 1); });
  }
  return elements(depth, [&](std::uint64_t) { return skip(depth + 1); });
}

bool DocumentReader::members(std::uint32_t depth, const Member& member) {
  if (depth >= max_depth) return fail(stream_.cursor, "values are nested more than 512 deep");
  ++stream_.cursor;
  if (!stream_.ensure(1)) return false;
  if (stream_.peek() == '}') {
    ++stream_.cursor;
    return true;
  }
  std::unordered_set<std::string> names;
  while (true) {
    if (!stream_.ensure(3)) return false;
    if (stream_.peek() != '"') return fail(stream_.cursor, "the name of a member is expected");
    const std::uint64_t offset = stream_.offset();
    std::string name;
    if (!string(name)) return false;
    if (!names.insert(name).second) return refuse(offset, fmt::format("`{}` stands twice in one object", name));
    if (stream_.peek() != ':') return fail(stream_.cursor, "`:` is expected");
    ++stream_.cursor;
    if (!stream_.ensure(1)) return false;
    if (!member(name)) return false;
    if (!stream_.ensure(1)) return false;
    const char next = stream_.peek();
    if (next != ',' && next != '}') return fail(stream_.cursor, "`,` or `}` is expected");
    ++stream_.cursor;
    if (next == '}') return true;
  }
}

bool DocumentReader::elements(std::uint32_t depth, const Element& element) {
  if (depth >= max_depth) return fail(stream_.cursor, "values are nested more than 512 deep");
  array_ = static_cast<std::uint32_t>(result_->arrays.size());
  result_->arrays.push_back(pointer_);
  const std::uint32_t own = array_;
  ++stream_.cursor;
  if (!stream_.ensure(1)) return false;
  if (stream_.peek() == ']') {
    ++stream_.cursor;
    return true;
  }
  for (std::uint64_t i = 0;; ++i) {
    if (!stream_.ensure(1)) return false;
    array_ = own;
    if (!element(i)) return false;
    if (!stream_.ensure(1)) return false;
    const char next = stream_.peek();
    if (next != ',' && next != ']') return fail(stream_.cursor, "`,` or `]` is expected");
    ++stream_.cursor;
    if (next == ']') return true;
  }
}

// A string at the cursor.
bool DocumentReader::string(std::string& out) {
  const std::string_view raw = stream_.view().raw_string(stream_.cursor);
  JsonFault fault;
  if (!check_escapes(raw.data(), raw.data() + raw.size(), fault, stream_.view().text)) {
    stream_.fault = DocumentStream::Fault{stream_.base() + fault.offset, fault.what, false};
    return false;
  }
  decode_string(raw, out);
  ++stream_.cursor;
  return true;
}

// The first element of an array, and others at intervals, are points from which places are counted. What lies
// before the last of them in the buffer is not counted again.
void DocumentReader::place_checkpoint(std::uint64_t element) {
  const std::uint64_t offset = stream_.offset();
  if (array_ == checkpoint_.array && offset < checkpoint_.offset + checkpoint_step) return;
  const bool counted = checkpoint_.array != no_array && checkpoint_.offset >= stream_.base();
  Checkpoint point{offset, counted ? checkpoint_.line : stream_.line, counted ? checkpoint_.column : stream_.column,
                   array_, element};
  const char* const text = stream_.view().text;
  const char* const end = text + (offset - stream_.base());
  for (const char* at = counted ? text + (checkpoint_.offset - stream_.base()) : text; at < end; ++at) {
    if (*at == '\n') {
      ++point.line;
      point.column = 1;
    } else if ((static_cast<unsigned char>(*at) & 0xc0) != 0x80) {
      ++point.column;
    }
  }
  checkpoint_ = point;
  result_->checkpoints.push_back(point);
}

// ---- What is wrong

bool DocumentReader::fail(std::uint32_t token, const char* what) {
  if (stream_.fault) return false;
  const JsonView& view = stream_.view();
  stream_.fault = token >= view.count ? stream_.fault_at_end()
                                      : DocumentStream::Fault{stream_.base() + view.index[token], what, false};
  return false;
}

bool DocumentReader::fault_of_walk() {
  if (stream_.fault) return false;
  const JsonFault& fault = reader_.walker.fault;
  stream_.fault = reader_.walker.incomplete
                      ? stream_.fault_at_end()
                      : DocumentStream::Fault{stream_.base() + fault.offset, fault.what, false};
  return false;
}

// JSON, but not as evidence may be.
bool DocumentReader::refuse(std::uint64_t offset, std::string what) {
  refused_ = true;
  stream_.fault = DocumentStream::Fault{offset, std::move(what), false};
  return false;
}

// The document could not be read to its end: nothing that it gives is whole.
void DocumentReader::conclude() {
  if (!stream_.fault) return;
  const DocumentStream::Fault& fault = *stream_.fault;
  const std::string reason = fmt::format("`{}`: {}", route_->path, fault.what);
  if (fault.reading) {
    result_->complaints.push_back({Code::unreadable_file,
                                   result_->file,
                                   std::nullopt,
                                   fmt::format("`{}` cannot be read to its end", route_->path),
                                   fault.what,
                                   {},
                                   0});
  } else if (refused_) {
    complain(Code::unexpected_shape, fault.offset, fmt::format("`{}` cannot be read as evidence", route_->path),
             fault.what, "nothing that this file gives is used");
  } else {
    complain(Code::invalid_json, fault.offset, fmt::format("`{}` is not JSON", route_->path), fault.what,
             "nothing that this file gives is used");
  }
  for (const EntityPlan& entity : reader_.plan.entities) {
    if (holds(entity)) {
      result_->broken.emplace(index(entity.id), reason);
    } else if (!entity_ && !holds_none_ && route_->may_hold(entity)) {
      result_->doubt.entities.push_back(index(entity.id));
    }
  }
  const std::string what = fmt::format("{}: {}", fault.reading || refused_ ? "not read" : "not JSON", fault.what);
  result_->doubt.place = {result_->file, fault.offset};
  result_->doubt.reason = what;
  result_->doubt.broken = reason;
}

void DocumentReader::complain(Code code, std::uint64_t offset, std::string message, std::string label,
                              std::string help) {
  result_->complaints.push_back(
      {code, result_->file, offset, std::move(message), std::move(label), std::move(help), 0});
}

void DocumentReader::supply(const EntityPlan& entity) {
  const std::uint32_t id = index(entity.id);
  if (std::find(result_->supplied.begin(), result_->supplied.end(), id) == result_->supplied.end()) {
    result_->supplied.push_back(id);
  }
}

std::string_view DocumentReader::what_stands() const { return stream_.view().what_stands(stream_.cursor); }

}  // namespace writ::facts
