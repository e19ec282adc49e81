#include "language/types/narrowing.hpp"

#include <algorithm>

namespace writ::types {

using language::ExprId;
using language::ExprKind;
using language::index;

Known both(Known a, const Known& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Known either(const Known& a, const Known& b) {
  if (a.empty() || b.empty()) return {};
  Known sorted = b;
  std::sort(sorted.begin(), sorted.end());
  Known out;
  for (const Place place : a) {
    if (std::binary_search(sorted.begin(), sorted.end(), place)) out.push_back(place);
  }
  return out;
}

void Places::adopt(const Places& other) {
  interned_ = other.interned_;
  texts_ = other.texts_;
  by_expr_ = other.by_expr_;
  known_ = other.known_;
  assumed_ = other.assumed_;
}

Place Places::of(ExprId id) {
  if (id == ExprId::none) return 0;
  const auto cached = by_expr_.find(index(id));
  if (cached != by_expr_.end()) return cached->second;
  const language::Expr& expr = program_.expr(id);
  Place place = 0;
  switch (expr.kind) {
    case ExprKind::present:
    case ExprKind::widen:
      place = of(expr.operands[0]);
      break;
    case ExprKind::local:
    case ExprKind::param:
    case ExprKind::now:
    case ExprKind::today:
    case ExprKind::period:
    case ExprKind::enum_member:
    case ExprKind::literal:
    case ExprKind::field:
    case ExprKind::safe_field:
    case ExprKind::range_start:
    case ExprKind::range_end:
    case ExprKind::call: {
      // `a?.b` that is known to be there is `a.b`.
      const ExprKind kind = expr.kind == ExprKind::safe_field ? ExprKind::field : expr.kind;
      std::vector<std::uint32_t> parts{static_cast<std::uint32_t>(kind), expr.ref};
      if (kind == ExprKind::enum_member) parts.push_back(static_cast<std::uint32_t>(expr.type));
      if (kind == ExprKind::literal) {
        const types::Literal& value = program_.literals[expr.ref];
        const std::string text = std::to_string(value.index()) + " " + to_text(value);
        parts[1] = texts_.emplace(text, static_cast<std::uint32_t>(texts_.size())).first->second;
      }
      bool whole = true;
      for (const ExprId operand : expr.operands) {
        const Place part = of(operand);
        whole = whole && part != 0;
        parts.push_back(part);
      }
      if (whole)
        place = interned_.emplace(std::move(parts), static_cast<Place>(interned_.size() + 1)).first->second;
      break;
    }
    default:
      break;
  }
  by_expr_.emplace(index(id), place);
  return place;
}

Known Places::present(ExprId id) {
  Known out;
  while (id != ExprId::none) {
    const language::Expr& expr = program_.expr(id);
    if (expr.kind == ExprKind::present || expr.kind == ExprKind::widen) {
      id = expr.operands[0];
      continue;
    }
    if (const Place place = of(id); place != 0) out.push_back(place);
    if (expr.kind == ExprKind::safe_field) {
      id = expr.operands[0];
    } else {
      break;
    }
  }
  return out;
}

void Places::assume(const Known& places) {
  for (const Place place : places) {
    if (place >= known_.size()) known_.resize(place + 1, 0);
    ++known_[place];
    assumed_.push_back(place);
  }
}

void Places::restore(std::size_t mark) {
  while (assumed_.size() > mark) {
    --known_[assumed_.back()];
    assumed_.pop_back();
  }
}

}  // namespace writ::types
