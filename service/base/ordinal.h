#ifndef STAFFROOM_SERVICE_BASE_ORDINAL_H_
#define STAFFROOM_SERVICE_BASE_ORDINAL_H_

#include <cstdint>
#include <utility>

namespace staffroom {

// The dense number of an account, a post or a resource: given in journal order, stored, never reused, from 1 (0 = none).
// Three types, so that a post's number cannot be looked up among accounts.
template <typename Tag>
class Ordinal {
 public:
  constexpr Ordinal() = default;
  explicit constexpr Ordinal(uint32_t value) : value_(value) {}
  constexpr uint32_t value() const { return value_; }
  constexpr explicit operator bool() const { return value_ != 0; }
  friend constexpr bool operator==(Ordinal, Ordinal) = default;
  friend constexpr auto operator<=>(Ordinal, Ordinal) = default;
  template <typename H>
  friend H AbslHashValue(H state, Ordinal ordinal) {
    return H::combine(std::move(state), ordinal.value_);
  }

 private:
  uint32_t value_ = 0;
};

using AccountOrdinal = Ordinal<struct AccountTag>;
using PostOrdinal = Ordinal<struct PostTag>;
using ResourceOrdinal = Ordinal<struct ResourceTag>;

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_BASE_ORDINAL_H_
