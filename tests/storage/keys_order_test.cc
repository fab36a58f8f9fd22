#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/keys.h"

// The order of keys as bytes is the order of their parts as numbers, part by part. Every scan leans on it, so it is
// tried where a wrong byte order shows: around every power of two.
namespace staffroom::storage {
namespace {

template <typename Unsigned>
std::vector<Unsigned> AroundPowersOfTwo() {
  std::vector<Unsigned> numbers = {0};
  for (int k = 0; k < std::numeric_limits<Unsigned>::digits; ++k) {
    const Unsigned power = Unsigned{1} << k;
    for (const Unsigned number : {static_cast<Unsigned>(power - 1), power, static_cast<Unsigned>(power + 1)}) {
      numbers.push_back(number);
    }
  }
  numbers.push_back(std::numeric_limits<Unsigned>::max());
  return numbers;
}

// `key_of` must keep the order and the difference of every two numbers.
template <typename Unsigned, typename KeyOf>
void ExpectOrderKept(const std::vector<Unsigned>& numbers, KeyOf key_of) {
  for (const Unsigned left : numbers) {
    for (const Unsigned right : numbers) {
      EXPECT_EQ(key_of(left) < key_of(right), left < right) << left << " and " << right;
      EXPECT_EQ(key_of(left) == key_of(right), left == right) << left << " and " << right;
    }
  }
}

TEST(KeyOrder, OrdinalsStandByNumber) { ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), OrdinalKey); }

TEST(KeyOrder, EdgesStandByActorThenKindThenTarget) {
  const auto ordinals = AroundPowersOfTwo<uint32_t>();
  ExpectOrderKept(ordinals, [](uint32_t n) { return EdgeKey({n, FOLLOW, {ITEM_ACCOUNT, 5}}); });
  ExpectOrderKept(ordinals, [](uint32_t n) { return EdgeKey({5, FOLLOW, {ITEM_ACCOUNT, n}}); });
  EXPECT_LT(EdgeKey({1, SAVE, {ITEM_RESOURCE, 9}}), EdgeKey({2, FOLLOW, {ITEM_ACCOUNT, 1}}));
  EXPECT_LT(EdgeKey({1, FOLLOW, {ITEM_ACCOUNT, 9}}), EdgeKey({1, SAVE, {ITEM_ACCOUNT, 1}}));
  EXPECT_LT(EdgeKey({1, SAVE, {ITEM_POST, 9}}), EdgeKey({1, SAVE, {ITEM_RESOURCE, 1}}));
}

TEST(KeyOrder, EdgesByTargetStandByTargetThenKindThenActor) {
  const auto ordinals = AroundPowersOfTwo<uint32_t>();
  ExpectOrderKept(ordinals, [](uint32_t n) { return EdgeByTargetKey({5, FOLLOW, {ITEM_ACCOUNT, n}}); });
  ExpectOrderKept(ordinals, [](uint32_t n) { return EdgeByTargetKey({n, FOLLOW, {ITEM_ACCOUNT, 5}}); });
  EXPECT_LT(EdgeByTargetKey({9, SAVE, {ITEM_POST, 9}}), EdgeByTargetKey({1, FOLLOW, {ITEM_RESOURCE, 1}}));
  EXPECT_LT(EdgeByTargetKey({1, SAVE, {ITEM_POST, 1}}), EdgeByTargetKey({1, FOLLOW, {ITEM_POST, 2}}));
  EXPECT_LT(EdgeByTargetKey({9, FOLLOW, {ITEM_POST, 1}}), EdgeByTargetKey({1, SAVE, {ITEM_POST, 1}}));
}

TEST(KeyOrder, EventsStandByActorThenHash) {
  ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), [](uint32_t n) { return EventKey({n, 5}); });
  ExpectOrderKept(AroundPowersOfTwo<uint64_t>(), [](uint64_t n) { return EventKey({5, n}); });
  EXPECT_LT(EventKey({1, ~0ull}), EventKey({2, 0}));
}

TEST(KeyOrder, EventsByTargetStandByTargetThenActorThenHash) {
  ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), [](uint32_t n) { return EventByTargetKey({{ITEM_POST, n}, {5, 5}}); });
  ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), [](uint32_t n) { return EventByTargetKey({{ITEM_POST, 5}, {n, 5}}); });
  ExpectOrderKept(AroundPowersOfTwo<uint64_t>(), [](uint64_t n) { return EventByTargetKey({{ITEM_POST, 5}, {5, n}}); });
}

TEST(KeyOrder, PostsOfAnAuthorStandByNumber) {
  ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), [](uint32_t n) { return PostByAuthorKey({n, 5}); });
  ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), [](uint32_t n) { return PostByAuthorKey({5, n}); });
}

TEST(KeyOrder, VectorsStandByItemThenField) {
  ExpectOrderKept(AroundPowersOfTwo<uint32_t>(), [](uint32_t n) { return VectorKey({{ITEM_POST, n}, TEXT}); });
  EXPECT_LT(VectorKey({{ITEM_ACCOUNT, 9}, TAGS}), VectorKey({{ITEM_POST, 1}, BIO}));
  EXPECT_LT(VectorKey({{ITEM_POST, 1}, TAGS}), VectorKey({{ITEM_POST, 2}, BIO}));
}

TEST(KeyOrder, RequestsStandByTimeAndIdsByTheirBytes) {
  auto times = AroundPowersOfTwo<uint64_t>();
  std::erase_if(times, [](uint64_t time) { return time > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()); });
  ExpectOrderKept(times, [](uint64_t n) { return IdempotencyByTimeKey({static_cast<int64_t>(n), {5, "r"}}); });
  EXPECT_LT(IdKey(ITEM_ACCOUNT, "z"), IdKey(ITEM_POST, "a"));
  EXPECT_LT(IdKey(ITEM_ACCOUNT, "ada"), IdKey(ITEM_ACCOUNT, "ada2"));
  EXPECT_LT(IdKey(ITEM_ACCOUNT, "zoe"), IdKey(ITEM_ACCOUNT, "\xc3\xa9mile")) << "bytes above 0x7f are above it";
}

}  // namespace
}  // namespace staffroom::storage
