// Documents that are read by names: an object of arrays, an array in a file named for its entity, an envelope.
#include <fmt/format.h>

#include <algorithm>

#include "engine/facts/document_reader.hpp"

namespace writ::facts {

using diagnostics::Code;

bool DocumentReader::named_document() {
  const char first = stream_.peek();
  if (stream_.cursor >= stream_.view().count) return fail(stream_.cursor, "a value is expected");
  if (first == '[') {
    if (route_->named) return array_of(reader_.plan.entities[*route_->named], 0);
    return unknown_array({}, 0);
  }
  if (first != '{') {
    const std::uint64_t offset = stream_.offset();
    if (!skip(0) || !trailing()) return false;
    holds_none_ = true;
    return refuse(offset, "an object or an array is expected");
  }
  if (!members(0, [&](const std::string& name) { return named_member(name); })) return false;
  if (second_pass_) return true;
  if (deferred_) {
    if (entity_) records_of_ = reader_.names.find(*entity_);
    if (records_of_ && !reader_.plan.entities[*records_of_].read) deferred_.reset();
    if (!records_of_) {
      complain(Code::unknown_evidence, *deferred_,
               entity_ ? fmt::format("`{}` holds records of `{}`, which is no entity", route_->path, *entity_)
                       : fmt::format("`{}` holds records, and does not say of which entity", route_->path),
               "not read", "an envelope names its entity: `\"entity\": \"Person\"`");
    }
  } else if (entity_ && records_of_ && reader_.names.find(*entity_) != records_of_) {
    return refuse(entity_at_, fmt::format("the file is named for `{}`, and says that its records are of `{}`",
                                          reader_.plan.entities[*records_of_].def->name, *entity_));
  }
  return true;
}

bool DocumentReader::named_member(const std::string& name) {
  const std::size_t length = pointer_.size();
  pointer_ += '/';
  pointer_ += name;
  const auto done = [&](bool good) {
    pointer_.resize(length);
    return good;
  };
  if (name == "records" && (entity_ || route_->named || !reader_.names.find(name))) return done(envelope_records());
  if (second_pass_) return done(skip(1));
  const bool is_envelope = name == "entity" || name == "source" || name == "collected_at";
  const char first = stream_.peek();
  if (is_envelope && first != '[') return done(envelope_member(name));
  const std::optional<std::uint32_t> found = reader_.names.find(name);
  if (!found) {
    if (first != '[' && first != '{') return done(skip(1));
    return done(unknown_array(name, 1));
  }
  const EntityPlan& entity = reader_.plan.entities[*found];
  if (!entity.read || !entity.by_name() || !entity.def->at.empty()) return done(skip(1));
  if (first == '[') return done(array_of(entity, 1));
  const std::string what = fmt::format("`{}` holds {}, an array of records is expected", name, what_stands());
  complain(Code::unexpected_shape, stream_.offset(), what, "", "");
  result_->broken.emplace(*found, fmt::format("`{}`: {}", route_->path, what));
  return done(skip(1));
}

bool DocumentReader::envelope_member(const std::string& name) {
  if (stream_.peek() == 'n') return skip(1);
  const std::uint64_t offset = stream_.offset();
  if (stream_.peek() != '"') {
    complain(Code::unexpected_shape, offset, fmt::format("`{}` is {}, a string is expected", name, what_stands()),
             "", "");
    return skip(1);
  }
  std::string text;
  if (!string(text)) return false;
  if (name == "entity") {
    entity_ = std::move(text);
    entity_at_ = offset;
  } else if (name == "source") {
    result_->source = std::move(text);
  } else {
    result_->collected_at = types::parse_timestamp(text);
    if (!result_->collected_at) {
      complain(Code::unexpected_shape, offset,
               fmt::format("`collected_at` is \"{}\", which is no timestamp with an offset", text), "",
               "write it as 2026-06-30T12:00:00Z");
    }
  }
  return true;
}

// The `records` of an envelope. Where nothing has told yet whose they are, they are read in a second pass.
bool DocumentReader::envelope_records() {
  std::optional<std::uint32_t> owner = route_->named;
  if (entity_) owner = reader_.names.find(*entity_);
  if (second_pass_) owner = records_of_;
  const std::uint64_t offset = stream_.offset();
  if (!owner) {
    if (entity_) {
      const std::string_view near = reader_.names.nearest(*entity_);
      complain(Code::unknown_evidence, entity_at_,
               fmt::format("`{}` holds records of `{}`, which is no entity", route_->path, *entity_), "not read",
               near.empty() ? std::string() : fmt::format("`{}` may be meant", near));
    } else {
      deferred_ = offset;
    }
    return skip(1);
  }
  const EntityPlan& entity = reader_.plan.entities[*owner];
  if (!entity.read || !entity.by_name()) return skip(1);
  records_of_ = owner;
  if (stream_.peek() == '[') return array_of(entity, 1);
  const std::string what = fmt::format("`records` holds {}, an array is expected", what_stands());
  complain(Code::unexpected_shape, offset, what, "", "");
  result_->broken.emplace(*owner, fmt::format("`{}`: {}", route_->path, what));
  return skip(1);
}

bool DocumentRoute::may_hold(const EntityPlan& of) const {
  if (named) return of.read && static_cast<std::uint32_t>(of.id) == *named;
  return vendor.empty() ? of.anywhere() : std::find(vendor.begin(), vendor.end(), &of) != vendor.end();
}

// Whether the document, of which a part was read, has records of an entity.
bool DocumentReader::holds(const EntityPlan& entity) const {
  const auto id = static_cast<std::uint32_t>(entity.id);
  const std::vector<std::uint32_t>& seen = result_->supplied;
  if (std::find(seen.begin(), seen.end(), id) != seen.end()) return true;
  return entity_ ? entity.read && reader_.names.find(*entity_) == id : route_->names(entity);
}

// Records that no entity's name stands on: the file's own, where `name` is empty.
bool DocumentReader::unknown_array(const std::string& name, std::uint32_t depth) {
  const std::uint64_t offset = stream_.offset();
  std::uint64_t count = 0;
  const bool array = stream_.peek() == '[';
  const bool good = array ? elements(depth,
                                     [&](std::uint64_t element) {
                                       count = element + 1;
                                       return skip(depth + 1);
                                     })
                          : skip(depth);
  if (!good) return false;
  const std::string_view near = reader_.names.nearest(name.empty() ? route_->name : name);
  const std::string what = array ? fmt::format("{} record{} not read", count, count == 1 ? "" : "s") : "not read";
  if (name.empty()) {
    complain(Code::unknown_evidence, offset, fmt::format("`{}` is named for no entity", route_->path), what,
             near.empty() ? std::string("a file that is one array is named for its entity")
                          : fmt::format("`{}.json` would be read as `{}`", snake_case(near), near));
  } else {
    complain(Code::unknown_evidence, offset, fmt::format("`{}` is no entity", name), what,
             near.empty() ? std::string() : fmt::format("`{}` may be meant", near));
  }
  return true;
}

}  // namespace writ::facts
