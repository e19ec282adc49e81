#include "engine/derive/sites.hpp"

#include <algorithm>
#include <utility>

namespace writ::derive {

using language::CheckId;
using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::Program;
using plan::Operator;
using plan::OperatorKind;
using plan::Pipeline;

namespace {

class Gathering {
 public:
  Gathering(const Program& program, const plan::Plan& plan)
      : program_(program), plan_(plan), entered_(program.functions.size()), indexed_(plan.indexes.size()) {
    out_.calls.resize(program.functions.size());
  }

  Sites take() { return std::move(out_); }

  void check(CheckId id) {
    Frame frame;
    for (const plan::Stage& stage : plan_.checks[index(id)].stages) pipeline(stage.pipeline, frame);
    for (const language::Requirement& requirement : program_.checks[index(id)].requirements) {
      expression(requirement.condition, frame);
      expression(requirement.message, frame);
    }
    for (const language::WaiverDef& waiver : program_.waivers) {
      if (waiver.where != ExprId::none && waiver.check.value_or(id) == id) expression(waiver.where, frame);
    }
  }

  void derivation(std::uint32_t id) {
    const plan::DerivationPlan& plan = plan_.derivations[id];
    std::vector<const Pipeline*> ways{&plan.whole};
    for (const Pipeline& delta : plan.deltas) ways.push_back(&delta);
    for (const Pipeline* way : ways) {
      Frame frame;
      own_ = program_.derivations[id].target;
      pipeline(*way, frame);
      for (const ExprId value : program_.derivations[id].values) expression(value, frame);
      own_ = std::nullopt;
    }
  }

 private:
  // Whatever a part of a pipeline gives for a combination that any of its conditions excludes counts for nothing.
  void pipeline(const Pipeline& pipeline, Frame& frame) {
    for (const Operator& op : pipeline.operators) {
      if (op.kind == OperatorKind::prefilter) frame.conditions.push_back(op.value);
    }
    frame.conditions.insert(frame.conditions.end(), pipeline.where.begin(), pipeline.where.end());
    for (const Operator& op : pipeline.operators) {
      switch (op.kind) {
        case OperatorKind::scan:
        case OperatorKind::lookup:
          for (const ExprId key : op.keys) expression(key, frame);
          if (op.kind == OperatorKind::lookup) enter_index(op.index);
          if (of_interest(op.entity)) ask(op, pipeline, frame);
          break;
        case OperatorKind::expand:
        case OperatorKind::compute:
        case OperatorKind::prefilter:
          expression(op.value, frame);
          break;
      }
      if (op.kind != OperatorKind::prefilter) frame.binders.push_back(op);
    }
    for (const ExprId conjunct : pipeline.where) expression(conjunct, frame);
  }

  // A clause's uses of its own relation ask for nothing from outside.
  bool of_interest(types::EntityId entity) const { return program_.entity(entity).relation && entity != own_; }

  void ask(const Operator& op, const Pipeline& pipeline, const Frame& frame) {
    Site site;
    site.frame = frame;
    site.keys = op.keys;
    site.tuple = index(op.local);
    site.conditions = frame.conditions;
    for (const Operator& value : pipeline.operators) {
      if (value.kind == OperatorKind::compute) site.values.push_back(value);
    }
    if (op.kind == OperatorKind::lookup) {
      const plan::Index& looked_in = plan_.indexes[index(op.index)];
      site.conditions.insert(site.conditions.end(), looked_in.filters.begin(), looked_in.filters.end());
      for (std::size_t i = 0; i < op.keys.size(); ++i) {
        const Expr& key = program_.expr(looked_in.keys[i]);
        if (key.kind != ExprKind::field || key.ref > 1) continue;
        const Expr& tuple = program_.expr(key.operands[0]);
        if (tuple.kind == ExprKind::local && tuple.ref == site.tuple) site.by_column[key.ref] = op.keys[i];
      }
    }
    out_.sites[index(op.entity)].push_back(std::move(site));
  }

  void enter_index(plan::IndexId id) {
    if (indexed_[index(id)]) return;
    indexed_[index(id)] = true;
    const plan::Index& def = plan_.indexes[index(id)];
    const std::optional<types::EntityId> outside = std::exchange(own_, std::nullopt);
    Frame frame;
    Operator scan;
    scan.kind = OperatorKind::scan;
    scan.local = def.local;
    scan.entity = def.entity;
    frame.binders.push_back(std::move(scan));
    frame.conditions = def.filters;
    for (const ExprId filter : def.filters) expression(filter, frame);
    for (const ExprId key : def.keys) expression(key, frame);
    own_ = outside;
  }

  // Each expression below the root, in the frame of the root, but for what stands in queries.
  void expression(ExprId root, const Frame& frame) {
    std::vector<ExprId> open{root};
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      if (id == ExprId::none) continue;
      const Expr& expr = program_.expr(id);
      if (expr.kind == ExprKind::all) out_.whole.insert(expr.ref);
      if (expr.kind == ExprKind::query) query(expr.ref, frame);
      if (expr.kind == ExprKind::call) {
        out_.calls[expr.ref].push_back({frame, expr.operands});
        enter_function(expr.ref);
      }
      open.insert(open.end(), expr.operands.begin(), expr.operands.end());
    }
  }

  void query(std::uint32_t id, const Frame& around) {
    const language::Query& query = program_.queries[id];
    expression(query.range, around);
    Frame frame = around;
    pipeline(plan_.queries[id], frame);
    expression(query.body, frame);
    expression(query.order, frame);
  }

  void enter_function(std::uint32_t id) {
    if (entered_[id]) return;
    entered_[id] = true;
    const std::optional<types::EntityId> outside = std::exchange(own_, std::nullopt);
    expression(program_.functions[id].body, {id, {}, {}});
    own_ = outside;
  }

  const Program& program_;
  const plan::Plan& plan_;
  std::vector<bool> entered_;
  std::vector<bool> indexed_;
  std::optional<types::EntityId> own_;
  Sites out_;
};

}  // namespace

Sites sites_of(const Program& program, const plan::Plan& plan, const std::vector<CheckId>& checks,
               const std::vector<std::uint32_t>& relations) {
  Gathering gathering(program, plan);
  for (const CheckId check : checks) gathering.check(check);
  for (std::uint32_t id = 0; id < program.derivations.size(); ++id) {
    const std::uint32_t target = index(program.derivations[id].target);
    if (std::binary_search(relations.begin(), relations.end(), target)) gathering.derivation(id);
  }
  return gathering.take();
}

}  // namespace writ::derive
