// The fact store of a test, made of the records that it gives.
// In: a checked test, what is to be read of each entity (all of it), and a run that computes the values. Out: a
// store as evidence would make it; entities that the test does not speak of are supplied, empty and fresh. A field
// that is left out has its default, is missing where it is optional, and else is unset: reading it is an error that
// carries a number, which `unset` explains. Keys that are left out are made up.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/run.hpp"
#include "engine/facts/reading_plan.hpp"
#include "engine/facts/store.hpp"
#include "engine/tests/results.hpp"
#include "language/program.hpp"

namespace writ::tests {

struct UnsetField {
  types::EntityId entity{};
  std::uint32_t row = 0;
  std::string name;   // `ended_on`, `address.city`
  source::Span span;  // of the record
};

struct Fixture {
  facts::FactStore store;
  std::vector<UnsetField> unset;  // by number - 1
  std::vector<Fault> faults;      // the store is not to be used where there are any
};

// `plan` is of all entities and fields. What values point to is owned by `values`, which must outlive the fixture.
Fixture make_fixture(const language::Program& program, const facts::ReadingPlan& plan,
                     const language::TestDef& test, eval::Run& values);

}  // namespace writ::tests
