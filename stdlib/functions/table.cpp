#include "stdlib/functions/table.hpp"

#include <vector>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

namespace {

struct Tables {
  std::vector<language::FunctionEntry> entries;
  std::vector<facts::Kernel> kernels;

  Tables() {
    for (const Family family :
         {strings(), numbers(), collections(), networks(), calendar(), versions(), formats()}) {
      for (const Function& function : family) {
        entries.push_back(function.entry);
        kernels.push_back(function.kernel);
      }
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

}  // namespace writ::functions
