#ifndef STAFFROOM_SERVICE_CLIENT_IMPORT_LEDGER_H_
#define STAFFROOM_SERVICE_CLIENT_IMPORT_LEDGER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "service/base/mutex.h"
#include "service/client/import_item.h"

namespace staffroom {

// Counts what went in, and names what did not, once each, as `file:line: reason`. Thread-safe.
class ImportLedger {
 public:
  struct Totals {
    int64_t imported = 0;
    int64_t refused = 0;
    friend bool operator==(const Totals&, const Totals&) = default;
  };

  // `print` gets a line without its end; calls do not overlap.
  explicit ImportLedger(std::function<void(const std::string&)> print) : print_(std::move(print)) {}

  void Imported();
  void Refused(const LinePosition& position, absl::string_view why);
  Totals totals() const;

 private:
  const std::function<void(const std::string&)> print_;
  mutable Mutex mutex_;
  Totals totals_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_IMPORT_LEDGER_H_
