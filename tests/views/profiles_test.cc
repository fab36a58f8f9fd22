// What an account's vector is made of, and what must not be in it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/views/read_view.h"
#include "storage/memory_store.h"
#include "storage/records.pb.h"
#include "tests/engine/running_engine.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::IsEmpty;

storage::Mutation WithVector(storage::Mutation mutation, storage::TextField field, std::vector<float> values) {
  storage::VectorRecord* vector = mutation.add_vectors();
  vector->set_field(field);
  vector->set_model_id("test");
  vector->set_values(std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)));
  return mutation;
}

class Profiles : public ::testing::Test {
 protected:
  std::vector<float> Profile(absl::string_view id) {
    std::vector<float> profile;
    engine_.Read([&](const ReadView& view) {
      const absl::Span<const float> found = view.vectors.Profile(view.catalog.FindAccount(id));
      profile.assign(found.begin(), found.end());
    });
    return profile;
  }
  size_t IndexedAccounts() {
    size_t size = 0;
    engine_.Read([&](const ReadView& view) { size = view.vectors.accounts().size(); });
    return size;
  }
  storage::Mutation ResourceBy(absl::string_view id, absl::string_view author) {
    return WithVector(UpsertResource(id, author, true), storage::TITLE, {0, 1, 0, 0});
  }

  HandClock clock_;
  storage::MemoryStore store_;
  RunningEngine engine_{&store_, &clock_};
};

TEST_F(Profiles, MixWhatIsSaidWithWhatIsDone) {
  engine_.Do(WithVector(UpsertAccount("ana"), storage::BIO, {1, 0, 0, 0}));
  EXPECT_THAT(Profile("ana"),
              ElementsAre(FloatNear(1, 1e-5), FloatNear(0, 1e-5), FloatNear(0, 1e-5), FloatNear(0, 1e-5)));
  engine_.Do(ResourceBy("r", "ben"));
  engine_.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "r"));
  // One act weighs 1.5 · 1/4 = 0.375 against 1: normalised (1, .375) / 1.068.
  EXPECT_THAT(Profile("ana"),
              ElementsAre(FloatNear(0.936, 1e-3), FloatNear(0.351, 1e-3), FloatNear(0, 1e-3), FloatNear(0, 1e-3)));
  engine_.Do(Unwrite("ana", storage::SAVE, storage::ITEM_RESOURCE, "r"));
  EXPECT_NEAR(Profile("ana")[0], 1, 1e-5);
}

TEST_F(Profiles, FadeTheOlderActByHalfInAHalfLife) {
  engine_.Do(ResourceBy("r", "ben"));
  engine_.Do(WithVector(UpsertResource("s"), storage::TITLE, {0, 0, 1, 0}));
  const int64_t now_s = absl::ToUnixSeconds(clock_.Now());
  engine_.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "s", now_s));
  engine_.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "r", now_s - 120 * 86'400));
  const std::vector<float> profile = Profile("ana");
  EXPECT_NEAR(profile[1] / profile[2], 0.5, 1e-3);
}

TEST_F(Profiles, AreNotMovedByTimePassing) {
  engine_.Do(WithVector(UpsertAccount("ana"), storage::BIO, {1, 0, 0, 0}));
  engine_.Do(ResourceBy("r", "ben"));
  engine_.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "r"));
  const std::vector<float> before = Profile("ana");
  clock_.Advance(absl::Hours(24 * 200));
  RunningEngine later(&store_, &clock_);
  later.Read([&](const ReadView& view) {
    EXPECT_THAT(view.vectors.Profile(view.catalog.FindAccount("ana")), testing::ElementsAreArray(before));
  });
}

TEST_F(Profiles, TakeNothingFromAQuietAuthorAndForgetOneWhoTurnsQuiet) {
  engine_.Do(UpsertAccount("ben"));
  engine_.Do(ResourceBy("r", "ben"));
  engine_.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "r"));
  EXPECT_FALSE(Profile("ana").empty());
  storage::AccountRecord quiet;
  quiet.set_exposure(storage::NOBODY);
  quiet.set_follows_visibility(storage::HIDDEN);
  engine_.Do(UpsertAccount("ben", quiet));
  EXPECT_THAT(Profile("ana"), IsEmpty());
  storage::AccountRecord open;
  open.set_exposure(storage::EVERYBODY);
  open.set_follows_visibility(storage::VISIBLE);
  engine_.Do(UpsertAccount("ben", open));
  EXPECT_FALSE(Profile("ana").empty());
}

TEST_F(Profiles, AgreeWithAFreshLoadAfterAnAuthorWasErased) {
  storage::AccountRecord quiet;
  quiet.set_exposure(storage::NOBODY);
  quiet.set_follows_visibility(storage::HIDDEN);
  engine_.Do(UpsertAccount("ben", quiet));
  engine_.Do(UpsertAccount("dora"));
  engine_.Do(ResourceBy("r", "ben"));
  engine_.Do(ResourceBy("s", "dora"));
  engine_.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "r"));
  engine_.Do(Write("cem", storage::SAVE, storage::ITEM_RESOURCE, "s"));
  EXPECT_FALSE(Profile("cem").empty());
  engine_.Do(Delete(storage::ITEM_ACCOUNT, "ben"));
  engine_.Do(Delete(storage::ITEM_ACCOUNT, "dora"));
  engine_.FinishPurges();
  RunningEngine later(&store_, &clock_);
  for (const char* id : {"ana", "cem"}) {
    later.Read([&](const ReadView& view) {
      EXPECT_THAT(view.vectors.Profile(view.catalog.FindAccount(id)), testing::ElementsAreArray(Profile(id))) << id;
    });
  }
}

TEST_F(Profiles, TakeTheNewestActsAndOfOneSecondThoseThatComeFirstById) {
  storage::MemoryStore other_store;
  RunningEngine other(&other_store, &clock_);
  const auto tell = [&](RunningEngine& engine, bool backwards) {
    for (int i = 0; i < 100; ++i) {  // the first 64 by id speak of one thing, the others of another
      const int number = backwards ? 99 - i : i;
      const std::string id = absl::StrCat("r", number < 10 ? "0" : "", number);
      engine.Do(WithVector(UpsertResource(id), storage::TITLE,
                           number < 64 ? std::vector<float>{0, 1, 0, 0} : std::vector<float>{0, 0, 1, 0}));
      engine.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, id, 1'000));
    }
    engine.Do(WithVector(UpsertResource("old"), storage::TITLE, {0, 0, 0, 1}));
    engine.Do(Write("ana", storage::SAVE, storage::ITEM_RESOURCE, "old", 999));
  };
  tell(engine_, false);
  tell(other, true);
  EXPECT_THAT(Profile("ana"), ElementsAre(0, FloatNear(1, 1e-5), 0, 0));
  other.Read([&](const ReadView& view) {
    EXPECT_THAT(view.vectors.Profile(view.catalog.FindAccount("ana")), testing::ElementsAreArray(Profile("ana")));
  });
}

TEST_F(Profiles, AreNotMadeOfAccountsWithoutProfiling) {
  storage::AccountRecord off;
  off.set_profiling(storage::OFF);
  engine_.Do(WithVector(UpsertAccount("ana", off), storage::BIO, {1, 0, 0, 0}));
  EXPECT_THAT(Profile("ana"), IsEmpty());
  EXPECT_EQ(IndexedAccounts(), 0u);
}

TEST_F(Profiles, OfNobodyExposedAreForTheirOwnerOnly) {
  storage::AccountRecord record;
  record.set_exposure(storage::NOBODY);
  engine_.Do(WithVector(UpsertAccount("ana", record), storage::BIO, {1, 0, 0, 0}));
  EXPECT_FALSE(Profile("ana").empty());
  EXPECT_EQ(IndexedAccounts(), 0u);
}

TEST_F(Profiles, OfAStubComeFromItsActs) {
  engine_.Do(ResourceBy("r", "ben"));
  engine_.Do(Write("newcomer", storage::SAVE, storage::ITEM_RESOURCE, "r"));
  EXPECT_NEAR(Profile("newcomer")[1], 1, 1e-5);
  EXPECT_EQ(IndexedAccounts(), 0u) << "a stub is never shown";
}

TEST_F(Profiles, KeepTheOtherFieldsWhenAMaskChangesOne) {
  engine_.Do(WithVector(WithVector(UpsertAccount("ana"), storage::BIO, {1, 0, 0, 0}), storage::TAGS, {0, 1, 0, 0}));
  storage::Mutation masked = WithVector(UpsertAccount("ana"), storage::TAGS, {0, 0, 1, 0});
  masked.mutable_upsert_account()->add_mask("tags");
  engine_.Do(masked);
  const std::vector<float> profile = Profile("ana");
  EXPECT_GT(profile[0], 0);
  EXPECT_NEAR(profile[1], 0, 1e-5);
  EXPECT_GT(profile[2], 0);
}

}  // namespace
}  // namespace staffroom
