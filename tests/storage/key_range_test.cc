#include "storage/key_range.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::storage {
namespace {

using namespace std::string_literals;

constexpr uint32_t kLast = 0xffffffff;

bool Holds(const KeyRange& range, const std::string& key) {
  return key >= range.first && (range.past_last.empty() || key < range.past_last);
}

TEST(PrefixSuccessor, IsTheLeastKeyAboveThePrefix) {
  EXPECT_EQ(PrefixSuccessor("a"), "b");
  EXPECT_EQ(PrefixSuccessor("ab"), "ac");
  EXPECT_EQ(PrefixSuccessor("a\x7f"), "a\x80");
  EXPECT_EQ(PrefixSuccessor("a\0"s), "a\1");
}

TEST(PrefixSuccessor, CarriesOverFullBytes) {
  EXPECT_EQ(PrefixSuccessor("a\xff"), "b");
  EXPECT_EQ(PrefixSuccessor("\x00\xff\xff"s), "\x01");
}

TEST(PrefixSuccessor, IsEmptyWhereNothingIsAbove) {
  EXPECT_EQ(PrefixSuccessor(""), "");
  EXPECT_EQ(PrefixSuccessor("\xff\xff"), "");
}

TEST(KeyRanges, HoldTheirOwnAndNotTheNeighbours) {
  for (const uint32_t actor : {1u, 255u, 256u, 0xffffu, 0x00ffffffu}) {
    const EdgeName least = {actor, INTERACTION_KIND_UNSPECIFIED, {ITEM_KIND_UNSPECIFIED, 0}};
    const EdgeName most = {actor, static_cast<InteractionKind>(255), {static_cast<ItemKind>(255), kLast}};
    const EdgeName below = {actor - 1, most.kind, most.target};
    const EdgeName above = {actor + 1, least.kind, least.target};
    EXPECT_TRUE(Holds(EdgesOfActor(actor), EdgeKey(least))) << actor;
    EXPECT_TRUE(Holds(EdgesOfActor(actor), EdgeKey(most))) << actor;
    EXPECT_FALSE(Holds(EdgesOfActor(actor), EdgeKey(below))) << actor;
    EXPECT_FALSE(Holds(EdgesOfActor(actor), EdgeKey(above))) << actor;

    EXPECT_TRUE(Holds(EventsOfActor(actor), EventKey({actor, 0}))) << actor;
    EXPECT_TRUE(Holds(EventsOfActor(actor), EventKey({actor, ~0ull}))) << actor;
    EXPECT_FALSE(Holds(EventsOfActor(actor), EventKey({actor - 1, ~0ull}))) << actor;
    EXPECT_FALSE(Holds(EventsOfActor(actor), EventKey({actor + 1, 0}))) << actor;

    EXPECT_TRUE(Holds(PostsOfAuthor(actor), PostByAuthorKey({actor, kLast}))) << actor;
    EXPECT_FALSE(Holds(PostsOfAuthor(actor), PostByAuthorKey({actor + 1, 0}))) << actor;
  }
}

TEST(KeyRanges, ReachTheLastOrdinal) {
  EXPECT_EQ(EdgesOfActor(kLast).past_last, "") << "nothing is above, so the range is open";
  EXPECT_TRUE(Holds(EdgesOfActor(kLast), EdgeKey({kLast, SAVE, {ITEM_POST, kLast}})));
}

TEST(KeyRanges, OfATargetStayWithinItsKind) {
  const Item last_post = {ITEM_POST, kLast};
  EXPECT_TRUE(Holds(EdgesToTarget(last_post), EdgeByTargetKey({kLast, SAVE, last_post})));
  EXPECT_FALSE(Holds(EdgesToTarget(last_post), EdgeByTargetKey({0, SAVE, {ITEM_RESOURCE, 0}})));
  EXPECT_TRUE(Holds(EventsToTarget(last_post), EventByTargetKey({last_post, {kLast, ~0ull}})));
  EXPECT_FALSE(Holds(EventsToTarget(last_post), EventByTargetKey({{ITEM_RESOURCE, 0}, {0, 0}})));
  EXPECT_TRUE(Holds(VectorsOfItem(last_post), VectorKey({last_post, MENTOR_TOPICS})));
  EXPECT_FALSE(Holds(VectorsOfItem(last_post), VectorKey({{ITEM_RESOURCE, 0}, BIO})));
}

TEST(KeyRanges, OfATargetAndAKindStayWithinTheKind) {
  const Item last_post = {ITEM_POST, kLast};
  const KeyRange reports = EdgesToTargetOfKind(last_post, REPORT);
  EXPECT_TRUE(Holds(reports, EdgeByTargetKey({0, REPORT, last_post})));
  EXPECT_TRUE(Holds(reports, EdgeByTargetKey({kLast, REPORT, last_post})));
  EXPECT_FALSE(Holds(reports, EdgeByTargetKey({kLast, DISMISS, last_post})));
  EXPECT_FALSE(Holds(reports, EdgeByTargetKey({0, LIKE, last_post})));
}

TEST(KeyRanges, OfIdsBeginAboveTheGivenOne) {
  EXPECT_TRUE(Holds(IdsAfter(ITEM_POST, ""), IdKey(ITEM_POST, "\1"))) << "the first possible id";
  EXPECT_FALSE(Holds(IdsAfter(ITEM_POST, ""), IdKey(ITEM_ACCOUNT, "ada")));
  EXPECT_FALSE(Holds(IdsAfter(ITEM_POST, ""), IdKey(ITEM_RESOURCE, "ada")));
  EXPECT_FALSE(Holds(IdsAfter(ITEM_POST, "ada"), IdKey(ITEM_POST, "ada")));
  EXPECT_TRUE(Holds(IdsAfter(ITEM_POST, "ada"), IdKey(ITEM_POST, "ada!")));
}

TEST(KeyRanges, OfRequestsEndBeforeTheGivenTime) {
  EXPECT_TRUE(Holds(RequestsBefore(1000), IdempotencyByTimeKey({999, {255, "z"}})));
  EXPECT_FALSE(Holds(RequestsBefore(1000), IdempotencyByTimeKey({1000, {0, "a"}})));
}

// RocksDB answers wrongly, and in silence, when a range is narrower than the filter's prefix or a key shorter.
TEST(ScanPrefixBytes, IsTheLengthOfTheFamilysRanges) {
  EXPECT_EQ(ScanPrefixBytes(Family::kEdges), EdgesOfActor(1).first.size());
  EXPECT_EQ(ScanPrefixBytes(Family::kEdgesByTarget), EdgesToTarget({ITEM_POST, 1}).first.size());
  EXPECT_EQ(ScanPrefixBytes(Family::kEvents), EventsOfActor(1).first.size());
  EXPECT_EQ(ScanPrefixBytes(Family::kEventsByTarget), EventsToTarget({ITEM_POST, 1}).first.size());
  EXPECT_EQ(ScanPrefixBytes(Family::kVectors), VectorsOfItem({ITEM_POST, 1}).first.size());
  EXPECT_EQ(ScanPrefixBytes(Family::kPostsByAuthor), PostsOfAuthor(1).first.size());
  EXPECT_EQ(ScanPrefixBytes(Family::kIds), 0u) << "ids are of any length";
}

}  // namespace
}  // namespace staffroom::storage
