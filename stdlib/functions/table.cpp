#include "stdlib/functions/table.hpp"

#include <vector>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

namespace {

struct Tables {
  std::vector<language::FunctionEntry> entries;
  std::vector<facts::Kernel> kernels;
  std::vector<Chapter> chapters;

  Tables() {
    const Family all[] = {strings(),  patterns(), numbers(), units(),    encodings(), collections(),
                          networks(), calendar(), parsing(), versions(), formats()};
    for (const Family& family : all) {
      const std::size_t first = entries.size();
      for (const Function& function : family.functions) {
        entries.push_back(function.entry);
        kernels.push_back(function.kernel);
      }
      chapters.push_back({family.title, first, entries.size() - first});
    }
  }
};

const Tables& tables() {
  static const Tables made;
  return made;
}

}  // namespace

language::FunctionTable table() { return tables().entries; }
facts::KernelTable kernels() { return tables().kernels; }
std::span<const Chapter> chapters() { return tables().chapters; }

}  // namespace writ::functions
