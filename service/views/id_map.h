#ifndef STAFFROOM_SERVICE_VIEWS_ID_MAP_H_
#define STAFFROOM_SERVICE_VIEWS_ID_MAP_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace staffroom {

// id → ordinal. The keys are the bytes that the catalog's arena already holds: 24 bytes an entry, no second copy.
class IdMap {
 public:
  // 0 when the id is unknown.
  uint32_t Find(absl::string_view id) const {
    const auto found = ordinals_.find(id);
    return found == ordinals_.end() ? 0 : found->second;
  }
  // `id` must outlive the entry.
  void Put(absl::string_view id, uint32_t ordinal) { ordinals_.insert_or_assign(id, ordinal); }
  void Erase(absl::string_view id) { ordinals_.erase(id); }
  size_t bytes() const { return ordinals_.capacity() * (sizeof(absl::string_view) + sizeof(uint64_t) + 1); }

 private:
  absl::flat_hash_map<absl::string_view, uint32_t> ordinals_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_ID_MAP_H_
