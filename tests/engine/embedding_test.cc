// How one model takes over from another, decision by decision.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "service/engine/text_fingerprint.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "tests/engine/answers.h"
#include "tests/engine/journal_run.h"
#include "tests/engine/random_embedding.h"
#include "tests/engine/running_engine.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"
#include "tests/support/random_journal.h"

namespace staffroom {
namespace {

storage::Mutation Install(absl::string_view model_id, uint64_t operation = 0) {
  storage::Mutation mutation;
  mutation.mutable_model_installed()->set_model_id(std::string(model_id));
  mutation.mutable_model_installed()->set_operation(operation);
  return mutation;
}

storage::Mutation Begin(absl::string_view model_id, bool outdated_only = true, bool may_switch = true) {
  storage::Mutation mutation;
  mutation.mutable_begin_embedding()->set_model_id(std::string(model_id));
  mutation.mutable_begin_embedding()->set_outdated_only(outdated_only);
  mutation.mutable_begin_embedding()->set_may_switch(may_switch);
  return mutation;
}

storage::Mutation Cancel(uint64_t operation) {
  storage::Mutation mutation;
  mutation.mutable_end_embedding()->set_operation(operation);
  mutation.mutable_end_embedding()->set_state(storage::OPERATION_CANCELLED);
  return mutation;
}

storage::AccountRecord WithBio(const std::string& bio) {
  storage::AccountRecord record;
  record.set_bio(bio);
  return record;
}

// The bio of the account with this ordinal, as `model_id` understood the text `bio`.
storage::Mutation Computed(uint64_t operation, uint32_t account, const std::string& bio, absl::string_view model_id,
                           const std::string& values) {
  storage::Mutation mutation;
  mutation.mutable_vectors_computed()->set_operation(operation);
  storage::Mutation::ComputedItem* const item = mutation.mutable_vectors_computed()->add_items();
  item->set_kind(storage::ITEM_ACCOUNT);
  item->set_ordinal(account);
  storage::Mutation::ComputedVector* const vector = item->add_vectors();
  vector->mutable_vector()->set_field(storage::BIO);
  vector->mutable_vector()->set_model_id(std::string(model_id));
  vector->mutable_vector()->set_values(values);
  vector->set_text_fingerprint(TextFingerprint(WithBio(bio), storage::BIO));
  return mutation;
}

class Embedding : public ::testing::Test {
 protected:
  std::string Do(storage::Mutation mutation) { return Answer(engine_.Do(std::move(mutation))); }
  void PutBio(const std::string& bio, const std::string& values, absl::string_view model_id = "test") {
    storage::Mutation mutation = UpsertAccount("ana", WithBio(bio));
    mutation.add_vectors()->set_field(storage::BIO);
    storage::SetValues(model_id, values, mutation.mutable_vectors(0));
    ASSERT_EQ(Do(mutation), "APPLIED");
  }
  // "test=…, next=…" of the only account's bio.
  std::string Stored() {
    const auto vector = storage::GetVector(*store_.TakeSnapshot(), {{storage::ITEM_ACCOUNT, 1}, storage::BIO});
    std::string stored;
    if (!vector.ok() || !vector->has_value()) return stored;
    for (const char* model : {"test", "next", "third"}) {
      const absl::string_view values = storage::ValuesOf(**vector, model);
      if (!values.empty()) absl::StrAppend(&stored, stored.empty() ? "" : " ", model, "=", values);
    }
    return stored;
  }
  storage::Models Now() { return storage::GetMeta(*store_.TakeSnapshot())->value().models; }
  storage::OperationState StateOf(uint64_t number) {
    return (*storage::GetOperation(*store_.TakeSnapshot(), number))->state();
  }
  // The number of the operation.
  uint64_t Start(absl::string_view model_id, bool outdated_only = true) {
    EXPECT_EQ(Do(Begin(model_id, outdated_only)), "APPLIED");
    return Now().operation;
  }

  HandClock clock_;
  storage::MemoryStore store_;
  RunningEngine engine_{&store_, &clock_};
};

TEST_F(Embedding, SaysOnceWhichModelServes) {
  EXPECT_EQ(Do(Begin("test")), "MODEL_MISMATCH") << "before it is said";
  EXPECT_EQ(Do(Install("test")), "APPLIED");
  EXPECT_EQ(Do(Install("next")), "STALE");
  EXPECT_EQ(Now(), (storage::Models{.serving = "test", .coming = ""}));
}

TEST_F(Embedding, TakesOverWhenTheOperationSaysSo) {
  Do(Install("test"));
  PutBio("sums", "1");
  const uint64_t operation = Start("next");
  EXPECT_EQ(Now(), (storage::Models{.serving = "test", .coming = "next", .operation = operation}));
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "next", "2")), "APPLIED");
  EXPECT_EQ(Stored(), "test=1 next=2");
  EXPECT_EQ(Do(Install("next", operation + 1)), "STALE");
  EXPECT_EQ(Do(Install("third", operation)), "MODEL_MISMATCH");
  EXPECT_EQ(Do(Install("next", operation)), "APPLIED");
  EXPECT_EQ(Now(), (storage::Models{.serving = "next", .coming = "", .leftovers = true}));
  EXPECT_EQ(StateOf(operation), storage::OPERATION_SUCCEEDED);
  EXPECT_EQ(Do(Install("next", operation)), "STALE") << "once";
}

TEST_F(Embedding, DropsWhatWasComputedFromATextThatHasChanged) {
  Do(Install("test"));
  PutBio("sums", "1");
  const uint64_t operation = Start("next");
  PutBio("sums and more", "3");
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "next", "2")), "STALE");
  EXPECT_EQ(Stored(), "test=3");
  EXPECT_EQ(Do(Computed(operation, 1, "sums and more", "next", "4")), "APPLIED");
  EXPECT_EQ(Do(Computed(operation, 1, "sums and more", "next", "5")), "STALE") << "it has one already";
  EXPECT_EQ(Stored(), "test=3 next=4");
}

TEST_F(Embedding, ComputesNothingForTheErasedTheUnprofiledAndStubs) {
  Do(Install("test"));
  PutBio("sums", "1");
  Do(Follow("ana", "stub"));
  const uint64_t operation = Start("next");
  EXPECT_EQ(Do(Computed(operation, 2, "", "next", "2")), "STALE") << "a stub";
  EXPECT_EQ(Do(Computed(operation, 99, "sums", "next", "2")), "STALE") << "nobody";
  storage::AccountRecord off = WithBio("sums");
  off.set_profiling(storage::OFF);
  Do(UpsertAccount("ana", off));
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "next", "2")), "STALE") << "profiling off";
  Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "next", "2")), "STALE") << "erased";
  EXPECT_EQ(Stored(), "");
}

TEST_F(Embedding, TakesVectorsOfItsOperationAndModelAlone) {
  Do(Install("test"));
  PutBio("sums", "1");
  EXPECT_EQ(Do(Computed(0, 1, "sums", "next", "2")), "STALE") << "none runs";
  const uint64_t operation = Start("next");
  EXPECT_EQ(Do(Computed(operation + 1, 1, "sums", "next", "2")), "STALE");
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "third", "2")), "STALE");
  EXPECT_EQ(Do(Begin("third")), "STALE") << "one at a time";
  EXPECT_EQ(Stored(), "test=1");
}

TEST_F(Embedding, KeepsOfAWriteOnlyWhatIsWanted) {
  Do(Install("test"));
  storage::Mutation both = UpsertAccount("ana", WithBio("sums"));
  both.add_vectors()->set_field(storage::BIO);
  storage::SetValues("test", "1", both.mutable_vectors(0));
  storage::SetValues("next", "2", both.mutable_vectors(0));
  Do(both);
  EXPECT_EQ(Stored(), "test=1") << "nothing is coming";
  const uint64_t operation = Start("next");
  Do(both);
  EXPECT_EQ(Stored(), "test=1 next=2");
  Do(Install("next", operation));
  Do(both);
  EXPECT_EQ(Stored(), "next=2");
  PutBio("sums", "3");
  EXPECT_EQ(Stored(), "next=2") << "what came is of the model that has gone; the text is the same as before";
  PutBio("other sums", "3");
  EXPECT_EQ(Stored(), "");
}

TEST_F(Embedding, ComputesAnewWhereItIsAskedTo) {
  Do(Install("test"));
  PutBio("sums", "1");
  const uint64_t operation = Start("test", /*outdated_only=*/false);
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "test", "1")), "STALE") << "it is the same";
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "test", "2")), "APPLIED");
  EXPECT_EQ(Stored(), "test=2");
}

TEST_F(Embedding, CancelledLeavesTheOldModelAndWhatIsToBeDropped) {
  Do(Install("test"));
  PutBio("sums", "1");
  const uint64_t operation = Start("next");
  Do(Computed(operation, 1, "sums", "next", "2"));
  EXPECT_EQ(Do(Cancel(operation + 1)), "STALE");
  EXPECT_EQ(Do(Cancel(operation)), "APPLIED");
  EXPECT_EQ(Do(Cancel(operation)), "STALE");
  EXPECT_EQ(Now(), (storage::Models{.serving = "test", .coming = "", .leftovers = true}));
  EXPECT_EQ(Do(Computed(operation, 1, "sums", "next", "3")), "STALE");
  storage::Mutation drop;
  drop.mutable_drop_vectors()->add_items()->set_kind(storage::ITEM_ACCOUNT);
  drop.mutable_drop_vectors()->mutable_items(0)->set_ordinal(1);
  drop.mutable_drop_vectors()->set_last(true);
  EXPECT_EQ(Do(drop), "APPLIED");
  EXPECT_EQ(Do(drop), "STALE");
  EXPECT_EQ(Stored(), "test=1");
  EXPECT_EQ(Now(), (storage::Models{.serving = "test", .coming = ""}));
}

TEST_F(Embedding, KeepsAtMostTwoModelsOfAText) {
  Do(Install("test"));
  PutBio("sums", "1");
  uint64_t operation = Start("next");
  Do(Computed(operation, 1, "sums", "next", "2"));
  Do(Cancel(operation));
  operation = Start("third");
  Do(Computed(operation, 1, "sums", "third", "3"));
  EXPECT_EQ(Stored(), "test=1 third=3");
}

TEST_F(Embedding, ForgetsOldOperationsWhenAnotherBegins) {
  Do(Install("test"));
  const uint64_t old = Start("test");
  Do(Cancel(old));
  clock_.Advance(absl::Hours(24 * 20));
  const uint64_t second = Start("test");
  Do(Cancel(second));
  clock_.Advance(absl::Hours(24 * 11));
  Start("test");
  EXPECT_FALSE(storage::GetOperation(*store_.TakeSnapshot(), old)->has_value());
  EXPECT_TRUE(storage::GetOperation(*store_.TakeSnapshot(), second)->has_value());
}

// Whatever comes, in whatever order.
class EmbeddingInvariants : public ::testing::TestWithParam<uint32_t> {};

TEST_P(EmbeddingInvariants, HoldAfterEveryMutation) {
  RandomJournal random(GetParam());
  RandomEmbedding embedding(GetParam());
  JournalRun run;
  run.Batch({Install("test")});
  int installed = 0;
  for (int i = 0; i < 600; ++i) {
    const storage::Models before = run.meta().models;
    const storage::Mutation mutation =
        i % 2 == 0 ? random.Next() : embedding.Next(*run.TakeSnapshot(), run.meta().models);
    run.Batch({mutation});
    if (i % 20 == 0) run.FinishPurges(mutation.mutation_time());
    const storage::Models& models = run.meta().models;
    if (models.serving != before.serving) {
      ++installed;
      ASSERT_TRUE(mutation.has_model_installed());
      ASSERT_EQ(models.serving, before.coming);
    }
    ASSERT_EQ(models.coming.empty(), models.operation == 0);
    const auto snapshot = run.TakeSnapshot();
    const absl::Status scanned =
        storage::ScanVectors(*snapshot, [&](const storage::Item&, const storage::VectorRecord& record) {
          EXPECT_FALSE(record.values().empty());
          if (record.has_other()) {
            EXPECT_FALSE(record.other().values().empty());
            EXPECT_NE(record.other().model_id(), record.model_id());
          }
          return absl::OkStatus();
        });
    ASSERT_TRUE(scanned.ok());
    int running = 0;
    ASSERT_TRUE(storage::ScanOperations(*snapshot, [&](const storage::OperationRecord& record) {
                  running += record.state() == storage::OPERATION_RUNNING ? 1 : 0;
                  EXPECT_EQ(record.state() == storage::OPERATION_RUNNING, record.number() == models.operation);
                  return absl::OkStatus();
                }).ok());
    ASSERT_EQ(running, models.operation == 0 ? 0 : 1);
  }
  EXPECT_GT(installed, 0) << "the journal is too tame";
}

INSTANTIATE_TEST_SUITE_P(Seeds, EmbeddingInvariants, ::testing::Range<uint32_t>(1, 11));

}  // namespace
}  // namespace staffroom
