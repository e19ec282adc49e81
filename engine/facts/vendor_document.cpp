// A vendor's document: which of its values lie where `at` of an entity leads.
#include <fmt/format.h>

#include "engine/facts/document_reader.hpp"

namespace writ::facts {

using diagnostics::Code;
using language::PathStep;

bool DocumentReader::vendor_document() {
  Outer root;
  for (const EntityPlan* entity : route_->vendor) {
    const language::Path& at = entity->def->at;
    Outer* outer = &root;
    const auto step_into = [&](Outer& inner, std::size_t step) {
      inner.step = step;
      outer = &inner;
    };
    // A document that is an array is one of records.
    if (at.empty() && stream_.peek() == '[') {
      if (root.each == nullptr) root.each = std::make_unique<Outer>();
      outer = root.each.get();
    }
    for (std::size_t i = 0; i < entity->outside; ++i) {
      if (at[i].kind == PathStep::Kind::member) {
        step_into(outer->members[at[i].member], i + 1);
      } else if (at[i].kind == PathStep::Kind::index) {
        step_into(outer->items[at[i].index], i + 1);
      } else {
        if (outer->each == nullptr) outer->each = std::make_unique<Outer>();
        step_into(*outer->each, i + 1);
      }
    }
    outer->targets.push_back({entity, outer->step});
  }
  // What is read whole takes everything below it with it, however far below.
  const std::function<void(Outer&, Outer*)> close = [&](Outer& outer, Outer* whole) {
    if (whole != nullptr) {
      for (const Target& target : outer.targets) whole->targets.push_back({target.entity, whole->step});
    } else if (!outer.targets.empty()) {
      whole = &outer;
    }
    for (auto& [name, inner] : outer.members) close(inner, whole);
    for (auto& [item, inner] : outer.items) close(inner, whole);
    if (outer.each != nullptr) close(*outer.each, whole);
  };
  close(root, nullptr);
  if (!vendor_value(&root, 0)) return false;
  for (const EntityPlan* entity : route_->vendor) {
    if (reached_[index(entity->id)]) {
      supply(*entity);
      continue;
    }
    const std::string what =
        fmt::format("`{}` has nothing where the records of `{}` should be", route_->path, entity->def->name);
    complain(Code::unexpected_shape, 0, what, "", "the path after `at` leads to no value in this document");
    result_->broken.emplace(index(entity->id), what);
  }
  return true;
}

bool DocumentReader::vendor_value(const Outer* outer, std::uint32_t depth) {
  if (!stream_.ensure(1)) return false;
  if (outer == nullptr) return skip(depth);
  if (!outer->targets.empty()) return unit(outer->targets, depth);
  const char first = stream_.peek();
  const std::size_t length = pointer_.size();
  if (first == '{' && !outer->members.empty()) {
    return members(depth, [&](const std::string& name) {
      if (depth == 0 && name == "collected_at" && stream_.peek() == '"' && !outer->members.contains(name)) {
        std::string text;
        if (!string(text)) return false;
        result_->collected_at = types::parse_timestamp(text);
        return true;
      }
      const auto inner = outer->members.find(name);
      append_pointer(pointer_, name);
      const bool good = vendor_value(inner == outer->members.end() ? nullptr : &inner->second, depth + 1);
      pointer_.resize(length);
      return good;
    });
  }
  if (first == '[' && (outer->each != nullptr || !outer->items.empty())) {
    if (outer->each != nullptr) {
      for (const Target& target : outer->each->targets) reached_[index(target.entity->id)] = true;
    }
    return elements(depth, [&](std::uint64_t element) {
      if (outer->each != nullptr && !outer->each->targets.empty()) {
        place_checkpoint(element);
        return unit(outer->each->targets, depth + 1);
      }
      const auto inner = outer->items.find(element);
      pointer_ += fmt::format("/{}", element);
      const bool good = vendor_value(inner == outer->items.end() ? outer->each.get() : &inner->second, depth + 1);
      pointer_.resize(length);
      return good;
    });
  }
  return skip(depth);
}

}  // namespace writ::facts
