#ifndef STAFFROOM_SERVICE_RECOMMEND_DENSE_MAP_H_
#define STAFFROOM_SERVICE_RECOMMEND_DENSE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace staffroom {

// ordinal → number, for the length of one request: an array over all ordinals and the list of those that were written, so
// that a look-up is one load and emptying costs what was written. It is kept between requests; a hash map would allocate.
template <typename Value>
class DenseMap {
 public:
  // Makes ordinals below `limit` addressable.
  void Fit(size_t limit) {
    if (values_.size() < limit) values_.resize(limit);
  }

  size_t limit() const { return values_.size(); }

  Value Get(uint32_t ordinal) const { return ordinal < values_.size() ? values_[ordinal] : Value{}; }

  // The place of an ordinal below the limit; whoever asks for it writes something other than zero.
  Value& At(uint32_t ordinal) {
    if (values_[ordinal] == Value{}) written_.push_back(ordinal);
    return values_[ordinal];
  }

  // The ordinals that were written, in order of their first write.
  absl::Span<const uint32_t> written() const { return written_; }

  void Clear() {
    for (const uint32_t ordinal : written_) values_[ordinal] = Value{};
    written_.clear();
  }

 private:
  std::vector<Value> values_;
  std::vector<uint32_t> written_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_DENSE_MAP_H_
