// Reads a JSON document: an object of arrays by entity name, an array or an envelope of records, or a vendor's
// document whose records lie where `at` leads. Elements of the outermost array are read one by one, so that memory
// follows the longest record. Every byte is validated.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/document_stream.hpp"
#include "engine/facts/evidence_reader.hpp"

namespace writ::facts {

// Whose records a document holds.
struct DocumentRoute {
  std::vector<const EntityPlan*> vendor;  // those whose `at` leads into it; empty: it is read by names
  std::optional<std::uint32_t> named;     // the entity that the file is named for
  std::string name;                       // of the file, without its ending
  std::string path;                       // as messages show it
  bool may_hold(const EntityPlan& of) const;
  // Whether it says before it is read that it holds records of an entity.
  bool names(const EntityPlan& of) const { return (named || !vendor.empty()) && may_hold(of); }
};

class DocumentReader {
 public:
  DocumentReader(EvidenceReader& reader, std::size_t chunk_bytes);
  void read(const ByteSource& source, const DocumentRoute& route, PartResult& result);

 private:
  // An entity whose records are in a value, from a step of its `at` on.
  struct Target {
    const EntityPlan* entity = nullptr;
    std::size_t step = 0;
  };
  // Where the outermost arrays of vendors' records are.
  struct Outer {
    std::size_t step = 0;
    std::map<std::string, Outer, std::less<>> members;
    std::map<std::uint64_t, Outer> items;
    std::unique_ptr<Outer> each;
    std::vector<Target> targets;  // whose records are in each value here
    bool inner() const { return !members.empty() || !items.empty() || each != nullptr; }
  };
  using Member = std::function<bool(const std::string&)>;
  using Element = std::function<bool(std::uint64_t)>;

  // Each reads one value, or says what is wrong and gives false.
  bool open(const ByteSource& source);
  bool trailing();
  bool vendor_document();
  bool vendor_value(const Outer* outer, std::uint32_t depth);
  bool named_document();
  bool named_member(const std::string& name);
  bool envelope_member(const std::string& name);
  bool envelope_records();
  bool unit(const std::vector<Target>& targets, std::uint32_t depth);
  bool record(const EntityPlan& entity, std::uint32_t depth);
  bool array_of(const EntityPlan& entity, std::uint32_t depth);
  bool holds(const EntityPlan& entity) const;
  bool unknown_array(const std::string& name, std::uint32_t depth);
  bool skip(std::uint32_t depth);
  bool descend(std::uint32_t depth);
  bool members(std::uint32_t depth, const Member& member);
  bool elements(std::uint32_t depth, const Element& element);

  bool string(std::string& out);
  bool fail(std::uint32_t token, const char* what);
  bool refuse(std::uint64_t offset, std::string what);
  bool fault_of_walk();
  void conclude();
  void complain(diagnostics::Code code, std::uint64_t offset, std::string message, std::string label,
                std::string help);
  void supply(const EntityPlan& entity);
  void place_checkpoint(std::uint64_t element);
  std::string_view what_stands() const;

  EvidenceReader& reader_;
  DocumentStream stream_;
  const DocumentRoute* route_ = nullptr;
  PartResult* result_ = nullptr;
  std::vector<bool> reached_;
  std::string pointer_;  // of the value that is being read
  std::uint32_t array_ = 0;
  Checkpoint checkpoint_;  // the last one; its array is `no_array` where there is none yet
  bool refused_ = false;

  // Of a document that is read by names.
  std::optional<std::string> entity_;  // what its `entity` says
  std::uint64_t entity_at_ = 0;
  std::optional<std::uint64_t> deferred_;    // where `records` are whose entity was not known yet
  std::optional<std::uint32_t> records_of_;  // whose they were taken to be
  bool second_pass_ = false;
  bool holds_none_ = false;  // it has been read to its end, and is no object and no array
};

}  // namespace writ::facts
