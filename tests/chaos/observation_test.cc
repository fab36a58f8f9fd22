#include "tests/chaos/observation.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "storage/write_batch.h"
#include "tests/chaos/content.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// ana (ordinal 1, version 7) with a post (version 3), which she likes and read, and a resource (version 2).
class ObservationTest : public ::testing::Test {
 protected:
  ObservationTest() {
    const v1::Account account = AccountOf("ana", 7);
    account_.set_ordinal(1);
    account_.set_id("ana");
    account_.set_display_name(account.display_name());
    account_.set_bio(account.bio());
    account_.set_region(account.region());
    *account_.mutable_interests() = account.interests();
    *account_.mutable_tags() = account.tags();
    const v1::Post post = PostOf("p1", "ana", 3);
    post_.set_ordinal(1);
    post_.set_id("p1");
    post_.set_author(1);
    post_.set_text(post.text());
    post_.set_conversation_id(post.conversation_id());
    *post_.mutable_tags() = post.tags();
    const v1::Resource resource = ResourceOf("r1", "ana", 2);
    resource_.set_ordinal(1);
    resource_.set_id("r1");
    resource_.set_author(1);
    resource_.set_title(resource.title());
    resource_.set_summary(resource.summary());
    resource_.set_url(resource.url());
    *resource_.mutable_tags() = resource.tags();
    read_.set_actor(1);
    read_.set_kind(storage::READ);
    read_.set_target_kind(storage::ITEM_POST);
    read_.set_target(1);
    read_.set_event_hash(77);
    read_.set_event_id("once");
    like_.set_actor(1);
    like_.set_kind(storage::LIKE);
    like_.set_target_kind(storage::ITEM_POST);
    like_.set_target(1);
  }

  storage::VectorRecord VectorOf(storage::TextField field) {
    storage::VectorRecord vector;
    vector.set_field(field);
    vector.set_values("1234");
    return vector;
  }

  Observation Observed() {
    storage::WriteBatch batch;
    storage::PutMeta(&batch, {.revision = 12, .next_account = 2, .next_post = 2, .next_resource = 2});
    storage::PutAccount(&batch, account_);
    storage::PutPost(&batch, post_);
    storage::PutResource(&batch, resource_);
    storage::PutInteraction(&batch, like_);
    storage::PutInteraction(&batch, read_);
    storage::PutVector(&batch, {storage::ITEM_RESOURCE, 1}, VectorOf(storage::TITLE));
    storage::PutVector(&batch, {storage::ITEM_ACCOUNT, 1}, VectorOf(storage::BIO));
    if (post_has_vector_) storage::PutVector(&batch, {storage::ITEM_POST, 1}, VectorOf(storage::TEXT));
    storage::MemoryStore store;
    EXPECT_THAT(store.Write(batch), IsOk());
    const absl::StatusOr<Observation> observed = Observe(*store.TakeSnapshot());
    EXPECT_THAT(observed, IsOk());
    return observed.ok() ? *observed : Observation();
  }

  storage::AccountRecord account_;
  storage::PostRecord post_;
  storage::ResourceRecord resource_;
  storage::InteractionRecord like_, read_;
  bool post_has_vector_ = true;
};

TEST_F(ObservationTest, NamesWhatIsThereAsTheLedgerDoes) {
  const Observation observed = Observed();
  EXPECT_THAT(observed.tears, IsEmpty());
  EXPECT_EQ(observed.revision, 12u);
  EXPECT_EQ(observed.ValueOf(AccountKey("ana")), 7);
  EXPECT_EQ(observed.ValueOf(PostKey("p1")), 3);
  EXPECT_EQ(observed.ValueOf(LikeKey("ana", "p1")), 1);
  EXPECT_EQ(observed.ValueOf(ResourceKey("r1")), 2);
  EXPECT_EQ(observed.ValueOf(ReadKey("ana", "once")), 1);
  EXPECT_EQ(observed.ValueOf(ReadKey("ana", "twice")), 0);
  EXPECT_EQ(observed.ValueOf(AccountKey("ben")), 0);
}

TEST_F(ObservationTest, TakesATombstoneForAbsent) {
  like_.set_deleted(true);
  EXPECT_EQ(Observed().ValueOf(LikeKey("ana", "p1")), 0);
}

TEST_F(ObservationTest, FindsAnAccountThatMixesVersionsTorn) {
  account_.set_bio(AccountOf("ana", 6).bio());
  EXPECT_THAT(Observed().tears, ElementsAre(HasSubstr("account ana mixes versions")));
}

TEST_F(ObservationTest, FindsAPostWithoutVectorTorn) {
  post_has_vector_ = false;
  EXPECT_THAT(Observed().tears, ElementsAre(HasSubstr("post p1 has no vector")));
}

}  // namespace
}  // namespace staffroom
