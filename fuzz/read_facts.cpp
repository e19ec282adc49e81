// Evidence of any bytes. The first byte chooses the rules, the name of the file and how it is cut while it is read,
// the rest is its contents; a second, sound file lies beside it. Whatever it holds, the store and every message are
// the same with one thread and with many, and whether the file is read at once or a few bytes at a time.
#include <array>
#include <memory>
#include <string_view>

#include "engine/facts/ingest.hpp"
#include "fuzz/invariants.hpp"
#include "language/compile.hpp"
#include "stdlib/functions/table.hpp"

namespace {

using writ::facts::FactStore;
using writ::fuzz::require;
using writ::language::Program;

constexpr std::string_view organization = R"(
enum Status { active, on_leave, terminated }
entity Person {
  id: String key
  name: String?
  status: Status = active
  born: Date?
  boss: Person?
  reports: Person via boss
  tags: Set<String> = {}
}
entity Account {
  number: Int key
  owner: Person
  holders: List<Person> = []
  seen: Timestamp?
  rate: Float = 0.5
  grace: Duration?
  every: Period?
  nets: List<Network> = []
  address: { city: String?, zip: Int }?
  leaves: List<{ from: Date, until: Date? }> = []
  enabled: Bool = true
}
entity Event {
  day: Date key
  place: String key
  at: Timestamp at "meta.at"
  first: String? at "items[0].name"
  names: List<String> at "items[*].name"
}
entity Note { text: String?  size: Int? }
)";

constexpr std::string_view vendor = R"(
entity Group from "*.json" at "SecurityGroups[*]" {
  id: String key at "GroupId"
  name: String? at "GroupName"
}
entity Permission from "*.json" at "SecurityGroups[*].IpPermissions[*]" {
  group: String at "^.GroupId"
  port: Int? at "FromPort"
  ranges: List<Network> at "IpRanges[*].CidrIp"
  owners: Set<String> at "UserIdGroupPairs[*].UserId"
}
entity Settings from "**/settings.json" {
  length: Int at "policy.MinimumPasswordLength"
  symbols: Bool? at "policy.RequireSymbols"
}
entity Pull from "*.json" at "pulls[*]" { number: Int key  merged: Timestamp? at "merged_at" }
)";

constexpr std::array<std::string_view, 8> names{"account.json",   "person.ndjson", "all.json",      "mixed.ndjson",
                                                "accounts.jsonl", "event.json",    "settings.json", "note.ndjson"};

const Program& program_of(std::string_view rules) {
  static const auto compiled = [] {
    std::array<Program, 2> out;
    std::size_t i = 0;
    for (const std::string_view text : {organization, vendor}) {
      writ::diagnostics::Sink sink;
      out[i++] = writ::language::compile({{{"rules.writ", std::string(text)}}, {}, writ::functions::table()}, sink);
      require(!sink.has_errors(), "the target's own rules compile");
    }
    return out;
  }();
  return compiled[rules == organization ? 0 : 1];
}

struct Read {
  FactStore store;
  writ::diagnostics::Sink sink;
};

// How a file is cut: the size of the buffer at first, and of the parts that threads share.
struct Cut {
  std::size_t chunk = 256 * 1024;
  std::size_t part = 4 * 1024 * 1024;
};

// A buffer shorter than a token, than a record, than the file; parts that begin in the middle of a line.
constexpr std::array<Cut, 16> cuts{{{1, 1},
                                    {2, 3},
                                    {3, 1000},
                                    {5, 8},
                                    {7, 31},
                                    {16, 16},
                                    {31, 100},
                                    {32, 2},
                                    {48, 64},
                                    {63, 17},
                                    {64, 64},
                                    {65, 128},
                                    {100, 7},
                                    {128, 256},
                                    {256, 50},
                                    {1000, 300}}};

std::unique_ptr<Read> read(const Program& program, const std::string& name, const std::string& contents,
                           unsigned threads, const Cut& cut) {
  auto out = std::make_unique<Read>();
  writ::facts::IngestOptions options;
  options.all_entities = true;
  options.threads = threads;
  options.chunk_bytes = cut.chunk;
  options.part_bytes = cut.part;
  std::vector<writ::facts::FactInput> inputs;
  inputs.push_back({name, name, contents, true});
  inputs.push_back({"people.json", "people.json", R"([{"id": "p1"}, {"id": "p2", "boss": "p1"}])", true});
  out->store = writ::facts::ingest(program, std::move(inputs), options, out->sink);
  return out;
}

// Every value of the store, and all that it reports, as text.
std::string dump(const Program& program, const Read& read) {
  const FactStore& store = read.store;
  std::string out;
  const auto place = [&](const writ::facts::TextPlace& at) {
    out += at.path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + at.pointer + "\n";
  };
  for (std::uint32_t e = 0; e < program.entities.size(); ++e) {
    const writ::language::EntityDef& entity = program.entities[e];
    const writ::facts::EntityFacts& facts = store.entities[e];
    const auto id = static_cast<writ::types::EntityId>(e);
    out += entity.name + " " + std::to_string(facts.rows) + " rows, " + std::to_string(facts.bad) + " bad" +
           (facts.supplied ? ", supplied" : "") + (facts.broken ? ", broken: " + facts.broken_reason : "") + "\n";
    for (std::uint32_t row = 0; row < facts.rows; ++row) {
      out += std::string(store.key(id, row)) + " at ";
      const writ::facts::TextPlace at = store.locate(id, row);
      require(at.line > 0 && at.column > 0, "a record has a place");
      place(at);
      for (std::uint32_t f = 0; f < entity.fields.size(); ++f) {
        const writ::language::FieldDef& field = entity.fields[f];
        if (field.inverse) {
          out += field.name + ":";
          for (const std::uint32_t other : facts.inverses[f].of(row)) out += " " + std::to_string(other);
          out += "\n";
          continue;
        }
        require(facts.columns[f].size() == facts.rows, "a column has a value for each record");
        out +=
            field.name + ": " + writ::facts::to_text(facts.columns[f].at(row), field.type, program, store) + "\n";
        if (row < 3) place(store.locate(id, row, field.path));
      }
    }
  }
  for (const auto& bad : store.bad_records) {
    require(!bad.reason.empty(), "a bad record has a reason");
    out += bad.reason + " at ";
    place(bad.place);
  }
  for (const auto& unknown : store.unknown_fields) {
    out += unknown.name + " " + std::to_string(unknown.count) + " " + unknown.nearest + " ";
    place(unknown.first);
  }
  return out + writ::diagnostics::render_text(read.sink, *program.sources, {});
}

void require_same(const std::string& expected, const std::string& found, const char* what) {
  if (expected == found) return;
  std::fprintf(stderr, "---- at once\n%s\n---- in pieces\n%s\n", expected.c_str(), found.c_str());
  require(false, what);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t choice = data[0];
  const Program& program = program_of(choice % 2 == 0 ? organization : vendor);
  const std::string name(names[choice / 2 % names.size()]);
  const std::string contents(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Cut& cut = cuts[choice / 16];
  const auto once = read(program, name, contents, 1, {});
  writ::fuzz::require_renders(once->sink, *program.sources);
  const std::string text = dump(program, *once);
  const std::string in_pieces = dump(program, *read(program, name, contents, 1, cut));
  require_same(text, in_pieces, "how a file is cut changes nothing");
  require_same(in_pieces, dump(program, *read(program, name, contents, 4, cut)), "threads change nothing");
  return 0;
}
