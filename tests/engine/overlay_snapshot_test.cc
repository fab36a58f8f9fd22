// The store as it will be: what a batch has put so far over what is there.
#include "service/engine/overlay_snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/memory_store.h"
#include "storage/store.h"
#include "storage/write_batch.h"
#include "tests/support/fault_store.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using storage::Family;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Overlay : public ::testing::Test {
 protected:
  Overlay() {
    storage::WriteBatch batch;
    for (const char* key : {"b", "d", "f"}) batch.Put(Family::kIds, key, "beneath");
    batch.Put(Family::kEdges, "c", "of another family");
    EXPECT_THAT(store_.Write(batch), IsOk());
    overlay_ = std::make_unique<OverlaySnapshot>(store_.TakeSnapshot(), &batch_);
  }
  // "key=value", in order; after an error its code.
  std::vector<std::string> Scanned(absl::string_view first, absl::string_view past_last) {
    std::vector<std::string> entries;
    const auto it = overlay_->Scan(Family::kIds, first, past_last);
    for (; it->Valid(); it->Next()) entries.push_back(absl::StrCat(it->key(), "=", it->value()));
    if (!it->status().ok()) entries.push_back(absl::StatusCodeToString(it->status().code()));
    return entries;
  }

  storage::MemoryStore memory_;
  FaultStore store_{&memory_};
  storage::WriteBatch batch_;
  std::unique_ptr<OverlaySnapshot> overlay_;
};

TEST_F(Overlay, ScansBothInOneOrder) {
  batch_.Put(Family::kIds, "a", "above");
  batch_.Put(Family::kIds, "d", "above");
  batch_.Put(Family::kIds, "g", "above");
  overlay_->Absorb();
  EXPECT_THAT(Scanned("", ""), ElementsAre("a=above", "b=beneath", "d=above", "f=beneath", "g=above"));
  EXPECT_THAT(Scanned("b", "g"), ElementsAre("b=beneath", "d=above", "f=beneath"));
  EXPECT_THAT(Scanned("e", "e"), IsEmpty());
}

TEST_F(Overlay, ScansOverWhatTheBatchDeleted) {
  for (const char* key : {"a", "b", "f", "z"}) batch_.Delete(Family::kIds, key);
  overlay_->Absorb();
  EXPECT_THAT(Scanned("", ""), ElementsAre("d=beneath"));
  batch_.Delete(Family::kIds, "d");
  batch_.Put(Family::kIds, "f", "again");
  EXPECT_THAT(Scanned("", ""), ElementsAre("d=beneath")) << "what is not absorbed is not seen";
  overlay_->Absorb();
  EXPECT_THAT(Scanned("", ""), ElementsAre("f=again"));
}

TEST_F(Overlay, EndsAScanAtAnUnreadableEntryOfTheStore) {
  batch_.Put(Family::kIds, "g", "above");
  overlay_->Absorb();
  store_.FailReads([](Family, absl::string_view key) {
    return key == "d" ? absl::DataLossError("a damaged block") : absl::OkStatus();
  });
  EXPECT_THAT(Scanned("", ""), ElementsAre("b=beneath", "DATA_LOSS"));
}

TEST(WriteBatch, ForgetsWhatWasAddedLast) {
  storage::WriteBatch batch, first;
  for (storage::WriteBatch* one : {&batch, &first}) one->Put(Family::kIds, "a", "1");
  batch.Put(Family::kIds, "b", "22");
  batch.Delete(Family::kIds, "a");
  batch.Truncate(1);
  EXPECT_EQ(batch.operations().size(), 1u);
  EXPECT_EQ(batch.bytes(), first.bytes());
}

}  // namespace
}  // namespace staffroom
