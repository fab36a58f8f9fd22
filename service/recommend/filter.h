#ifndef STAFFROOM_SERVICE_RECOMMEND_FILTER_H_
#define STAFFROOM_SERVICE_RECOMMEND_FILTER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/recommend/asking.h"
#include "service/recommend/item.h"

namespace staffroom {

// At most so many filters: each has a bit in a candidate's marks.
inline constexpr int kFiltersMax = 16;

// Notes what one filter drops.
class Marker {
 public:
  Marker(const Asking& asking, int filter) : asking_(asking), bit_(static_cast<uint16_t>(1u << filter)) {}

  // The item itself; one of another kind than is wanted is no candidate and is passed over.
  void Mark(Item item) const {
    if (item.kind != asking_.query.item_kind || !item) return;
    uint16_t& bits = asking_.scratch.marks(item.kind).At(item.ordinal);
    bits = static_cast<uint16_t>(bits | bit_);
  }

  // The account and everything it wrote or publishes.
  void MarkAccountAndItsThings(AccountOrdinal account) const {
    Mark(Item(account));
    for (const ResourceOrdinal resource : asking_.view.catalog.ResourcesOf(account)) Mark(Item(resource));
  }

 private:
  const Asking& asking_;
  const uint16_t bit_;
};

// One reason why a candidate is not recommended. Thread-safe: filters keep nothing of a request.
class Filter {
 public:
  virtual ~Filter() = default;

  // Stable, for traces and metrics.
  virtual absl::string_view name() const = 0;

  // Lists, once a request, what is dropped because of something the asker did or said: sources then do not waste a place
  // on it, and the filter costs one load a candidate.
  virtual void Mark(const Asking& asking, const Marker& marker) const;

  // Whether a candidate is dropped for what it is; what Mark listed is dropped anyway. Asked only of filters that judge.
  virtual bool Drops(const Asking& asking, Item item) const;
  virtual bool judges() const { return false; }

  // A soft filter drops only where others remain.
  virtual bool soft() const { return false; }
};

// All of them, in the order in which they are asked and counted.
std::vector<std::unique_ptr<Filter>> DefaultFilters();

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_FILTER_H_
