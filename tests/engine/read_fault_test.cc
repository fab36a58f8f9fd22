// A record that cannot be read costs the mutation that needs it, and nothing else: no half of it stays, nobody beside it is
// refused, and writing goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "tests/engine/answers.h"
#include "tests/engine/running_engine.h"
#include "tests/support/fault_store.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReadFault : public ::testing::Test {
 protected:
  ReadFault() {
    Engine::Options options;
    options.on_error = [this](absl::string_view doing, const absl::Status&) { errors_.emplace_back(doing); };
    options.on_read_only = [this](const absl::Status&) { turned_read_only_ = true; };
    engine_ = std::make_unique<RunningEngine>(&store_, &clock_, options);
  }

  std::vector<std::string> Together(std::vector<storage::Mutation> mutations) {
    std::vector<std::string> answers;
    for (const MutationResult& result : engine_->DoTogether(std::move(mutations))) answers.push_back(Answer(result));
    engine_->Digest();  // the batch is over
    return answers;
  }
  // "id ordinal", by rising ordinal.
  std::vector<std::string> Accounts() {
    std::vector<std::string> accounts;
    EXPECT_THAT(storage::ScanAccounts(*memory_.TakeSnapshot(),
                                      [&](const storage::AccountRecord& record) {
                                        accounts.push_back(absl::StrCat(record.id(), " ", record.ordinal()));
                                        return absl::OkStatus();
                                      }),
                IsOk());
    return accounts;
  }

  HandClock clock_;
  storage::MemoryStore memory_;
  FaultStore store_{&memory_};
  std::vector<std::string> errors_;
  bool turned_read_only_ = false;
  std::unique_ptr<RunningEngine> engine_;
};

TEST_F(ReadFault, FoundAfterAStubWasPutLeavesNoStubAndFreesItsNumber) {
  store_.FailReadsOf(storage::Family::kEdges);
  EXPECT_THAT(Together({Follow("zoe", "yan"), UpsertAccount("xan"),
                        Write("zoe", storage::READ, storage::ITEM_ACCOUNT, "xan", 100)}),
              ElementsAre("DATA_LOSS", "APPLIED", "APPLIED"));
  EXPECT_THAT(Accounts(), ElementsAre("xan 1", "zoe 2"));
  engine_->Read([](const ReadView& view) { EXPECT_FALSE(view.catalog.FindAccount("yan")); });
}

TEST_F(ReadFault, FoundAfterTheRecordWasPutLeavesTheOldRecord) {
  storage::AccountRecord before, change;
  before.add_interests("algebra");
  change.add_interests("poetry");
  engine_->Do(UpsertAccount("ana", before));
  const uint64_t digest = engine_->Digest();
  storage::Mutation masked = UpsertAccount("ana", change);
  masked.mutable_upsert_account()->add_mask("interests");
  store_.FailReadsOf(storage::Family::kVectors);
  EXPECT_THAT(Together({masked, Follow("ana", "ana")}), ElementsAre("DATA_LOSS", "APPLIED"));
  EXPECT_EQ(engine_->Digest(), digest) << "to follow oneself shows nowhere";
  const auto stored = storage::GetAccount(*memory_.TakeSnapshot(), 1);
  ASSERT_THAT(stored, IsOk());
  EXPECT_THAT((*stored)->interests(), ElementsAre("algebra"));
}

TEST_F(ReadFault, OfOneMutationDoesNotRefuseTheOthersOfItsBatch) {
  engine_->Do(UpsertAccount("ana"));
  store_.FailReads([](storage::Family family, absl::string_view key) {
    const bool is_ana = family == storage::Family::kAccounts && key == storage::OrdinalKey(1);
    return is_ana ? absl::DataLossError("a damaged block") : absl::OkStatus();
  });
  EXPECT_THAT(Together({UpsertAccount("ana"), UpsertAccount("ben")}), ElementsAre("DATA_LOSS", "APPLIED"));
  EXPECT_FALSE(turned_read_only_);
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("reading ahead")));
  store_.HealReads();
  EXPECT_THAT(Together({UpsertAccount("ana")}), ElementsAre("APPLIED"));
}

TEST_F(ReadFault, OfWhatIsOnlyToBeForgottenCostsNothing) {
  engine_->Do(WithRequestId(UpsertAccount("ana"), "r-1", 11));
  engine_->Do(Delete(storage::ITEM_ACCOUNT, "ana"));
  engine_->FinishPurges();
  clock_.Advance(absl::Hours(25));
  for (const storage::Family family : {storage::Family::kIdempotencyByTime, storage::Family::kErasedIds}) {
    errors_.clear();
    store_.FailReadsOf(family);
    EXPECT_THAT(Together({UpsertAccount("ben")}), ElementsAre("APPLIED"));
    EXPECT_THAT(errors_, ElementsAre(HasSubstr("forgetting"))) << storage::FamilyName(family);
  }
  EXPECT_FALSE(turned_read_only_);
}

TEST_F(ReadFault, NoneLeavesNoErrors) {
  EXPECT_THAT(Together({UpsertAccount("ana"), Follow("ana", "ben")}), ElementsAre("APPLIED", "APPLIED"));
  EXPECT_THAT(errors_, IsEmpty());
}

}  // namespace
}  // namespace staffroom
