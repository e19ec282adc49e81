// The members of a declaration that stand in several tables of the tree, put back into the order of the text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "language/format/layout.hpp"

namespace writ::format {

class Members {
 public:
  template <typename Nodes, typename Print>
  void add(const Nodes& nodes, Print print) {
    for (const auto& each : nodes) members_.push_back({each.span.begin, [&each, print] { return print(each); }});
  }
  void add_at(std::uint32_t begin, std::function<DocId()> print) { members_.push_back({begin, std::move(print)}); }

  template <typename With>
  void in_order(With&& with) {
    std::stable_sort(members_.begin(), members_.end(),
                     [](const Member& a, const Member& b) { return a.begin < b.begin; });
    for (std::size_t i = 0; i < members_.size(); ++i) with(i == 0, members_[i].print);
  }

 private:
  struct Member {
    std::uint32_t begin = 0;
    std::function<DocId()> print;
  };
  std::vector<Member> members_;
};

}  // namespace writ::format
