#ifndef STAFFROOM_STORAGE_WRITE_BATCH_H_
#define STAFFROOM_STORAGE_WRITE_BATCH_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "storage/family.h"

namespace staffroom::storage {

// What Store::Write does in one atomic step: puts and deletes in order, so that of two for one key the later holds.
// Not thread-safe. An example is BatchOrder in tests/conformance/store_conformance_test.cc.
class WriteBatch {
 public:
  struct Operation {
    Family family;
    std::string key;
    absl::optional<std::string> value;  // none: delete the key, whether it is there or not
  };

  void Put(Family family, std::string key, std::string value) {
    bytes_ += key.size() + value.size();
    operations_.push_back({family, std::move(key), std::move(value)});
  }
  void Delete(Family family, std::string key) {
    bytes_ += key.size();
    operations_.push_back({family, std::move(key), absl::nullopt});
  }
  // Takes back whatever was added after the first `operations`. REQUIRES: there are as many.
  void Truncate(size_t operations) {
    for (; operations_.size() > operations; operations_.pop_back()) {
      const Operation& last = operations_.back();
      bytes_ -= last.key.size() + (last.value.has_value() ? last.value->size() : 0);
    }
  }
  void Clear() { Truncate(0); }

  const std::vector<Operation>& operations() const { return operations_; }
  bool empty() const { return operations_.empty(); }
  size_t bytes() const { return bytes_; }  // of keys and values

 private:
  std::vector<Operation> operations_;
  size_t bytes_ = 0;
};

}  // namespace staffroom::storage

#endif  // STAFFROOM_STORAGE_WRITE_BATCH_H_
