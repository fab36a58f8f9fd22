#include "service/client/import_sender.h"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "gtest/gtest.h"
#include "service/base/mutex.h"
#include "service/client/import_ledger.h"
#include "tests/client/import_fixtures.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Holds every call until the test lets it go, so that the test sees what is on its way at the same time.
class HeldCaller : public BatchCaller {
 public:
  BatchReply Call(RecordKind, absl::Span<const ImportItem> items) override {
    MutexLock lock(&mutex_);
    ++held_;
    changed_.NotifyAll();
    while (allowed_ == 0) changed_.Wait(&mutex_);
    --allowed_;
    --held_;
    changed_.NotifyAll();
    return {.status = {}, .items = std::vector<google::rpc::Status>(items.size())};
  }
  // Waits until exactly so many calls are held; false after a while without.
  bool Holds(int count) {
    MutexLock lock(&mutex_);
    while (held_ != count) {
      if (!changed_.WaitFor(&mutex_, absl::Seconds(10))) return false;
    }
    return true;
  }
  // Whether more than `count` calls come within a twentieth of a second.
  bool ExceedsSoon(int count) {
    MutexLock lock(&mutex_);
    while (held_ <= count) {
      if (!changed_.WaitFor(&mutex_, absl::Milliseconds(50))) return false;
    }
    return true;
  }
  void LetGo(int count) {
    MutexLock lock(&mutex_);
    allowed_ += count;
    changed_.NotifyAll();
  }

 private:
  Mutex mutex_;
  Condition changed_;
  int held_ ABSL_GUARDED_BY(mutex_) = 0;
  int allowed_ ABSL_GUARDED_BY(mutex_) = 0;
};

ImportBatch BatchOf(std::vector<ImportItem> items) {
  ImportBatch batch;
  batch.kind = KindOf(items.front().record);
  for (const ImportItem& item : items) batch.order_keys.insert(OrderKey(item.record));
  batch.items = std::move(items);
  return batch;
}

struct ImportSenderTest : ::testing::Test {
  // Sends the batches from a thread of its own, as the test wants to look meanwhile.
  std::thread SendAll(ImportSender& sender, std::vector<ImportBatch> batches) {
    return std::thread([&sender, batches = std::move(batches)]() mutable {
      for (ImportBatch& batch : batches) sender.Send(std::move(batch));
      sender.Finish();
    });
  }
  std::vector<std::string> refused;
  ImportLedger ledger{[this](const std::string& line) { refused.push_back(line); }};
};

TEST_F(ImportSenderTest, HasSoManyBatchesOnTheirWayAndNotOneMore) {
  HeldCaller caller;
  ImportSender sender(&caller, &ledger, 2, {});
  std::thread sending =
      SendAll(sender, {BatchOf({AccountItem("a")}), BatchOf({AccountItem("b")}), BatchOf({AccountItem("c")})});
  EXPECT_TRUE(caller.Holds(2));
  EXPECT_FALSE(caller.ExceedsSoon(2));
  caller.LetGo(3);
  sending.join();
  EXPECT_EQ(ledger.totals(), (ImportLedger::Totals{.imported = 3, .refused = 0}));
}

TEST_F(ImportSenderTest, HoldsABatchBackWhileOneWithTheSameThingIsOnItsWay) {
  HeldCaller caller;
  ImportSender sender(&caller, &ledger, 4, {});
  std::thread sending = SendAll(
      sender, {BatchOf({AccountItem("ines"), AccountItem("a")}), BatchOf({AccountItem("ines"), AccountItem("b")})});
  EXPECT_TRUE(caller.Holds(1));
  EXPECT_FALSE(caller.ExceedsSoon(1));
  caller.LetGo(2);
  sending.join();
}

TEST_F(ImportSenderTest, HoldsInteractionsBackUntilTheThingsBeforeThemAreAnswered) {
  HeldCaller caller;
  ImportSender sender(&caller, &ledger, 4, {});
  std::thread sending = SendAll(
      sender, {BatchOf({AccountItem("ines")}), BatchOf({PostItem("p")}), BatchOf({FollowItem("ines", "omar")})});
  EXPECT_TRUE(caller.Holds(2)) << "the account and the post go together";
  EXPECT_FALSE(caller.ExceedsSoon(2));
  caller.LetGo(3);
  sending.join();
}

// Refuses the items named here, or ends the import at a batch that holds `end`.
class JudgingCaller : public BatchCaller {
 public:
  BatchReply Call(RecordKind, absl::Span<const ImportItem> items) override {
    BatchReply reply;
    for (const std::string& id : IdsOf(items)) {
      if (id == "end")
        return {.status = StatusOf(google::rpc::PERMISSION_DENIED, "readers may not write"), .items = {}};
      reply.items.push_back(id == "bad" ? StatusOf(google::rpc::INVALID_ARGUMENT, "no good") : google::rpc::Status());
    }
    return reply;
  }
};

TEST_F(ImportSenderTest, NamesEachLineThatWasRefusedAndCountsTheRest) {
  JudgingCaller caller;
  ImportSender sender(&caller, &ledger, 2, {});
  sender.Send(BatchOf({AccountItem("a", 1), AccountItem("bad", 2), AccountItem("c", 3)}));
  EXPECT_EQ(sender.Finish().code(), google::rpc::OK);
  EXPECT_EQ(ledger.totals(), (ImportLedger::Totals{.imported = 2, .refused = 1}));
  EXPECT_THAT(refused, ElementsAre("some.jsonl:2: INVALID_ARGUMENT: no good"));
}

TEST_F(ImportSenderTest, TakesNothingMoreOnceItHasEnded) {
  JudgingCaller caller;
  ImportSender sender(&caller, &ledger, 1, {});
  EXPECT_TRUE(sender.Send(BatchOf({AccountItem("end")})));
  EXPECT_FALSE(sender.Send(BatchOf({AccountItem("a")})));
  EXPECT_THAT(sender.Finish().message(), HasSubstr("readers may not write"));
  EXPECT_EQ(ledger.totals(), ImportLedger::Totals{});
}

}  // namespace
}  // namespace staffroom
