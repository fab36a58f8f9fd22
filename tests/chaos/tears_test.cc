#include "tests/chaos/tears.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/record_codec.h"
#include "storage/record_io.h"
#include "storage/write_batch.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

storage::AccountRecord Account(uint32_t ordinal, const std::string& id) {
  storage::AccountRecord record;
  record.set_ordinal(ordinal);
  record.set_id(id);
  return record;
}

storage::InteractionRecord Edge(storage::InteractionKind kind, storage::ItemKind target_kind, uint32_t target) {
  storage::InteractionRecord record;
  record.set_actor(1);
  record.set_kind(kind);
  record.set_target_kind(target_kind);
  record.set_target(target);
  record.set_revision(5);
  return record;
}

// ana (1) follows ben (2), likes his post and answered it once, and her last request is remembered.
class TearsTest : public ::testing::Test {
 protected:
  TearsTest() {
    storage::PutMeta(&batch_, {.revision = 5, .next_account = 3, .next_post = 2});
    storage::PutAccount(&batch_, Account(1, "ana"));
    storage::PutAccount(&batch_, Account(2, "ben"));
    post_.set_ordinal(1);
    post_.set_id("p1");
    post_.set_author(2);
    storage::PutPost(&batch_, post_);
    storage::PutInteraction(&batch_, follow_);
    storage::PutInteraction(&batch_, Edge(storage::LIKE, storage::ITEM_POST, 1));
    storage::InteractionRecord reply = Edge(storage::REPLY, storage::ITEM_POST, 1);
    reply.set_event_hash(77);
    storage::PutInteraction(&batch_, reply);
    storage::IdempotencyRecord request;
    request.set_mutation_time(9);
    storage::PutIdempotency(&batch_, {1, "request"}, request);
    storage::VectorRecord vector;
    vector.set_field(storage::BIO);
    vector.set_values("1234");
    storage::PutVector(&batch_, {storage::ITEM_ACCOUNT, 1}, vector);
  }

  std::vector<std::string> Tears() {
    storage::MemoryStore store;
    EXPECT_THAT(store.Write(batch_), IsOk());
    const absl::StatusOr<std::vector<std::string>> tears = FindTears(*store.TakeSnapshot());
    EXPECT_THAT(tears, IsOk());
    return tears.ok() ? *tears : std::vector<std::string>();
  }

  storage::WriteBatch batch_;
  storage::PostRecord post_;
  const storage::InteractionRecord follow_ = Edge(storage::FOLLOW, storage::ITEM_ACCOUNT, 2);
};

TEST_F(TearsTest, FindsNoneInAWholeStore) { EXPECT_THAT(Tears(), IsEmpty()); }

TEST_F(TearsTest, FindsARecordWithoutItsId) {
  batch_.Delete(storage::Family::kIds, storage::IdKey(storage::ITEM_ACCOUNT, "ben"));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("ids lacks")));
}

TEST_F(TearsTest, FindsAnIdWithoutItsRecord) {
  batch_.Put(storage::Family::kIds, storage::IdKey(storage::ITEM_ACCOUNT, "cem"), storage::EncodeOrdinal(2));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("ids has")));
}

TEST_F(TearsTest, FindsAPostThatItsAuthorDoesNotList) {
  batch_.Delete(storage::Family::kPostsByAuthor, storage::PostByAuthorKey({2, 1}));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("posts_by_author lacks")));
}

TEST_F(TearsTest, FindsAnEdgeWithoutItsEntryByTarget) {
  batch_.Delete(storage::Family::kEdgesByTarget, storage::EdgeByTargetKey(storage::EdgeNameOf(follow_)));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("edges_by_target lacks")));
}

TEST_F(TearsTest, FindsAnEntryByTargetWithoutItsEdge) {
  batch_.Delete(storage::Family::kEdges, storage::EdgeKey(storage::EdgeNameOf(follow_)));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("edges_by_target has")));
}

TEST_F(TearsTest, FindsAnEventWithoutItsEntryByTarget) {
  batch_.Delete(storage::Family::kEventsByTarget, storage::EventByTargetKey({{storage::ITEM_POST, 1}, {1, 77}}));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("events_by_target lacks")));
}

TEST_F(TearsTest, FindsARequestThatNoTimeNames) {
  batch_.Delete(storage::Family::kIdempotencyByTime, storage::IdempotencyByTimeKey({9, {1, "request"}}));
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("idempotency has")));
}

TEST_F(TearsTest, FindsAnInteractionWithWhatIsNotThere) {
  storage::DeletePost(&batch_, post_);
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("names kind 2 ordinal 1"), HasSubstr("names kind 2 ordinal 1")));
}

TEST_F(TearsTest, LetsWhatIsBeingPurgedBeNamed) {
  storage::DeletePost(&batch_, post_);
  storage::PutPurge(&batch_, {storage::ITEM_POST, 1}, 9);
  EXPECT_THAT(Tears(), IsEmpty());
}

TEST_F(TearsTest, FindsAPostWithoutItsAuthor) {
  storage::DeleteAccount(&batch_, Account(2, "ben"));
  storage::DeleteInteraction(&batch_, follow_);
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("a post names kind 1 ordinal 2")));
}

TEST_F(TearsTest, FindsAResourceWithoutItsAuthorOrItsPublisher) {
  storage::PutMeta(&batch_, {.revision = 5, .next_account = 3, .next_post = 2, .next_resource = 2});
  storage::ResourceRecord resource;
  resource.set_id("r1");
  resource.set_ordinal(1);
  resource.set_author(8);
  storage::PutResource(&batch_, resource);
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("a resource names kind 1 ordinal 8")));
  resource.set_author(1);
  resource.set_publisher(9);
  storage::PutResource(&batch_, resource);
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("a resource names kind 1 ordinal 9")));
}

TEST_F(TearsTest, FindsAVectorOfNothing) {
  storage::VectorRecord vector;
  vector.set_field(storage::BIO);
  vector.set_values("1234");
  storage::PutVector(&batch_, {storage::ITEM_ACCOUNT, 9}, vector);
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("a vector names kind 1 ordinal 9")));
}

TEST_F(TearsTest, FindsWhatIsNewerThanTheStore) {
  storage::PutMeta(&batch_, {.revision = 4, .next_account = 2, .next_post = 2});
  EXPECT_THAT(Tears(), ElementsAre(HasSubstr("the counter stands at 2"), HasSubstr("of revision 5"),
                                   HasSubstr("of revision 5"), HasSubstr("of revision 5")));
}

}  // namespace
}  // namespace staffroom
