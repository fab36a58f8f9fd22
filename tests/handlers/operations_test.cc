#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/base/errors.h"
#include "storage/memory_store.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/word_encoder.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::atomic<bool> kNever{false};

ServiceUnderTest::Setup SetupOf(absl::string_view model_id, storage::Store* memory) {
  ServiceUnderTest::Setup setup;
  setup.encoder = std::make_unique<WordEncoder>(std::string(model_id), model_id.size());
  setup.former_encoders = [](absl::string_view former) {
    return std::make_unique<WordEncoder>(std::string(former), former.size());
  };
  setup.memory = memory;
  setup.begins_embedding = true;
  return setup;
}

void Fill(ServiceUnderTest& service) {
  for (int i = 0; i < 10; ++i) {
    service.Must<v1::UpsertAccountRequest>(absl::StrCat("account { id: 'a", i, "' kind: TEACHER bio: 'fractions' }"));
  }
}

std::vector<std::string> Listed(ServiceUnderTest& service) {
  std::vector<std::string> listed;
  const v1::ListOperationsResponse response = service.Must<v1::ListOperationsRequest>("");
  for (const v1::Operation& operation : response.operations()) {
    listed.push_back(absl::StrCat(operation.id(), " ", v1::Operation::State_Name(operation.state())));
  }
  return listed;
}

v1::Operation Get(ServiceUnderTest& service, const std::string& id) {
  return service.Must<v1::GetOperationRequest>(absl::StrCat("id: '", id, "'")).operation();
}

TEST(Operations, AreBegunFollowedAndListedTheNewestFirst) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("one", &memory));
  Fill(service);
  EXPECT_THAT(Listed(service), IsEmpty());
  const v1::ReembedResponse begun = service.Must<v1::ReembedRequest>("");
  EXPECT_EQ(begun.operation().kind(), v1::Operation::EMBEDDING);
  EXPECT_EQ(begun.operation().state(), v1::Operation::RUNNING);
  EXPECT_EQ(begun.operation().start_time().seconds(), absl::ToUnixSeconds(service.clock.Now()));
  EXPECT_FALSE(begun.operation().has_end_time());
  EXPECT_THAT(begun.revision(), ::testing::Not(IsEmpty()));
  EXPECT_EQ(service.Must<v1::ReembedRequest>("outdated_only: true").operation().id(), begun.operation().id())
      << "one runs already";
  service.clock.Advance(absl::Minutes(1));
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  const v1::Operation ended = Get(service, begun.operation().id());
  EXPECT_EQ(ended.state(), v1::Operation::SUCCEEDED);
  EXPECT_EQ(ended.done(), 10);
  EXPECT_EQ(ended.total(), 10);
  EXPECT_EQ(ended.end_time().seconds(), absl::ToUnixSeconds(service.clock.Now()));
  EXPECT_FALSE(ended.has_error());
  const v1::ReembedResponse second = service.Must<v1::ReembedRequest>("outdated_only: true");
  EXPECT_THAT(Listed(service),
              ElementsAre(absl::StrCat(second.operation().id(), " RUNNING"), absl::StrCat(ended.id(), " SUCCEEDED")));
}

TEST(Operations, ComputeAnewWhatIsThereOrOnlyWhatIsNot) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("one", &memory));
  Fill(service);
  // As an encoder that kept its name and not its bytes would have left them.
  const auto spoil = [&] {
    storage::VectorRecord vector =
        **storage::GetVector(*memory.TakeSnapshot(), {{storage::ITEM_ACCOUNT, 1}, storage::BIO});
    vector.mutable_values()->assign(vector.values().size(), '\0');
    storage::WriteBatch batch;
    storage::PutVector(&batch, {storage::ITEM_ACCOUNT, 1}, vector);
    EXPECT_THAT(memory.Write(batch), IsOk());
    return vector.values();
  };
  const auto values = [&] {
    return (*storage::GetVector(*memory.TakeSnapshot(), {{storage::ITEM_ACCOUNT, 1}, storage::BIO}))->values();
  };
  const std::string right = values();
  const std::string spoilt = spoil();
  service.Must<v1::ReembedRequest>("outdated_only: true");
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  EXPECT_EQ(values(), spoilt);
  service.Must<v1::ReembedRequest>("");
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  EXPECT_EQ(values(), right);
}

TEST(Operations, KnowARepeatedRequest) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("one", &memory));
  Fill(service);
  const std::string id = service.Must<v1::ReembedRequest>("request_id: 'r'").operation().id();
  service.Must<v1::ReembedRequest>("request_id: 's'");  // answered by the one that runs
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  const std::string second = service.Must<v1::ReembedRequest>("").operation().id();
  EXPECT_NE(second, id);
  EXPECT_EQ(service.Must<v1::ReembedRequest>("request_id: 'r'").operation().id(), id);
  EXPECT_EQ(service.Must<v1::ReembedRequest>("request_id: 's'").operation().id(), id);
  EXPECT_EQ(ErrorReason(service.Call<v1::ReembedRequest>("request_id: 'r' outdated_only: true").status()),
            reason::kRequestIdReused);
  EXPECT_EQ(
      ErrorReason(service.Call<v1::ReembedRequest>(absl::StrCat("request_id: '", std::string(129, 'x'), "'")).status()),
      reason::kFieldTooLong);
}

TEST(Operations, AreCancelledAtOnceAndOnlyOnce) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("one", &memory));
  Fill(service);
  const std::string id = service.Must<v1::ReembedRequest>("").operation().id();
  const std::string cancel = absl::StrCat("id: '", id, "'");
  EXPECT_EQ(service.Must<v1::CancelOperationRequest>(cancel).operation().state(), v1::Operation::CANCELLED);
  const v1::Operation cancelled = Get(service, id);
  EXPECT_TRUE(cancelled.has_end_time());
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  service.clock.Advance(absl::Minutes(1));
  EXPECT_EQ(service.Must<v1::CancelOperationRequest>(cancel).operation().DebugString(), cancelled.DebugString());
  EXPECT_EQ(Listed(service).size(), 1u);
}

TEST(Operations, OfATakeoverAreListedAndCancellingOneKeepsTheOldModelUntilTheNextStart) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest before(SetupOf("one", &memory));
    Fill(before);
  }
  std::string id;
  {
    ServiceUnderTest service(SetupOf("other", &memory));
    const v1::ListOperationsResponse listed = service.Must<v1::ListOperationsRequest>("");
    ASSERT_EQ(listed.operations_size(), 1);
    id = listed.operations(0).id();
    EXPECT_EQ(listed.operations(0).state(), v1::Operation::RUNNING);
    const v1::GetStatusResponse status = service.Must<v1::GetStatusRequest>("");
    ASSERT_EQ(status.models_size(), 2);
    EXPECT_EQ(status.models(0).id(), "one");
    EXPECT_EQ(status.models(0).state(), v1::GetStatusResponse::Model::SERVING);
    EXPECT_EQ(status.models(1).id(), "other");
    EXPECT_EQ(status.models(1).state(), v1::GetStatusResponse::Model::COMING);
    EXPECT_EQ(status.views(status.views_size() - 1).name(), "coming_vectors");
    EXPECT_EQ(service.Must<v1::ReembedRequest>("").operation().id(), id);
    service.Must<v1::CancelOperationRequest>(absl::StrCat("id: '", id, "'"));
    EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
    EXPECT_EQ(service.Serving(), "one");
    EXPECT_EQ(service.Must<v1::GetStatusRequest>("").models_size(), 1);
    EXPECT_EQ(ErrorReason(service.Call<v1::ReembedRequest>("").status()), reason::kModelMismatch);
    // Written with the old model alone, which still serves.
    service.Must<v1::UpsertAccountRequest>("account { id: 'zoe' kind: TEACHER bio: 'primes' }");
    const auto vector = *storage::GetVector(*memory.TakeSnapshot(), {{storage::ITEM_ACCOUNT, 11}, storage::BIO});
    ASSERT_TRUE(vector.has_value());
    EXPECT_EQ(vector->model_id(), "one");
    EXPECT_FALSE(vector->has_other());
  }
  ServiceUnderTest service(SetupOf("other", &memory));
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  EXPECT_EQ(service.Serving(), "other");
  ASSERT_EQ(Listed(service).size(), 2u);
  EXPECT_EQ(Listed(service)[1], absl::StrCat(id, " CANCELLED")) << "what was, survives a restart";
  EXPECT_THAT(Listed(service)[0], ::testing::EndsWith(" SUCCEEDED"));
}

TEST(Operations, FailWhenTheServerIsStartedWithAnotherEncoder) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest before(SetupOf("one", &memory));
    Fill(before);
  }
  {
    ServiceUnderTest begun(SetupOf("other", &memory));
  }
  ServiceUnderTest service(SetupOf("one", &memory));
  const v1::ListOperationsResponse listed = service.Must<v1::ListOperationsRequest>("");
  ASSERT_EQ(listed.operations_size(), 2);
  EXPECT_EQ(listed.operations(0).state(), v1::Operation::RUNNING)
      << "looks for what was written meanwhile without this one";
  EXPECT_EQ(listed.operations(1).state(), v1::Operation::FAILED);
  EXPECT_EQ(listed.operations(1).error().code(), 10) << "ABORTED";
  EXPECT_EQ(service.Serving(), "one");
}

TEST(Operations, FailWhereARecordCannotBeReadAndTheOldModelServesOn) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest before(SetupOf("one", &memory));
    Fill(before);
  }
  ServiceUnderTest service(SetupOf("other", &memory));
  service.store.FailReadsOf(storage::Family::kAccounts);
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  service.store.HealReads();
  EXPECT_EQ(service.Serving(), "one");
  const v1::Operation operation = service.Must<v1::ListOperationsRequest>("").operations(0);
  EXPECT_EQ(operation.state(), v1::Operation::FAILED);
  EXPECT_EQ(operation.error().code(), 15) << "DATA_LOSS";
}

TEST(Operations, AreForgottenAfterThirtyDays) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("one", &memory));
  Fill(service);
  const std::string id = service.Must<v1::ReembedRequest>("").operation().id();
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  service.clock.Advance(absl::Hours(24 * 29));
  EXPECT_EQ(Listed(service).size(), 1u);
  service.clock.Advance(absl::Hours(25));
  EXPECT_THAT(Listed(service), IsEmpty());
  EXPECT_EQ(ErrorReason(service.Call<v1::GetOperationRequest>(absl::StrCat("id: '", id, "'")).status()),
            reason::kOperationNotFound);
  service.Must<v1::ReembedRequest>("");
  service.ReadViews([](const ReadView& view) { EXPECT_EQ(view.models.operations().size(), 1u); });
}

TEST(Operations, ArePagedThrough) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("one", &memory));
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    ids.insert(ids.begin(), service.Must<v1::ReembedRequest>("").operation().id());
    EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  }
  std::vector<std::string> listed;
  v1::ListOperationsRequest request;
  request.set_page_size(2);
  do {
    const v1::ListOperationsResponse page = service.Must(request);
    EXPECT_LE(page.operations_size(), 2);
    for (const v1::Operation& operation : page.operations()) listed.push_back(operation.id());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, ids);
  request.set_page_token("rubbish");
  EXPECT_EQ(ErrorReason(service.Call(request).status()), reason::kPageTokenInvalid);
  EXPECT_EQ(ErrorReason(service.Call<v1::ListOperationsRequest>("page_size: 1001").status()), reason::kFieldOutOfRange);
}

TEST(Operations, RefuseIdsThatAreNone) {
  ServiceUnderTest service;
  for (const char* id : {"x", "embedding-", "embedding-0", "embedding-1", "embedding-01", "embedding--1"}) {
    const std::string text = absl::StrCat("id: '", id, "'");
    EXPECT_EQ(ErrorReason(service.Call<v1::GetOperationRequest>(text).status()), reason::kOperationNotFound) << id;
    EXPECT_EQ(ErrorReason(service.Call<v1::CancelOperationRequest>(text).status()), reason::kOperationNotFound) << id;
  }
  EXPECT_EQ(ErrorReason(service.Call<v1::GetOperationRequest>("").status()), reason::kFieldRequired);
  EXPECT_EQ(ErrorReason(service.Call<v1::CancelOperationRequest>("").status()), reason::kFieldRequired);
}

}  // namespace
}  // namespace staffroom
