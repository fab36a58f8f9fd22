#include "service/client/import_ledger.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "service/base/mutex.h"

namespace staffroom {

void ImportLedger::Imported() {
  MutexLock lock(&mutex_);
  ++totals_.imported;
}

void ImportLedger::Refused(const LinePosition& position, absl::string_view why) {
  MutexLock lock(&mutex_);
  ++totals_.refused;
  print_(absl::StrCat(*position.file, ":", position.line, ": ", why));
}

ImportLedger::Totals ImportLedger::totals() const {
  MutexLock lock(&mutex_);
  return totals_;
}

}  // namespace staffroom
