// The peer that `writ eval` is measured against: a small program that loads a file of mixed NDJSON whole and
// visits, with simdjson on-demand, the fields that the access controls read, record by record. It does nothing with
// them but add up lengths and numbers, which it prints, so that no visit can be left out.
//   simdjson_visit FILE [BATCH-BYTES]
#include <simdjson.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

namespace {

namespace ondemand = simdjson::ondemand;

enum class Read : std::uint8_t { text, flag, number, texts };

struct Field {
  std::string_view name;
  Read read = Read::text;
};

// In the order in which exports write them, which is the fastest for on-demand.
constexpr Field access_grant[] = {{"id"},          {"account"},    {"role"},       {"method"},
                                  {"environment"}, {"granted_at"}, {"expires_at"}, {"revoked_at"}};
constexpr Field account[] = {{"id"},
                             {"system"},
                             {"login"},
                             {"kind"},
                             {"owner"},
                             {"enabled", Read::flag},
                             {"created_at"},
                             {"disabled_at"},
                             {"last_used_at"},
                             {"password_enabled", Read::flag},
                             {"sso", Read::flag},
                             {"mfa_enrolled", Read::flag},
                             {"mfa_methods", Read::texts}};
constexpr Field approval[] = {{"id"}, {"approver"}, {"decision"}, {"at"}, {"withdrawn_at"}, {"access_grant"}};
constexpr Field asset[] = {{"id"},
                           {"name"},
                           {"kind"},
                           {"status"},
                           {"environment"},
                           {"owner"},
                           {"first_seen_on"},
                           {"last_seen_on"},
                           {"registered_on"},
                           {"retired_on"},
                           {"last_reviewed_on"},
                           {"remote_password_login", Read::flag}};
constexpr Field auth_policy[] = {{"id"},
                                 {"system"},
                                 {"password_login", Read::flag},
                                 {"min_length", Read::number},
                                 {"character_classes", Read::number},
                                 {"checks_breached", Read::flag},
                                 {"mfa_required", Read::flag},
                                 {"mfa_methods", Read::texts}};
constexpr Field credential[] = {{"id"},         {"account"},     {"kind"},
                                {"use"},        {"fingerprint"}, {"enabled", Read::flag},
                                {"created_at"}, {"rotated_at"}};
constexpr Field employment[] = {{"id"}, {"person"}, {"hire_kind"}, {"started_on"}, {"ended_on"}, {"title"}};
constexpr Field endpoint[] = {{"id"},
                              {"host"},
                              {"port", Read::number},
                              {"protocol"},
                              {"system"},
                              {"public", Read::flag},
                              {"carries_service_data", Read::flag},
                              {"redirects_to_tls", Read::flag},
                              {"tls_versions", Read::texts},
                              {"weak_ciphers", Read::flag},
                              {"certificate_trusted", Read::flag},
                              {"certificate_expires_at"},
                              {"scanned_at"}};
constexpr Field environment[] = {{"id"}, {"name"}, {"kind"}, {"system"}};
constexpr Field person[] = {{"id"}, {"name"}};
constexpr Field review[] = {{"id"}, {"kind"}, {"reviewed_on"}, {"reviewer"}, {"decision"}, {"access_grant"}};
constexpr Field system_fields[] = {{"id"},
                                   {"name"},
                                   {"in_scope", Read::flag},
                                   {"developed_in_house", Read::flag},
                                   {"sensitive", Read::flag},
                                   {"identity_provider"}};

struct Entity {
  std::string_view name;
  std::span<const Field> fields;
};
constexpr std::array<Entity, 12> entities = {{{"AccessGrant", access_grant},
                                              {"Account", account},
                                              {"Approval", approval},
                                              {"Asset", asset},
                                              {"AuthPolicy", auth_policy},
                                              {"Credential", credential},
                                              {"Employment", employment},
                                              {"Endpoint", endpoint},
                                              {"Environment", environment},
                                              {"Person", person},
                                              {"Review", review},
                                              {"System", system_fields}}};

struct Sums {
  std::uint64_t records = 0;
  std::uint64_t visited = 0;
  std::uint64_t bytes = 0;
  std::uint64_t others = 0;
};

// A member that is null or not there counts for nothing.
void visit(ondemand::object& object, const Field& field, Sums& sums) {
  ondemand::value value;
  if (object.find_field_unordered(field.name).get(value) != simdjson::SUCCESS || value.is_null()) return;
  switch (field.read) {
    case Read::text:
      sums.bytes += std::string_view(value.get_string()).size();
      break;
    case Read::flag:
      sums.others += bool(value.get_bool()) ? 1U : 0U;
      break;
    case Read::number:
      sums.others += static_cast<std::uint64_t>(std::int64_t(value.get_int64()));
      break;
    case Read::texts:
      for (auto element : value.get_array()) sums.bytes += std::string_view(element.get_string()).size();
      break;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: simdjson_visit FILE [BATCH-BYTES]\n");
    return 2;
  }
  try {
    const std::size_t batch = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    const simdjson::padded_string text = simdjson::padded_string::load(argv[1]);
    ondemand::parser parser;
    ondemand::document_stream stream = parser.iterate_many(text, batch);
    Sums sums;
    for (auto document : stream) {
      ++sums.records;
      ondemand::object object = document.get_object();
      const std::string_view name = object.find_field_unordered("entity").get_string();
      for (const Entity& entity : entities) {
        if (entity.name != name) continue;
        ++sums.visited;
        for (const Field& field : entity.fields) visit(object, field, sums);
        break;
      }
    }
    std::printf("%llu records, %llu visited, %llu bytes of text, %llu\n",
                static_cast<unsigned long long>(sums.records), static_cast<unsigned long long>(sums.visited),
                static_cast<unsigned long long>(sums.bytes), static_cast<unsigned long long>(sums.others));
  } catch (const simdjson::simdjson_error& error) {
    std::fprintf(stderr, "simdjson_visit: %s\n", error.what());
    return 1;
  }
}
