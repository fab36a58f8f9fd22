#include "storage/item_io.h"

#include <string>
#include <vector>

#include "storage/keys.h"
#include "storage/record_codec.h"
#include "tests/storage/io_fixture.h"

namespace staffroom::storage {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

using ItemIo = IoFixture;

template <typename Record>
Record Named(const std::string& id, uint32_t ordinal) {
  Record record;
  record.set_id(id);
  record.set_ordinal(ordinal);
  return record;
}

PostRecord PostBy(uint32_t author, const std::string& id, uint32_t ordinal) {
  auto record = Named<PostRecord>(id, ordinal);
  record.set_author(author);
  return record;
}

TEST_F(ItemIo, KeepsTheThreeKindsApartUnderOneIdAndOrdinal) {
  auto account = Named<AccountRecord>("ada", 7);
  account.set_bio("an account");
  auto post = Named<PostRecord>("ada", 7);
  post.set_text("a post");
  auto resource = Named<ResourceRecord>("ada", 7);
  resource.set_title("a resource");
  Write([&](WriteBatch* batch) {
    PutAccount(batch, account);
    PutPost(batch, post);
    PutResource(batch, resource);
  });
  EXPECT_THAT(GetAccount(Now(), 7), IsOkAndHolds(Optional(EqualsRecord(account))));
  EXPECT_THAT(GetPost(Now(), 7), IsOkAndHolds(Optional(EqualsRecord(post))));
  EXPECT_THAT(GetResource(Now(), 7), IsOkAndHolds(Optional(EqualsRecord(resource))));
  Write([&](WriteBatch* batch) { DeletePost(batch, post); });
  EXPECT_THAT(GetPost(Now(), 7), IsOkAndHolds(IsNone()));
  EXPECT_THAT(FindOrdinal(Now(), ITEM_POST, "ada"), IsOkAndHolds(IsNone()));
  EXPECT_THAT(FindOrdinal(Now(), ITEM_ACCOUNT, "ada"), IsOkAndHolds(Optional(7u)));
  EXPECT_THAT(FindOrdinal(Now(), ITEM_RESOURCE, "ada"), IsOkAndHolds(Optional(7u)));
}

TEST_F(ItemIo, DeletesLeaveNoEntryBehind) {
  const auto account = Named<AccountRecord>("ada", 1);
  const auto post = PostBy(1, "p", 2);
  const auto resource = Named<ResourceRecord>("r", 3);
  Write([&](WriteBatch* batch) {
    PutAccount(batch, account);
    PutPost(batch, post);
    PutResource(batch, resource);
  });
  EXPECT_EQ(EntriesInAll(), 7);  // three records, three ids, one post of an author
  Write([&](WriteBatch* batch) {
    DeleteAccount(batch, account);
    DeletePost(batch, post);
    DeleteResource(batch, resource);
  });
  EXPECT_EQ(EntriesInAll(), 0);
}

TEST_F(ItemIo, ReadsManyAtOnceInTheOrderAsked) {
  Write([](WriteBatch* batch) {
    PutAccount(batch, Named<AccountRecord>("one", 1));
    PutAccount(batch, Named<AccountRecord>("two", 2));
  });
  EXPECT_THAT(GetAccounts(Now(), {2, 3, 1}),
              IsOkAndHolds(ElementsAre(Optional(EqualsRecord(Named<AccountRecord>("two", 2))), IsNone(),
                                       Optional(EqualsRecord(Named<AccountRecord>("one", 1))))));
}

TEST_F(ItemIo, ScansByOrdinalAndForgetsTheRecordBefore) {
  auto with_bio = Named<AccountRecord>("a", 1);
  with_bio.set_bio("only the first has one");
  Write([&](WriteBatch* batch) {
    PutAccount(batch, Named<AccountRecord>("c", 0x100));
    PutAccount(batch, Named<AccountRecord>("b", 0xff));
    PutAccount(batch, with_bio);
  });
  std::vector<std::string> seen;
  ASSERT_THAT(ScanAccounts(Now(),
                           [&](const AccountRecord& record) {
                             seen.push_back(record.id() + ":" + record.bio());
                             return absl::OkStatus();
                           }),
              IsOk());
  EXPECT_THAT(seen, ElementsAre("a:only the first has one", "b:", "c:"));
}

TEST_F(ItemIo, AScanStopsAtTheVisitorsError) {
  Write([](WriteBatch* batch) {
    PutPost(batch, PostBy(1, "p", 1));
    PutPost(batch, PostBy(1, "q", 2));
  });
  int visits = 0;
  EXPECT_THAT(ScanPosts(Now(),
                        [&](const PostRecord&) {
                          ++visits;
                          return absl::CancelledError("enough");
                        }),
              StatusIs(absl::StatusCode::kCancelled, "enough"));
  EXPECT_EQ(visits, 1);
}

TEST_F(ItemIo, ListsThePostsOfAnAuthor) {
  Write([](WriteBatch* batch) {
    PutPost(batch, PostBy(5, "p3", 3));
    PutPost(batch, PostBy(5, "p1", 1));
    PutPost(batch, PostBy(6, "p2", 2));
    PutPost(batch, Named<PostRecord>("a stub without author", 4));
  });
  EXPECT_THAT(PostsOf(Now(), 5), IsOkAndHolds(ElementsAre(1, 3)));
  EXPECT_THAT(PostsOf(Now(), 5, /*limit=*/1), IsOkAndHolds(ElementsAre(1)));
  EXPECT_THAT(PostsOf(Now(), 0), IsOkAndHolds(IsEmpty())) << "no author is no author's list";
}

TEST_F(ItemIo, PagesThroughIdsOfOneKindInByteOrder) {
  Write([](WriteBatch* batch) {
    PutAccount(batch, Named<AccountRecord>("zoe", 1));
    PutAccount(batch, Named<AccountRecord>("ada", 2));
    PutAccount(batch, Named<AccountRecord>("ada2", 3));
    PutPost(batch, PostBy(1, "b", 1));
  });
  EXPECT_THAT(ScanIds(Now(), ITEM_ACCOUNT, "", 2), IsOkAndHolds(ElementsAre(IdEntry{"ada", 2}, IdEntry{"ada2", 3})));
  EXPECT_THAT(ScanIds(Now(), ITEM_ACCOUNT, "ada2", 2), IsOkAndHolds(ElementsAre(IdEntry{"zoe", 1})));
  EXPECT_THAT(ScanIds(Now(), ITEM_ACCOUNT, "b", 2), IsOkAndHolds(ElementsAre(IdEntry{"zoe", 1})))
      << "the id that a page ended with may be gone by the next";
  EXPECT_THAT(ScanIds(Now(), ITEM_ACCOUNT, "zoe", 2), IsOkAndHolds(IsEmpty()));
}

TEST_F(ItemIo, RefusesARecordUnderAnotherOrdinalsKey) {
  PutBytes(Family::kAccounts, OrdinalKey(8), EncodeRecord(Named<AccountRecord>("ada", 7)));
  EXPECT_THAT(GetAccount(Now(), 8), StatusIs(absl::StatusCode::kDataLoss,
                                             AllOf(HasSubstr("accounts[00000008]"), HasSubstr("the ordinal 7"))));
}

TEST_F(ItemIo, ReportsBadBytesFromEveryWayOfReading) {
  PutBytes(Family::kPosts, OrdinalKey(1), "\x01\xff");
  const auto ignore = [](const auto&) { return absl::OkStatus(); };
  const auto is_named = StatusIs(absl::StatusCode::kDataLoss, HasSubstr("posts[00000001]"));
  EXPECT_THAT(GetPost(Now(), 1), is_named);
  EXPECT_THAT(GetPosts(Now(), {2, 1}), is_named);
  EXPECT_THAT(ScanPosts(Now(), ignore), is_named);
  EXPECT_THAT(DecodePost(1, "\x01\xff"), is_named);
  PutBytes(Family::kIds, IdKey(ITEM_POST, "p"), "abc");
  EXPECT_THAT(FindOrdinal(Now(), ITEM_POST, "p"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ids[0270]")));
  EXPECT_THAT(ScanIds(Now(), ITEM_POST, "", 9), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ids[0270]")));
}

}  // namespace
}  // namespace staffroom::storage
