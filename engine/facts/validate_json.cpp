#include <vector>

#include "engine/facts/json_index.hpp"
#include "engine/facts/json_walker.hpp"

namespace writ::facts {

std::optional<JsonFault> validate_json(std::string_view text) {
  if (text.size() >= JsonIndex::max_bytes) return JsonFault{0, "the text is longer than 1 GiB"};
  std::vector<char> bytes(text.begin(), text.end());
  bytes.resize(text.size() + JsonView::slack + 1);
  JsonIndex index;
  JsonView view;
  if (index.build(bytes.data(), text.size(), view) != IndexResult::ok) {
    const std::optional<JsonFault> fault = find_text_fault(text);
    return fault ? fault : JsonFault{0, "the text is not JSON"};
  }
  if (view.count == 0) return JsonFault{text.size(), "a value is expected"};
  JsonWalker walker;
  walker.bind(view);
  const std::uint32_t next = walker.value(0, 0);
  if (next == JsonWalker::failed) return walker.fault;
  if (next != view.count) return JsonFault{view.index[next], "the end of the text is expected"};
  return std::nullopt;
}

}  // namespace writ::facts
