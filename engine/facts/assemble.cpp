#include "engine/facts/assemble.hpp"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <deque>

#include "engine/facts/column_builder.hpp"
#include "engine/facts/inverses.hpp"

namespace writ::facts {

using types::Kind;

namespace {

constexpr std::uint32_t none = KeyDictionary::none;

// Rows of one entity in one thread's columns.
struct Piece {
  unsigned thread = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class Assembling {
 public:
  Assembling(const ReadingPlan& plan, Readers& readers, FactStore& store, std::vector<std::vector<RawBad>>& bad)
      : plan_(plan), readers_(readers), store_(store), bad_(bad), dropped_(plan.entities.size()) {}

  void run(const std::vector<PartResult>& parts) {
    gather_pieces(parts);
    for (const EntityPlan& entity : plan_.entities) {
      if (entity.read) read_.push_back(&entity);
    }
    at_once(read_.size(), [&](std::size_t i) { join_rows(*read_[i]); });
    find_codes();
    // In one order, since codes are given here to keys that no record has.
    for (const EntityPlan* entity : read_) translate(*entity);
    at_once(read_.size(), [&](std::size_t i) { join_columns(*read_[i]); });
    drop_dangling();
    at_once(read_.size(), [&](std::size_t i) { finish_entity(*read_[i]); });
    make_inverses(*plan_.program, store_);
    for (std::unique_ptr<EvidenceReader>& reader : readers_) {
      store_.arenas.push_back(std::move(reader->records.arena()));
      for (EntityRows& rows : reader->records.rows()) {
        if (rows.referred.size() > 0) store_.arenas.push_back(rows.referred.take_texts());
      }
    }
  }

 private:
  // On all threads, one call a task: what is done for one entity touches no other's columns.
  template <typename Work>
  static void at_once(std::size_t count, const Work& work) {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& part) {
          for (std::size_t i = part.begin(); i != part.end(); ++i) work(i);
        },
        tbb::simple_partitioner());
  }

  EntityFacts& facts(std::size_t id) { return store_.entities[id]; }
  static std::size_t id_of(const EntityPlan& entity) { return static_cast<std::size_t>(entity.id); }
  EntityRows& rows_of(unsigned thread, std::size_t id) { return readers_[thread]->records.rows()[id]; }

  void gather_pieces(const std::vector<PartResult>& parts) {
    pieces_.resize(plan_.entities.size());
    for (const PartResult& part : parts) {
      for (const PartResult::Rows& rows : part.rows) {
        std::vector<Piece>& pieces = pieces_[rows.entity];
        const bool goes_on =
            !pieces.empty() && pieces.back().thread == part.thread && pieces.back().end == rows.begin;
        if (goes_on) {
          pieces.back().end = rows.end;
        } else {
          pieces.push_back({part.thread, rows.begin, rows.end});
        }
      }
    }
  }

  // A vector of all rows, in order: the thread's own where it read them all.
  template <typename T>
  std::vector<T> joined(std::size_t id, std::vector<T> EntityRows::* member) {
    const std::vector<Piece>& pieces = pieces_[id];
    if (pieces.size() == 1) {
      std::vector<T>& whole = rows_of(pieces.front().thread, id).*member;
      if (pieces.front().begin == 0 && pieces.front().end == whole.size()) return std::move(whole);
    }
    std::vector<T> out;
    out.reserve(facts(id).rows);
    for (const Piece& piece : pieces) {
      const std::vector<T>& from = rows_of(piece.thread, id).*member;
      out.insert(out.end(), from.begin() + piece.begin, from.begin() + piece.end);
    }
    for (std::size_t thread = 0; thread < readers_.size(); ++thread) {
      rows_of(static_cast<unsigned>(thread), id).*member = {};
    }
    return out;
  }

  // Places and keys. A key that stands twice is that of the first record with it.
  void join_rows(const EntityPlan& entity) {
    const std::size_t id = id_of(entity);
    EntityFacts& out = facts(id);
    std::uint32_t total = 0;
    for (const Piece& piece : pieces_[id]) total += piece.end - piece.begin;
    out.rows = total;
    out.places = joined(id, &EntityRows::places);
    if (entity.key.empty()) return;
    for (const KeyDictionary::Repeated& row : out.keys.take_rows(joined(id, &EntityRows::keys))) {
      drop(id, row.row,
           {unpacked(out.places[row.row]),
            fmt::format("the key `{}` is taken already by the record at", shown(out.keys.key(row.row))),
            unpacked(out.places[row.first]), nullptr});
    }
  }

  // What each thread's references mean in the store: the codes of the keys that records have.
  void find_codes() {
    const std::size_t entities = plan_.entities.size();
    codes_.assign(readers_.size(), std::vector<std::vector<std::uint32_t>>(entities));
    at_once(readers_.size() * entities, [&](std::size_t i) {
      const std::size_t id = i % entities;
      codes_[i / entities][id] = facts(id).keys.find_all(readers_[i / entities]->records.rows()[id].referred);
    });
  }

  void translate(const EntityPlan& entity) {
    const std::size_t id = id_of(entity);
    for (const FieldPlan& field : entity.fields) {
      for (const Piece& piece : pieces_[id]) {
        translate(rows_of(piece.thread, id).columns[field.field], piece, piece.begin, piece.end);
      }
    }
  }

  void join_columns(const EntityPlan& entity) {
    const std::size_t id = id_of(entity);
    EntityFacts& out = facts(id);
    out.columns.resize(entity.def->fields.size());
    for (const FieldPlan& field : entity.fields) {
      Column& column = out.columns[field.field];
      const std::vector<Piece>& pieces = pieces_[id];
      if (pieces.size() == 1 && pieces.front().begin == 0 &&
          pieces.front().end == rows_of(pieces.front().thread, id).columns[field.field].size()) {
        column = std::move(rows_of(pieces.front().thread, id).columns[field.field]);
      } else {
        column = make_column(field.value, field.optional);
        if (!field.is_key) {
          for (const Piece& piece : pieces) {
            append_rows(column, rows_of(piece.thread, id).columns[field.field], piece.begin, piece.end);
          }
        }
        for (std::size_t thread = 0; thread < readers_.size(); ++thread) {
          rows_of(static_cast<unsigned>(thread), id).columns[field.field] = {};
        }
      }
      finish(column);
      aim(column);
    }
  }

  // Gives references the codes of their target's one dictionary.
  void translate(Column& column, const Piece& piece, std::uint32_t begin, std::uint32_t end) {
    if (column.kind == Kind::entity) {
      const std::uint32_t target = target_of(column);
      const KeyDictionary& from = rows_of(piece.thread, target).referred;
      std::vector<std::uint32_t>& known = codes_[piece.thread][target];
      for (std::uint32_t row = begin; row < end; ++row) {
        const std::uint32_t code = column.codes[row];
        if (code == none) continue;
        if (known[code] == none) known[code] = facts(target).keys.adopt(from.text(code));
        column.codes[row] = known[code];
      }
    } else if (column.kind == Kind::record) {
      for (Column& child : column.children) translate(child, piece, begin, end);
    } else if (!column.children.empty()) {
      translate(column.children.front(), piece, column.starts[begin], column.starts[end]);
    }
  }

  std::uint32_t target_of(const Column& column) const { return plan_.program->types.at(column.type).decl; }

  void aim(Column& column) {
    if (column.kind == Kind::entity) column.target = &facts(target_of(column)).keys;
    for (Column& child : column.children) aim(child);
  }

  bool is_dropped(std::size_t id, std::uint32_t row) const { return !dropped_[id].empty() && dropped_[id][row]; }

  void drop(std::size_t id, std::uint32_t row, RawBad why) {
    if (dropped_[id].empty()) dropped_[id].resize(facts(id).rows, false);
    dropped_[id][row] = true;
    ++facts(id).bad;
    std::vector<RawBad>& listed = bad_[id];
    listed.push_back(std::move(why));
    if (listed.size() < 4 * FactStore::max_listed) return;
    std::sort(listed.begin(), listed.end(),
              [](const RawBad& a, const RawBad& b) { return packed(a.place) < packed(b.place); });
    listed.resize(FactStore::max_listed);
  }

  static std::string shown(std::string_view key) {
    std::string out;
    for (const char c : key) out += c == '\x1f' ? '/' : c;
    return out;
  }

  // A reference that a record cannot do without, in one of its fields.
  struct Required {
    std::size_t entity = 0;
    const FieldPlan* field = nullptr;
    const Column* column = nullptr;
  };

  static bool has_required(const ValuePlan& value, bool optional) {
    if (value.kind == Kind::entity) return !optional;
    if (!value.element.empty()) return has_required(value.element.front(), false);
    return std::any_of(value.fields.begin(), value.fields.end(),
                       [](const FieldPlan& field) { return has_required(field.value, field.optional); });
  }

  // Calls `visit` with each such reference's column and code in a row.
  template <typename Visit>
  static void each_required(const Column& column, std::uint32_t row, const Visit& visit) {
    if (!column.absent.empty() && column.absent[row] != 0) return;
    if (column.kind == Kind::entity) {
      if (!column.optional) visit(column, column.codes[row]);
    } else if (column.kind == Kind::record) {
      for (const Column& child : column.children) each_required(child, row, visit);
    } else if (!column.starts.empty()) {
      for (std::uint32_t i = column.starts[row]; i < column.starts[row + 1]; ++i) {
        each_required(column.children.front(), i, visit);
      }
    }
  }

  // Records whose required references lead nowhere are set aside; then those that refer to them, and so on. What
  // refers to an entity of which nothing was supplied, or not all, or to one whose records may still be derived,
  // cannot be judged, and stays.
  void drop_dangling() {
    std::vector<Required> fields;
    for (const EntityPlan& entity : plan_.entities) {
      if (!entity.read) continue;
      for (const FieldPlan& field : entity.fields) {
        if (!has_required(field.value, field.optional)) continue;
        fields.push_back({id_of(entity), &field, &facts(id_of(entity)).columns[field.field]});
      }
    }
    std::vector<bool> derived(plan_.entities.size());
    for (const language::DerivationDef& derivation : plan_.program->derivations)
      derived[static_cast<std::size_t>(derivation.target)] = true;
    const auto is_judged = [&](const Column& column) {
      const EntityFacts& target = facts(target_of(column));
      return target.read && target.supplied && !target.broken && !derived[target_of(column)];
    };
    std::deque<std::pair<std::size_t, std::uint32_t>> gone;
    const auto set_aside = [&](const Required& required, std::uint32_t row, const Column& column,
                               std::uint32_t code, bool was_there) {
      const std::string& target = plan_.entities[target_of(column)].def->name;
      const std::string key = shown(column.target->key(code));
      drop(required.entity, row,
           {unpacked(facts(required.entity).places[row]),
            was_there
                ? fmt::format("`{}` refers to the {} `{}`, which was set aside", required.field->name, target, key)
                : fmt::format("`{}` refers to the {} `{}`, which is not there", required.field->name, target, key),
            std::nullopt, required.field->path});
      gone.emplace_back(required.entity, row);
    };
    for (const Required& required : fields) {
      for (std::uint32_t row = 0; row < facts(required.entity).rows; ++row) {
        if (is_dropped(required.entity, row)) continue;
        each_required(*required.column, row, [&](const Column& column, std::uint32_t code) {
          if (column.target->row_of(code) != none || is_dropped(required.entity, row) || !is_judged(column)) return;
          set_aside(required, row, column, code, false);
        });
      }
    }
    if (gone.empty()) return;
    // Who refers to whom: by target and row, the rows of each of `fields`.
    struct Edge {
      std::uint32_t field;
      std::uint32_t row;
    };
    std::vector<std::vector<std::uint32_t>> starts(plan_.entities.size());
    for (std::size_t id = 0; id < starts.size(); ++id) starts[id].assign(std::size_t{facts(id).rows} + 1, 0);
    const auto each_edge = [&](const auto& visit) {
      for (std::uint32_t field = 0; field < fields.size(); ++field) {
        for (std::uint32_t row = 0; row < facts(fields[field].entity).rows; ++row) {
          if (is_dropped(fields[field].entity, row)) continue;
          each_required(*fields[field].column, row, [&](const Column& column, std::uint32_t code) {
            const std::uint32_t target = column.target->row_of(code);
            if (target != none) visit(target_of(column), target, Edge{field, row});
          });
        }
      }
    };
    each_edge([&](std::uint32_t id, std::uint32_t row, Edge) { ++starts[id][row + 1]; });
    std::vector<std::vector<Edge>> edges(starts.size());
    for (std::size_t id = 0; id < starts.size(); ++id) {
      for (std::size_t row = 1; row < starts[id].size(); ++row) starts[id][row] += starts[id][row - 1];
      edges[id].resize(starts[id].back());
    }
    std::vector<std::vector<std::uint32_t>> filled = starts;
    each_edge([&](std::uint32_t id, std::uint32_t row, Edge edge) { edges[id][filled[id][row]++] = edge; });
    while (!gone.empty()) {
      const auto [id, row] = gone.front();
      gone.pop_front();
      const std::uint32_t code = row;  // no row has been taken out yet
      for (std::uint32_t i = starts[id][row]; i < starts[id][row + 1]; ++i) {
        const Required& required = fields[edges[id][i].field];
        if (is_dropped(required.entity, edges[id][i].row)) continue;
        each_required(*required.column, edges[id][i].row, [&](const Column& column, std::uint32_t other) {
          if (column.target != &facts(id).keys || other != code || is_dropped(required.entity, edges[id][i].row))
            return;
          set_aside(required, edges[id][i].row, column, code, true);
        });
      }
    }
  }

  // Takes out what was dropped, and fills the columns whose texts are the keys.
  void finish_entity(const EntityPlan& entity) {
    const std::size_t id = id_of(entity);
    EntityFacts& out = facts(id);
    if (!dropped_[id].empty()) {
      const std::vector<bool>& dropped = dropped_[id];
      const bool keyed = out.keys.size() > 0;
      std::uint32_t kept = 0;
      for (std::uint32_t row = 0; row < out.rows; ++row) {
        if (keyed) out.keys.set_row(row, dropped[row] ? none : kept);
        if (dropped[row]) continue;
        if (keyed) out.key_codes.push_back(row);
        out.places[kept++] = out.places[row];
      }
      out.places.resize(kept);
      for (const FieldPlan& field : entity.fields) {
        if (!field.is_key) drop_rows(out.columns[field.field], dropped);
      }
      out.rows = kept;
    }
    for (const FieldPlan& field : entity.fields) {
      if (!field.is_key) continue;
      std::vector<const Text*>& texts = out.columns[field.field].texts;
      texts.resize(out.rows);
      for (std::uint32_t row = 0; row < out.rows; ++row) {
        texts[row] = out.keys.text(out.key_codes.empty() ? row : out.key_codes[row]);
      }
    }
  }

  const ReadingPlan& plan_;
  Readers& readers_;
  FactStore& store_;
  std::vector<std::vector<RawBad>>& bad_;
  std::vector<const EntityPlan*> read_;
  std::vector<std::vector<Piece>> pieces_;                      // by entity, in the order of rows
  std::vector<std::vector<std::vector<std::uint32_t>>> codes_;  // by thread, entity and its code: the store's code
  std::vector<std::vector<bool>> dropped_;                      // by entity and row; empty where none is
};

}  // namespace

void assemble(const ReadingPlan& plan, Readers& readers, const std::vector<PartResult>& parts, FactStore& store,
              std::vector<std::vector<RawBad>>& bad) {
  Assembling(plan, readers, store, bad).run(parts);
}

}  // namespace writ::facts
