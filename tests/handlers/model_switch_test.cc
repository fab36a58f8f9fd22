// One encoder takes over from another: until then the answers are those of a world that never heard of the new one, from then on
// those of a world that never had the old one, whatever is written, deleted, killed or fails meanwhile.
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

// A service whose configured encoder says when a text is about to be encoded.
class Watched {
 public:
  Watched(absl::string_view model_id, storage::Store* memory) {
    auto encoder = NewEncoder(model_id);
    encoder_ = encoder.get();
    ServiceUnderTest::Setup setup = SetupOf(model_id, memory);
    setup.encoder = std::move(encoder);
    service_ = std::make_unique<ServiceUnderTest>(std::move(setup));
  }
  // `meanwhile` runs before texts are encoded that the background encodes.
  absl::Status Work(std::function<void()> meanwhile, const std::atomic<bool>& stop = kNever) {
    bool is_inside = false;
    encoder_->Before([&] {
      if (is_inside) return;
      is_inside = true;
      meanwhile();
      is_inside = false;
    });
    const absl::Status status = service_->reembedder().Work(stop);
    encoder_->Before(nullptr);
    return status;
  }
  ServiceUnderTest& operator*() { return *service_; }
  ServiceUnderTest* operator->() { return service_.get(); }

 private:
  WordEncoder* encoder_ = nullptr;
  std::unique_ptr<ServiceUnderTest> service_;
};

class ModelSwitch : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ModelSwitch, AnswersAsTheOldModelUntilItAnswersAsTheNewOne) {
  RandomRequests random(GetParam());
  std::mt19937 coin(GetParam());
  storage::MemoryStore memory;
  ServiceUnderTest old_world(SetupOf("old")), new_world(SetupOf("new"));
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    Send(random.Next(80), {&before, &old_world, &new_world});
  }
  Watched service("new", &memory);
  ASSERT_EQ(service->Serving(), "old");
  ASSERT_EQ(Answers(*service), Answers(old_world)) << "right after the start";
  std::vector<Request> during = random.Next(25);
  ASSERT_THAT(service.Work([&] {
    if (during.empty() || coin() % 3 != 0) return;
    Send({during.back()}, {&*service, &old_world, &new_world});
    during.pop_back();
    ASSERT_EQ(service->Serving(), "old");
    ASSERT_EQ(Answers(*service), Answers(old_world)) << "while it is computed";
  }),
              IsOk());
  Send(during, {&*service, &new_world});
  EXPECT_EQ(service->Serving(), "new");
  EXPECT_EQ(Answers(*service), Answers(new_world));
  EXPECT_EQ(VectorBytes(memory), VectorBytes(new_world.memory)) << "nothing of the old model stays";
  EXPECT_EQ(ModelsOf(memory), (storage::Models{.serving = "new", .coming = ""}));
  Send(random.Next(20), {&*service, &new_world});
  EXPECT_EQ(Answers(*service), Answers(new_world)) << "some writes later";
}

// Stopped at any moment and started with whatever encoder: the last one is what counts.
TEST_P(ModelSwitch, MayEndAnywhereAndBeginAgainWithAnyModel) {
  RandomRequests random(1'000 + GetParam());
  std::mt19937 coin(GetParam());
  storage::MemoryStore memory;
  std::map<std::string, std::unique_ptr<ServiceUnderTest>> worlds;
  for (const char* model : {"old", "new", "third"}) worlds[model] = std::make_unique<ServiceUnderTest>(SetupOf(model));
  const auto send = [&](ServiceUnderTest& service, int count) {
    Send(random.Next(count), {&service, worlds["old"].get(), worlds["new"].get(), worlds["third"].get()});
  };
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    send(before, 60);
  }
  std::string model = "new";
  for (int start = 0; start < 6; ++start) {
    Watched service(model, &memory);
    ASSERT_EQ(Answers(*service), Answers(*worlds[service->Serving()])) << "start " << start << " with " << model;
    std::atomic<bool> stop = false;
    int texts = static_cast<int>(coin() % 120);
    ASSERT_THAT(service.Work(
                    [&] {
                      if (--texts < 0) stop = true;
                      if (coin() % 10 == 0) send(*service, 1);
                    },
                    stop),
                IsOk());
    ASSERT_EQ(Answers(*service), Answers(*worlds[service->Serving()])) << "at the end of start " << start;
    static constexpr const char* kModels[] = {"old", "new", "new", "third"};
    if (start < 5) model = kModels[coin() % 4];
  }
  Watched service(model, &memory);
  ASSERT_THAT(service.Work([] {}), IsOk());
  EXPECT_EQ(service->Serving(), model);
  EXPECT_EQ(Answers(*service), Answers(*worlds[model]));
  EXPECT_EQ(VectorBytes(memory), VectorBytes(worlds[model]->memory));
}

// A store that cannot be written any more takes nothing over; the next start does.
TEST_P(ModelSwitch, LosesNothingWhenAWriteFails) {
  RandomRequests random(2'000 + GetParam());
  storage::MemoryStore memory;
  ServiceUnderTest old_world(SetupOf("old")), new_world(SetupOf("new"));
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    Send(random.Next(60), {&before, &old_world, &new_world});
  }
  {
    Watched service("new", &memory);
    service->store.FailWriteAfter(static_cast<int>(GetParam()) % 23, absl::DataLossError("a broken disk"));
    const absl::Status status = service.Work([] {});
    // Whatever was not written shows nowhere.
    EXPECT_EQ(Answers(*service), Answers(service->Serving() == "old" ? old_world : new_world));
    EXPECT_EQ(service->store.writes_after_fault(), 0);
    if (service->Serving() == "old") {
      EXPECT_EQ(ModelsOf(memory).serving, "old");
      EXPECT_FALSE(status.ok());
    }
  }
  Watched service("new", &memory);
  ASSERT_THAT(service.Work([] {}), IsOk());
  EXPECT_EQ(service->Serving(), "new");
  EXPECT_EQ(Answers(*service), Answers(new_world));
  EXPECT_EQ(VectorBytes(memory), VectorBytes(new_world.memory));
}

// Two worlds, one without the quiet account, through a switch.
TEST_P(ModelSwitch, LeavesTheQuietInvisible) {
  std::mt19937 coin(GetParam());
  storage::MemoryStore with_memory, without_memory;
  const auto run = [&](storage::MemoryStore* memory, bool with_quiet) {
    RandomRequests random(3'000 + GetParam());
    const auto send = [&](ServiceUnderTest& service, int count) {
      for (const Request& request : random.Next(count)) {
        if (with_quiet || !request.names_quiet) request.send(service);
      }
    };
    std::vector<std::string> answers;
    {
      ServiceUnderTest before(SetupOf("old", memory));
      before.Must<v1::UpsertAccountRequest>("account { id: 'a0' kind: TEACHER }");
      if (with_quiet) {
        before.Must<v1::UpsertAccountRequest>(
            "account { id: 'quiet' kind: TEACHER exposure: NOBODY follows_visibility: HIDDEN bio: 'maps poems' }");
      }
      send(before, 80);
      answers.push_back(Answers(before));
    }
    Watched service("new", memory);
    answers.push_back(Answers(*service));
    EXPECT_THAT(service.Work([] {}), IsOk());
    answers.push_back(Answers(*service));
    send(*service, 20);
    answers.push_back(Answers(*service));
    return answers;
  };
  EXPECT_EQ(run(&with_memory, true), run(&without_memory, false));
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelSwitch, ::testing::Range<uint32_t>(1, 26));

// A writer and a reader on threads of their own beside the one that computes.
TEST(ModelSwitchUnderLoad, EndsWithTheVectorsOfTheTextsAsTheyStand) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    Send(RandomRequests(1).Next(300), {&before});
  }
  ServiceUnderTest service(SetupOf("new", &memory));
  std::atomic<bool> ends = false;
  std::thread writer([&service] { Send(RandomRequests(2).Next(300), {&service}); });
  std::thread reader([&] {
    while (!ends) EXPECT_FALSE(Answers(service).empty());
  });
  EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
  writer.join();
  ends = true;
  reader.join();
  EXPECT_EQ(service.Serving(), "new");
  ExpectOnlyVectorsOf(service.encoder(), memory);
}

// A write that comes when the last round has passed its item already must have brought its vector itself.
TEST(ModelSwitchInItsLastRound, HasTheVectorsOfWhatIsWrittenThen) {
  storage::MemoryStore memory;
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    before.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER bio: 'maps' }");
    // Without a word, so encoded in every round, and the last text of each.
    before.Must<v1::UpsertResourceRequest>("resource { id: 'r' kind: ARTICLE title: ' ' summary: ',' }");
  }
  Watched service("new", &memory);
  int texts = 0;
  ASSERT_THAT(service.Work([&] {
    if (++texts % 2 == 1) return;
    service->Must<v1::UpsertAccountRequest>(
        absl::StrCat("account { id: 'ada' kind: TEACHER bio: 'primes ", texts, "' }"));
  }),
              IsOk());
  EXPECT_GE(texts, 3) << "there was no second round";
  ExpectOnlyVectorsOf(service->encoder(), memory);
}

// A store as it was written before it said which model serves.
TEST(ModelSwitchOfAnOlderStore, TakesTheModelThatItsVectorsCarry) {
  storage::MemoryStore memory;
  ServiceUnderTest old_world(SetupOf("old"));
  {
    ServiceUnderTest::Setup setup = SetupOf("old", &memory);
    setup.begins_embedding = false;
    ServiceUnderTest before(std::move(setup));
    Send(RandomRequests(8).Next(100), {&before, &old_world});
  }
  ASSERT_EQ(ModelsOf(memory), storage::Models());
  ServiceUnderTest service(SetupOf("new", &memory));
  EXPECT_EQ(ModelsOf(memory).serving, "old");
  EXPECT_EQ(service.Serving(), "old");
  EXPECT_EQ(Answers(service), Answers(old_world));
}

TEST(ModelSwitchOfAnEmptyStore, ServesTheConfiguredModelAtOnce) {
  storage::MemoryStore memory;
  ServiceUnderTest service(SetupOf("new", &memory));
  EXPECT_EQ(service.Serving(), "new");
  EXPECT_EQ(ModelsOf(memory), (storage::Models{.serving = "new", .coming = ""}));
}

// A visitor's words were encoded just before the switch: they are encoded again for the model that answers.
TEST(ModelSwitchUnderAVisitor, EncodesTheWordsAgain) {
  storage::MemoryStore memory;
  ServiceUnderTest new_world(SetupOf("new"));
  {
    ServiceUnderTest before(SetupOf("old", &memory));
    Send(RandomRequests(9).Next(100), {&before, &new_world});
  }
  auto old_encoder = NewEncoder("old");
  WordEncoder* const hook = old_encoder.get();
  ServiceUnderTest::Setup setup = SetupOf("new", &memory);
  setup.former_encoders = [&old_encoder](absl::string_view) { return std::move(old_encoder); };
  ServiceUnderTest service(std::move(setup));
  bool has_switched = false;
  hook->Before([&] {
    if (std::exchange(has_switched, true)) return;
    EXPECT_THAT(service.reembedder().Work(kNever), IsOk());
    service.Settle();
  });
  const std::string request = "profile { interests: 'fractions' subjects: 'poems' } count: 5";
  auto answer = service.Must<v1::RecommendAccountsRequest>(request);
  auto expected = new_world.Must<v1::RecommendAccountsRequest>(request);
  EXPECT_EQ(service.Serving(), "new");
  EXPECT_EQ(absl::StrJoin(answer.results(), " ",
                          [](std::string* out, const auto& r) { absl::StrAppend(out, r.ShortDebugString()); }),
            absl::StrJoin(expected.results(), " ",
                          [](std::string* out, const auto& r) { absl::StrAppend(out, r.ShortDebugString()); }));
}

}  // namespace
}  // namespace staffroom
