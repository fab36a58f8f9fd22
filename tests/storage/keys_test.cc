#include "storage/keys.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace staffroom::storage {
namespace {

using ::testing::HasSubstr;

std::string Hex(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

// These bytes are on disks. If one of them must change, kFormat changes with it and the old ones stay readable.
TEST(KeyGoldenBytes, OfEveryShape) {
  const EdgeName edge = {.actor = 0x01020304, .kind = SAVE, .target = {ITEM_RESOURCE, 0x0a0b0c0d}};
  const EventName event = {.actor = 0x01020304, .event_hash = 0x1122334455667788};
  EXPECT_EQ(Hex(IdKey(ITEM_POST, "ada")), "02616461");
  EXPECT_EQ(Hex(OrdinalKey(0x01020304)), "01020304");
  EXPECT_EQ(Hex(PostByAuthorKey({.author = 7, .post = 0x100})), "0000000700000100");
  EXPECT_EQ(Hex(EdgeKey(edge)), "0102030407030a0b0c0d");
  EXPECT_EQ(Hex(EdgeByTargetKey(edge)), "030a0b0c0d0701020304");
  EXPECT_EQ(Hex(EventKey(event)), "010203041122334455667788");
  EXPECT_EQ(Hex(EventByTargetKey({.target = {ITEM_ACCOUNT, 9}, .event = event})), "0100000009010203041122334455667788");
  EXPECT_EQ(Hex(VectorKey({.item = {ITEM_POST, 9}, .field = TEXT})), "020000000905");
  EXPECT_EQ(Hex(IdempotencyKey({.rpc = 200, .request_id = "r-1"})), "c8722d31");
  EXPECT_EQ(
      Hex(IdempotencyByTimeKey({.mutation_time = 0x0006000000000001, .request = {.rpc = 200, .request_id = "r-1"}})),
      "0006000000000001c8722d31");
  EXPECT_EQ(Hex(ErasedIdKey({.kind = ITEM_ACCOUNT, .id_hash = "0123456789abcdef"})),
            "0130313233343536373839616263646566");
  EXPECT_EQ(Hex(PurgeKey({ITEM_RESOURCE, 0x01020304})), "0301020304");
  EXPECT_EQ(Hex(OperationKey(0x0102030405060708)), "0102030405060708");
}

// Computed with Python's hashlib.blake2b(b"...", digest_size=16), an implementation of its own.
TEST(KeyGoldenBytes, OfAnIdsHash) {
  EXPECT_EQ(Hex(HashId("")), "cae66941d9efbd404e4d88758ea67670");
  EXPECT_EQ(Hex(HashId("ada")), "c6ef43c47f8c23627ee5b9f8f5cb406c");
  EXPECT_EQ(Hex(HashId("Zoë")), "0e8501d04522bf3b4eec8148509079fb");
}

TEST(MetaKeys, AreTheWordsOfTheGrammar) {
  EXPECT_EQ(meta_key::kFormat, "format");
  EXPECT_EQ(meta_key::kEpoch, "epoch");
  EXPECT_EQ(meta_key::kRevision, "revision");
  EXPECT_EQ(meta_key::kNextAccount, "next_account");
  EXPECT_EQ(meta_key::kNextPost, "next_post");
  EXPECT_EQ(meta_key::kNextResource, "next_resource");
  EXPECT_EQ(meta_key::kMutationTime, "mutation_time");
  EXPECT_EQ(meta_key::kModels, "models");
}

TEST(FamilyNames, AreOnTheDisk) {
  std::string names;
  for (const Family family : AllFamilies()) names += std::string(FamilyName(family)) + " ";
  EXPECT_EQ(names,
            "meta ids accounts posts resources posts_by_author edges edges_by_target events events_by_target vectors "
            "idempotency idempotency_by_time erased_ids purges operations ");
}

TEST(FamilyNames, HaveNoDotSoThatAnotherPlatformsCan) {
  for (const Family family : AllFamilies()) EXPECT_EQ(FamilyName(family).find('.'), absl::string_view::npos);
}

TEST(ParseKey, GivesBackWhatWasBuilt) {
  const EdgeName edge = {.actor = 1, .kind = FOLLOW, .target = {ITEM_ACCOUNT, 0xffffffff}};
  const TargetedEventName event = {.target = {ITEM_POST, 3}, .event = {.actor = 0x80000000, .event_hash = ~0ull}};
  const TimedRequestName request = {.mutation_time = 1'700'000'000'000'000, .request = {.rpc = 255, .request_id = "r"}};
  const ErasedIdName erased = {.kind = ITEM_RESOURCE, .id_hash = HashId("ada")};
  EXPECT_THAT(ParseIdKey(IdKey(ITEM_ACCOUNT, "ada")), IsOkAndHolds("ada"));
  EXPECT_THAT(ParseOrdinalKey(Family::kPosts, OrdinalKey(0x80000001)), IsOkAndHolds(0x80000001));
  EXPECT_THAT(ParsePostByAuthorKey(PostByAuthorKey({1, 2})), IsOkAndHolds(PostOfAuthor{1, 2}));
  EXPECT_THAT(ParseEdgeKey(EdgeKey(edge)), IsOkAndHolds(edge));
  EXPECT_THAT(ParseEdgeByTargetKey(EdgeByTargetKey(edge)), IsOkAndHolds(edge));
  EXPECT_THAT(ParseEventKey(EventKey(event.event)), IsOkAndHolds(event.event));
  EXPECT_THAT(ParseEventByTargetKey(EventByTargetKey(event)), IsOkAndHolds(event));
  EXPECT_THAT(ParseVectorKey(VectorKey({event.target, BIO})), IsOkAndHolds(VectorName{event.target, BIO}));
  EXPECT_THAT(ParseIdempotencyByTimeKey(IdempotencyByTimeKey(request)), IsOkAndHolds(request));
  EXPECT_THAT(ParseErasedIdKey(ErasedIdKey(erased)), IsOkAndHolds(erased));
  EXPECT_THAT(ParsePurgeKey(PurgeKey(edge.target)), IsOkAndHolds(edge.target));
}

struct Shape {
  Family family;
  std::string key;  // one that is right
  std::function<absl::Status(absl::string_view)> parse;
  bool is_open_ended = false;  // ends with an id: a longer key is another key
};

std::vector<Shape> AllShapes() {
  const EdgeName edge = {.actor = 1, .kind = FOLLOW, .target = {ITEM_ACCOUNT, 2}};
  const TargetedEventName event = {.target = edge.target, .event = {.actor = 1, .event_hash = 3}};
  return {
      {Family::kIds, IdKey(ITEM_ACCOUNT, "a"), [](auto key) { return ParseIdKey(key).status(); }, true},
      {Family::kPosts, OrdinalKey(1), [](auto key) { return ParseOrdinalKey(Family::kPosts, key).status(); }},
      {Family::kPostsByAuthor, PostByAuthorKey({1, 2}), [](auto key) { return ParsePostByAuthorKey(key).status(); }},
      {Family::kEdges, EdgeKey(edge), [](auto key) { return ParseEdgeKey(key).status(); }},
      {Family::kEdgesByTarget, EdgeByTargetKey(edge), [](auto key) { return ParseEdgeByTargetKey(key).status(); }},
      {Family::kEvents, EventKey(event.event), [](auto key) { return ParseEventKey(key).status(); }},
      {Family::kEventsByTarget, EventByTargetKey(event), [](auto key) { return ParseEventByTargetKey(key).status(); }},
      {Family::kVectors, VectorKey({edge.target, BIO}), [](auto key) { return ParseVectorKey(key).status(); }},
      {Family::kIdempotencyByTime, IdempotencyByTimeKey({1, {2, "r"}}),
       [](auto key) { return ParseIdempotencyByTimeKey(key).status(); }, true},
      {Family::kErasedIds, ErasedIdKey({ITEM_POST, HashId("a")}),
       [](auto key) { return ParseErasedIdKey(key).status(); }},
      {Family::kPurges, PurgeKey(edge.target), [](auto key) { return ParsePurgeKey(key).status(); }},
  };
}

TEST(ParseKey, RefusesEveryTruncationAndNamesFamilyAndKey) {
  for (const Shape& shape : AllShapes()) {
    ASSERT_THAT(shape.parse(shape.key), IsOk());
    for (size_t length = 0; length < shape.key.size(); ++length) {
      const std::string key = shape.key.substr(0, length);
      EXPECT_THAT(shape.parse(key), StatusIs(absl::StatusCode::kDataLoss,
                                             HasSubstr(std::string(FamilyName(shape.family)) + "[" + Hex(key) + "]")));
    }
  }
}

TEST(ParseKey, RefusesABytePastAFixedShape) {
  for (const Shape& shape : AllShapes()) {
    if (shape.is_open_ended) continue;
    EXPECT_THAT(shape.parse(shape.key + '\0'), StatusIs(absl::StatusCode::kDataLoss)) << FamilyName(shape.family);
  }
}

}  // namespace
}  // namespace staffroom::storage
