#include "service/dispatch/call_id.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

constexpr size_t kIdLength = 13;  // × 5 bits ≥ 64 bits
constexpr absl::string_view kDigits = "0123456789abcdefghijklmnopqrstuv";

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection, so that different counters never give the same id.
uint64_t Mix(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

bool IsLowerHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char digit) { return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'); });
}

bool IsZero(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char digit) { return digit == '0'; });
}

}  // namespace

std::string CallIds::Next() {
  uint64_t value = Mix(next_.fetch_add(0x9E3779B97F4A7C15u, std::memory_order_relaxed));
  std::string id(kIdLength, '0');
  for (char& digit : id) {
    digit = kDigits[value & 31];
    value >>= 5;
  }
  return id;
}

absl::string_view TraceId(absl::string_view traceparent) {
  constexpr size_t kLength = 55;  // 00-<32>-<16>-<2>
  if (traceparent.size() != kLength || traceparent.substr(0, 3) != "00-" || traceparent[35] != '-' ||
      traceparent[52] != '-') {
    return "";
  }
  const absl::string_view trace = traceparent.substr(3, 32);
  const absl::string_view parent = traceparent.substr(36, 16);
  const absl::string_view flags = traceparent.substr(53, 2);
  const bool well_formed = IsLowerHex(trace) && IsLowerHex(parent) && IsLowerHex(flags);
  return well_formed && !IsZero(trace) && !IsZero(parent) ? trace : absl::string_view();
}

}  // namespace staffroom
