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
  const std::optional<JsonFault> text_fault = index.build_whole(bytes.data(), text.size(), view);
  if (view.count == 0) return text_fault ? text_fault : JsonFault{text.size(), "a value is expected"};
  JsonWalker walker;
  walker.bind(view);
  const std::uint32_t next = walker.value(0, 0);
  if (next == JsonWalker::failed) return walker.incomplete && text_fault ? text_fault : walker.fault;
  if (next != view.count) return JsonFault{view.index[next], "the end of the text is expected"};
  return text_fault;
}

}  // namespace writ::facts
