// GetStatus.
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/admin_status.pb.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "storage/memory_store.h"
#include "storage/records.pb.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/mutations.h"

namespace staffroom {
namespace {

v1::GetStatusResponse Status(ServiceUnderTest& service) { return service.Must(v1::GetStatusRequest()); }

TEST(GetStatus, CountsWhatThereIsWithoutStubsAndTombstones) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  service.Must<v1::UpsertPostRequest>("post { id: 'p' author_id: 'ada' resource_ids: 'stub' } create_stubs: true");
  service.Must<v1::UpsertResourceRequest>("resource { id: 'r' kind: BOOK }");
  const auto last = service.Must<v1::WriteInteractionRequest>(
      "interaction { actor_id: 'ada' kind: FOLLOW account_id: 'stub' } create_stubs: true");
  const v1::GetStatusResponse status = Status(service);
  EXPECT_EQ(status.accounts(), 1);
  EXPECT_EQ(status.posts(), 1);
  EXPECT_EQ(status.resources(), 1);
  EXPECT_EQ(status.interactions(), 1);
  EXPECT_EQ(status.revision(), last.revision());
  EXPECT_GT(status.bytes_per_follow(), 0);
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 'ada' kind: VIEW post_id: 'p' }");
  service.Must<v1::DeleteInteractionRequest>("interaction { actor_id: 'ada' kind: FOLLOW account_id: 'stub' }");
  EXPECT_EQ(Status(service).interactions(), 1);
  EXPECT_EQ(Status(service).bytes_per_follow(), 0);
}

TEST(GetStatus, GivesTheDigestOfTheRevisionThatItNames) {
  ServiceUnderTest service;
  const auto hex = [](uint64_t number) { return absl::StrCat(absl::Hex(number, absl::kZeroPad16)); };
  const std::string empty = Status(service).digest();
  EXPECT_EQ(empty, hex(service.Digest()));
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  const v1::GetStatusResponse status = Status(service);
  EXPECT_NE(status.digest(), empty);
  EXPECT_EQ(status.digest(), hex(service.Digest()));
  EXPECT_EQ(Status(service).digest(), status.digest());
  for (const auto& view : status.views()) {
    EXPECT_GT(view.bytes(), 0) << view.name();
    EXPECT_EQ(view.digest().empty(), view.name() == "vectors") << view.name();
  }
}

TEST(GetStatus, NamesEncoderBuildEpochAndQueue) {
  ServiceUnderTest service;
  const v1::GetStatusResponse status = Status(service);
  ASSERT_EQ(status.models_size(), 1);
  EXPECT_EQ(status.models(0).id(), std::string(service.encoder().model_id()));
  EXPECT_EQ(status.models(0).dimensions(), 256);
  EXPECT_EQ(status.models(0).state(), v1::GetStatusResponse::Model::SERVING);
  EXPECT_EQ(status.build().version(), "0.1.0");
  EXPECT_EQ(status.epoch(), "0000000000000007");
  EXPECT_EQ(status.queue_depth(), 3);
  EXPECT_EQ(status.queue_capacity(), 1000);
}

// A task of the engine's that keeps its thread, and so everything that is queued behind it.
class HeldEngine {
 public:
  explicit HeldEngine(Engine& engine) {
    engine.RunBetweenBatches([this] {
      held_.set_value();
      release_.get_future().wait();
    });
    held_.get_future().wait();
  }
  void Release() { release_.set_value(); }

 private:
  std::promise<void> held_, release_;
};

// Asks without waiting.
std::future<v1::GetStatusResponse> Ask(AdminHandlers& admin) {
  auto promise = std::make_shared<std::promise<v1::GetStatusResponse>>();
  auto answer = promise->get_future();
  admin.GetStatus(std::make_shared<CallContext>(), {}, Reply<v1::GetStatusResponse>::To([promise](auto given) {
                    promise->set_value(given.ok() ? *std::move(given) : v1::GetStatusResponse());
                  }));
  return answer;
}

TEST(GetStatus, SumsUpOnceForAllWhoAskMeanwhile) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  std::atomic<int> looks = 0;
  AdminHandlers::Parts parts = service.AdminParts();
  parts.executor = [&looks](absl::AnyInvocable<void()> task) {
    ++looks;
    task();
  };
  AdminHandlers admin(parts);
  HeldEngine held(parts.engine);
  std::future<v1::GetStatusResponse> answers[] = {Ask(admin), Ask(admin), Ask(admin)};
  held.Release();
  for (auto& answer : answers) EXPECT_EQ(answer.get().accounts(), 1);
  EXPECT_EQ(looks, 1);
  service.Must<v1::UpsertAccountRequest>("account { id: 'bo' kind: TEACHER }");
  EXPECT_EQ(Ask(admin).get().accounts(), 2);
  EXPECT_EQ(Ask(admin).get().accounts(), 2);
  EXPECT_EQ(looks, 2);
}

TEST(GetStatus, TellsSinceWhenAnErasureWaitsAndForgetsItWhenItIsDone) {
  ServiceUnderTest service;
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER }");
  AdminHandlers::Parts parts = service.AdminParts();
  AdminHandlers admin(parts);
  // One task is taken with each batch, and a purge only when there is neither: the status is asked between the two.
  HeldEngine held(parts.engine);
  parts.engine.Submit(Delete(storage::ITEM_ACCOUNT, "ada"), [](const MutationResult&) {});
  parts.engine.RunBetweenBatches([] {});
  std::future<v1::GetStatusResponse> waiting = Ask(admin);
  held.Release();
  const v1::GetStatusResponse status = waiting.get();
  ASSERT_TRUE(status.has_oldest_pending_purge_time());
  EXPECT_EQ(status.oldest_pending_purge_time().seconds(), absl::ToUnixSeconds(service.clock.Now()));
  service.FinishPurges();
  EXPECT_FALSE(Status(service).has_oldest_pending_purge_time());
}

}  // namespace
}  // namespace staffroom
