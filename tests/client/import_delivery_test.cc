#include "service/client/import_delivery.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "tests/client/import_fixtures.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Ids = std::vector<std::string>;

// Answers as the test says and remembers what it was asked.
class ScriptedCaller : public BatchCaller {
 public:
  using Answer = std::function<BatchReply(const Ids& ids)>;
  explicit ScriptedCaller(Answer answer) : answer_(std::move(answer)) {}
  BatchReply Call(RecordKind, absl::Span<const ImportItem> items) override {
    calls.push_back(IdsOf(items));
    return answer_(calls.back());
  }
  std::vector<Ids> calls;

 private:
  const Answer answer_;
};

// One status for each item.
BatchReply AllOk(const Ids& ids) { return {.status = {}, .items = std::vector<google::rpc::Status>(ids.size())}; }

struct DeliverTest : ::testing::Test {
  Delivered DeliverTo(ScriptedCaller& caller, const Ids& ids) {
    std::vector<ImportItem> items;
    for (const std::string& id : ids) items.push_back(AccountItem(id));
    return Deliver(caller, RecordKind::kAccount, items,
                   {.patience = absl::Seconds(60), .sleep = [this](absl::Duration pause) { pauses.push_back(pause); }});
  }
  static std::vector<int> CodesOf(const Delivered& delivered) {
    std::vector<int> codes;
    for (const auto& item : delivered.items) codes.push_back(item.code());
    return codes;
  }
  std::vector<absl::Duration> pauses;
};

TEST_F(DeliverTest, CallsOnceWhenAllIsWell) {
  ScriptedCaller caller(AllOk);
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a", "b"})), ElementsAre(0, 0));
  EXPECT_THAT(caller.calls, ElementsAre(ElementsAre("a", "b")));
}

TEST_F(DeliverTest, KeepsRefusalsOfItemsAtTheirPlaces) {
  ScriptedCaller caller([](const Ids&) {
    return BatchReply{
        .status = {},
        .items = {StatusOf(google::rpc::OK), StatusOf(google::rpc::INVALID_ARGUMENT), StatusOf(google::rpc::OK)}};
  });
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a", "b", "c"})), ElementsAre(0, google::rpc::INVALID_ARGUMENT, 0));
}

TEST_F(DeliverTest, WaitsAsLongAsAFullServerSays) {
  int calls = 0;
  ScriptedCaller caller(
      [&calls](const Ids& ids) { return ++calls == 1 ? BatchReply{.status = FullFor(2), .items = {}} : AllOk(ids); });
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a"})), ElementsAre(0));
  EXPECT_THAT(pauses, ElementsAre(absl::Seconds(2)));
}

TEST_F(DeliverTest, SendsAgainFromTheFirstItemThatDidNotGoThroughSoThatNonePassesIt) {
  int calls = 0;
  ScriptedCaller caller([&calls](const Ids& ids) {
    return ++calls == 1
               ? BatchReply{.status = {}, .items = {StatusOf(google::rpc::OK), FullFor(1), StatusOf(google::rpc::OK)}}
               : AllOk(ids);
  });
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a", "b", "c"})), ElementsAre(0, 0, 0));
  EXPECT_THAT(caller.calls, ElementsAre(ElementsAre("a", "b", "c"), ElementsAre("b", "c")));
}

TEST_F(DeliverTest, PausesLongerEachTimeAndGivesUpWhenPatienceEnds) {
  ScriptedCaller caller(
      [](const Ids&) { return BatchReply{.status = StatusOf(google::rpc::UNAVAILABLE), .items = {}}; });
  const Delivered delivered = DeliverTo(caller, {"a"});
  EXPECT_EQ(delivered.status.code(), google::rpc::UNAVAILABLE);
  EXPECT_THAT(delivered.items, IsEmpty());
  ASSERT_GT(pauses.size(), 8u);
  EXPECT_EQ(pauses[0], absl::Milliseconds(100));
  EXPECT_EQ(pauses[1], absl::Milliseconds(200));
  EXPECT_EQ(pauses.back(), absl::Seconds(5));
  absl::Duration waited;
  for (const absl::Duration pause : pauses) waited += pause;
  EXPECT_LE(waited, absl::Seconds(60));
  EXPECT_GT(waited, absl::Seconds(50));
}

TEST_F(DeliverTest, HasNewPatienceAfterSomethingWentThrough) {
  // Each item is let through at the second try after 40 s: 120 s in all, never 60 s without progress.
  int calls = 0;
  ScriptedCaller caller([&calls](const Ids& ids) {
    if (++calls % 2 == 1) return BatchReply{.status = FullFor(40), .items = {}};
    BatchReply reply = AllOk(ids);
    for (size_t i = 1; i < ids.size(); ++i) reply.items[i] = FullFor(1);
    return reply;
  });
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a", "b", "c"})), ElementsAre(0, 0, 0));
}

TEST_F(DeliverTest, DoesNotWaitForWhatIsFurtherAwayThanItsPatience) {
  ScriptedCaller caller([](const Ids&) { return BatchReply{.status = FullFor(600), .items = {}}; });
  EXPECT_EQ(DeliverTo(caller, {"a"}).status.code(), google::rpc::RESOURCE_EXHAUSTED);
  EXPECT_THAT(pauses, IsEmpty());
}

TEST_F(DeliverTest, FindsTheOneItemThatSpoilsACallAndBringsTheRestIn) {
  ScriptedCaller caller([](const Ids& ids) {
    const bool spoiled = std::find(ids.begin(), ids.end(), "bad") != ids.end();
    return spoiled ? BatchReply{.status = StatusOf(google::rpc::INVALID_ARGUMENT), .items = {}} : AllOk(ids);
  });
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a", "b", "c", "bad", "d", "e"})),
              ElementsAre(0, 0, 0, google::rpc::INVALID_ARGUMENT, 0, 0));
  EXPECT_THAT(caller.calls.back(), ElementsAre("d", "e")) << "what follows goes at once again";
}

TEST_F(DeliverTest, HalvesACallThatIsTooLarge) {
  ScriptedCaller caller([](const Ids& ids) {
    return ids.size() > 2 ? BatchReply{.status = StatusOf(google::rpc::RESOURCE_EXHAUSTED), .items = {}} : AllOk(ids);
  });
  EXPECT_THAT(CodesOf(DeliverTo(caller, {"a", "b", "c", "d"})), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(caller.calls, SizeIs(3));
}

TEST_F(DeliverTest, EndsAtOnceWhenTheCallerMayNotWrite) {
  ScriptedCaller caller(
      [](const Ids&) { return BatchReply{.status = StatusOf(google::rpc::PERMISSION_DENIED), .items = {}}; });
  EXPECT_EQ(DeliverTo(caller, {"a", "b"}).status.code(), google::rpc::PERMISSION_DENIED);
  EXPECT_THAT(caller.calls, SizeIs(1));
}

TEST_F(DeliverTest, EndsWhenAnItemSaysThatTheStoreIsReadOnlyAndKeepsWhatWentInBefore) {
  ScriptedCaller caller([](const Ids& ids) {
    BatchReply reply = AllOk(ids);
    reply.items[1] = StatusOf(google::rpc::FAILED_PRECONDITION);
    google::rpc::ErrorInfo info;
    info.set_reason("READ_ONLY_STORE");
    reply.items[1].add_details()->PackFrom(info);
    return reply;
  });
  const Delivered delivered = DeliverTo(caller, {"a", "b", "c"});
  EXPECT_EQ(delivered.status.code(), google::rpc::FAILED_PRECONDITION);
  EXPECT_THAT(delivered.items, SizeIs(1));
}

}  // namespace
}  // namespace staffroom
