// Comparisons of values of one static type, with the common kinds in line.
#pragma once

#include "engine/facts/value.hpp"

namespace writ::eval {

using facts::Value;
using facts::ValueKind;

inline bool same(const Value& a, const Value& b) {
  if (a.kind == b.kind) {
    switch (a.kind) {
      case ValueKind::boolean:
      case ValueKind::integer:
      case ValueKind::date:
      case ValueKind::period:
      case ValueKind::member:
      case ValueKind::row:
        return a.i == b.i;
      case ValueKind::timestamp:
      case ValueKind::duration:
        return a.i == b.i && a.aux == b.aux;
      case ValueKind::missing:
        return true;
      default:
        break;
    }
  }
  return facts::equal(a, b);
}

// Negative, zero or positive.
inline int three_way(const Value& a, const Value& b) {
  if (a.kind == b.kind) {
    switch (a.kind) {
      case ValueKind::integer:
      case ValueKind::date:
      case ValueKind::period:
      case ValueKind::member:
        return a.i < b.i ? -1 : (a.i > b.i ? 1 : 0);
      case ValueKind::timestamp:
      case ValueKind::duration:
        if (a.i != b.i) return a.i < b.i ? -1 : 1;
        return a.aux < b.aux ? -1 : (a.aux > b.aux ? 1 : 0);
      default:
        break;
    }
  }
  return facts::compare(a, b);
}

// The hash of several values, one after the other.
inline std::uint64_t combine(std::uint64_t hash, std::uint64_t next) {
  hash ^= next + 0x9e3779b97f4a7c15ULL + (hash << 12) + (hash >> 4);
  return hash * 0xff51afd7ed558ccdULL;
}

}  // namespace writ::eval
