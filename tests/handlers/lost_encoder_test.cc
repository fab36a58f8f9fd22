// Another encoder takes over while the one whose vectors serve cannot be made any more: its file is gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "service/embedding/item_pages.h"
#include "service/embedding/text_vectors.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "tests/handlers/model_switching.h"
#include "tests/handlers/random_requests.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/word_encoder.h"

namespace staffroom {
namespace {

// The old encoder's file is gone: what it made goes on serving, and a visitor's words are answered without it.
TEST(ModelSwitchWithoutTheOldEncoder, ServesWhatItMade) {
  storage::MemoryStore memory;
  ServiceUnderTest old_world(SetupOf("old")), new_world(SetupOf("new"));
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    Send(RandomRequests(7).Next(100), {&before, &old_world, &new_world});
  }
  ServiceUnderTest::Setup setup = SetupOf("new", &memory);
  setup.former_encoders = nullptr;
  ServiceUnderTest service(std::move(setup));
  EXPECT_EQ(service.Serving(), "old");
  const auto ask = [](ServiceUnderTest& asked, const std::string& asker) {
    asked.Settle();
    auto answer = asked.Must<v1::RecommendAccountsRequest>(asker);
    answer.clear_revision();
    answer.clear_attribution_token();
    return answer.DebugString();
  };
  EXPECT_EQ(ask(service, "account_id: 'a0'"), ask(old_world, "account_id: 'a0'"));
  EXPECT_FALSE(ask(service, "profile { interests: 'fractions' }").empty());
  service.Must<v1::UpsertAccountRequest>("account { id: 'zoe' kind: TEACHER bio: 'primes' }");
  new_world.Must<v1::UpsertAccountRequest>("account { id: 'zoe' kind: TEACHER bio: 'primes' }");
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  EXPECT_EQ(Answers(service), Answers(new_world));
  EXPECT_EQ(VectorBytes(memory), VectorBytes(new_world.memory));
}

// How many texts have a vector of the model.
int VectorsOf(absl::string_view model_id, const storage::Store& store) {
  int vectors = 0;
  const absl::Status status =
      storage::ScanVectors(*store.TakeSnapshot(), [&](const storage::Item&, const storage::VectorRecord& record) {
        if (!storage::ValuesOf(record, model_id).empty()) ++vectors;
        return absl::OkStatus();
      });
  EXPECT_THAT(status, IsOk());
  return vectors;
}

ServiceUnderTest::Setup WithoutFormer(absl::string_view model_id, storage::Store* memory) {
  ServiceUnderTest::Setup setup = SetupOf(model_id, memory);
  setup.former_encoders = nullptr;
  return setup;
}

// Platforms write everything again every night.
TEST(ModelSwitchWithoutTheOldEncoder, KeepsItsVectorsOfTextsThatAreWrittenAgainAsTheyWere) {
  storage::MemoryStore memory;
  constexpr char kAda[] = "account { id: 'ada' kind: TEACHER bio: 'maps' interests: 'primes' }";
  {
    ServiceUnderTest(SetupOf("old", &memory)).Must<v1::UpsertAccountRequest>(kAda);
  }
  ServiceUnderTest service(WithoutFormer("new", &memory));
  service.Must<v1::UpsertAccountRequest>(kAda);
  EXPECT_EQ(VectorsOf("old", memory), 2);
  EXPECT_EQ(VectorsOf("new", memory), 2);
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER bio: 'graphs' interests: 'primes' }");
  EXPECT_EQ(VectorsOf("old", memory), 1) << "what it made of 'maps' says nothing of 'graphs'";
  EXPECT_EQ(VectorsOf("new", memory), 2);
}

TEST(ModelSwitchWithoutTheOldEncoder, LeavesNoGapsWhenTheOldOneComesBackMidway) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest(SetupOf("old", &memory))
        .Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER bio: 'maps' }");
  }
  {
    ServiceUnderTest service(WithoutFormer("new", &memory));
    service.Must<v1::UpsertAccountRequest>("account { id: 'zoe' kind: TEACHER bio: 'primes' }");
  }
  ServiceUnderTest back(WithoutFormer("old", &memory));
  EXPECT_THAT(back.reembedder().Work(kNever), IsOk());
  EXPECT_EQ(VectorsOf("old", memory), 2);
  ExpectOnlyVectorsOf(back.encoder(), memory);
}

TEST(ModelSwitchWithoutTheOldEncoder, LeavesNoGapsWhenTheOldOneComesBackAfterACancelledTakeover) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest(SetupOf("old", &memory))
        .Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER bio: 'maps' }");
  }
  {
    ServiceUnderTest service(WithoutFormer("new", &memory));
    const v1::ListOperationsResponse operations = service.Must<v1::ListOperationsRequest>("");
    ASSERT_EQ(operations.operations_size(), 1);
    service.Must<v1::CancelOperationRequest>(absl::StrCat("id: '", operations.operations(0).id(), "'"));
    EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
    service.Must<v1::UpsertAccountRequest>("account { id: 'zoe' kind: TEACHER bio: 'primes' }");
  }
  ServiceUnderTest back(WithoutFormer("old", &memory));
  EXPECT_THAT(back.reembedder().Work(kNever), IsOk());
  EXPECT_EQ(VectorsOf("old", memory), 2);
  ExpectOnlyVectorsOf(back.encoder(), memory);
}

}  // namespace
}  // namespace staffroom
