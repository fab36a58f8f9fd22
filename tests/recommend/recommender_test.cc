#include "service/recommend/recommender.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "tests/recommend/questions.h"
#include "tests/recommend/told_world.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A staffroom of 30, most with nothing to say; f1 to f3 teach fractions.
World Staffroom() {
  World world;
  world.Put(AccountSpec{.id = "ana", .vector = {1, 0, 0}});
  for (int i = 1; i <= 30; ++i) world.Put(AccountSpec{.id = absl::StrCat("t", i), .vector = {0, 0, 1}});
  for (const char* id : {"f1", "f2", "f3"}) {
    world.Put(
        AccountSpec{.id = id, .display_name = "Teacher of fractions", .interests = {"fractions"}, .vector = {1, 0, 0}});
  }
  return world;
}

TEST(Recommender, AnUnknownAskerIsNotFoundAndAStubMayAsk) {
  World world = Staffroom();
  const Questions questions(&world);
  const absl::StatusOr<Answer> answer = questions.Try(Accounts("zoe"));
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ErrorReason(answer.status()), reason::kAccountNotFound);
  world.Follow("zoe", "t1");
  const Answer stub = questions.Ask(Accounts("zoe"));
  EXPECT_FALSE(stub.results.empty());
  EXPECT_FALSE(Has(stub, "t1")) << "what it did before it arrived counts";
  world.Erase("zoe");
  EXPECT_EQ(questions.Try(Accounts("zoe")).status().code(), absl::StatusCode::kNotFound);
}

TEST(Recommender, ATeacherWhoSaidNothingGetsWhatIsPopularAndTheAnswerSaysSo) {
  World world = Staffroom();
  world.Put(AccountSpec{.id = "newcomer"});
  for (int i = 1; i <= 6; ++i) world.Follow(absl::StrCat("t", i), "t7");
  const Answer answer = Questions(&world).Ask(Accounts("newcomer"));
  EXPECT_TRUE(answer.is_fallback);
  ASSERT_EQ(answer.results.size(), 20u);
  EXPECT_EQ(answer.results[0].id, "t7");
  EXPECT_TRUE(ReasonOf(answer, "t7", ReasonKind::kPopular).has_value());
}

TEST(Recommender, ATeacherWithThreeWordsGetsThoseWhoShareThem) {
  World world = Staffroom();
  world.Put(AccountSpec{.id = "newcomer", .interests = {"Fractions", "chess", "maps"}, .vector = {1, 0.1f, 0.1f}});
  const Answer answer = Questions(&world).Ask(Accounts("newcomer"));
  EXPECT_FALSE(answer.is_fallback);
  ASSERT_GE(answer.results.size(), 4u);
  std::set<std::string> best;
  for (size_t i = 0; i < 3; ++i) best.insert(answer.results[i].id);
  EXPECT_EQ(best, (std::set<std::string>{"f1", "f2", "f3"}));
  EXPECT_EQ(ReasonOf(answer, "f1", ReasonKind::kSharesInterests).value().topic, "fractions");
  EXPECT_EQ(answer.results[0].label, "Teacher of fractions");
}

TEST(Recommender, AVisitorIsAnsweredFromItsWordsAndSeesOnlyWhatEverybodyMay) {
  World world = Staffroom();
  world.Put(
      AccountSpec{.id = "f3", .interests = {"fractions"}, .exposure = storage::FRIENDS_OF_FRIENDS, .vector = {1, 0}});
  const std::vector<float> vector = {1, 0, 0, 0, 0, 0, 0, 0};
  Query query = Accounts("");
  query.profile.interests = {"fractions"};
  query.asker_vector = vector;
  query.count = 3;
  const Answer answer = Questions(&world).Ask(query);
  EXPECT_FALSE(answer.is_fallback);
  EXPECT_TRUE(Has(answer, "f1") && Has(answer, "f2"));
  EXPECT_FALSE(Has(answer, "f3"));
}

TEST(Recommender, ProfilingOffLeavesGraphAndFallback) {
  World world = Staffroom();
  world.Put(AccountSpec{.id = "ana", .interests = {"fractions"}, .profiling_off = true, .vector = {1, 0}});
  world.Follow("ana", "t1");
  world.Follow("t1", "t2");
  Query query = Accounts("ana");
  query.liked = {AccountRef("f1")};
  const Answer answer = Questions(&world).Ask(query);
  std::vector<std::string> ran;
  for (const Trace::Count& source : answer.trace.sources) ran.emplace_back(source.name);
  EXPECT_THAT(ran, ElementsAre("friends_of_friends", "acquaintances", "shared_by_follows", "popular"));
  EXPECT_EQ(answer.results[0].id, "t2");
  for (const char* feature : {"text_similarity", "shared_interests", "similar_taste"}) {
    EXPECT_EQ(FeatureOf(answer, "f2", feature), 0) << feature;
  }
}

TEST(Recommender, UnknownAndHiddenIdsOfARequestAreReportedAlike) {
  World world = Staffroom();
  world.Put(AccountSpec{.id = "dora", .exposure = storage::NOBODY});
  world.Put(PostSpec{.id = "letter", .author = "t1", .audience = storage::FOLLOWERS});
  Query query = Accounts("ana");
  query.exclude = {AccountRef("dora"), AccountRef("t1"), AccountRef("nobody")};
  query.liked = {PostRef("letter"), AccountRef("nobody")};
  EXPECT_THAT(Questions(&world).Ask(query).unknown_ids, ElementsAre("dora", "nobody", "letter"));
}

TEST(Recommender, ExamplesPullTheAnswerTowardsThem) {
  World world = Staffroom();
  world.Put(AccountSpec{.id = "y", .vector = {0, 1, 0}});
  world.Put(ResourceSpec{.id = "film", .vector = {0, 1, 0}});
  Query query = Accounts("ana");
  query.count = 500;
  const Questions questions(&world);
  EXPECT_EQ(FeatureOf(questions.Ask(query), "y", "text_similarity"), 0);
  query.liked = {ResourceRef("film")};
  EXPECT_GT(FeatureOf(questions.Ask(query), "y", "text_similarity"), 0.5f);
}

TEST(Recommender, PagesTogetherAreTheListAndNothingRepeatsOrIsSkipped) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    const Story story = RandomStory(seed);
    World world;
    for (const Told& told : story.told) world.Tell(told);
    const Questions questions(&world);
    Query query = Accounts(story.accounts[1]);
    query.count = 500;
    const std::vector<std::string> whole = Ids(questions.Ask(query));
    query.count = 2;
    std::vector<std::string> paged;
    float last_score = 1;
    for (int page = 0; page < 20; ++page) {
      const Answer answer = questions.Ask(query);
      for (const Result& result : answer.results) {
        EXPECT_LE(result.score, last_score);
        last_score = result.score;
        paged.push_back(result.id);
      }
      query.resumes = true;
      query.resume = answer.remaining;
      if (answer.remaining.empty()) break;
      ASSERT_EQ(answer.results.size(), 2u);
    }
    std::vector<std::string> sorted_whole = whole, sorted_paged = paged;
    std::sort(sorted_whole.begin(), sorted_whole.end());
    std::sort(sorted_paged.begin(), sorted_paged.end());
    EXPECT_EQ(sorted_paged, sorted_whole) << "seed " << seed;
  }
}

TEST(Recommender, ALaterPageLeavesOutWhatTurnedQuietWasFollowedOrBlockedSince) {
  World world = Staffroom();
  const Questions questions(&world);
  Query query = Accounts("ana");
  query.count = 1;
  const Answer first = questions.Ask(query);
  ASSERT_EQ(first.results.size(), 1u);
  ASSERT_GE(first.remaining.size(), 5u);
  query.resumes = true;
  query.resume = first.remaining;
  query.count = 500;
  const std::vector<std::string> before = Ids(questions.Ask(query));
  world.Put(Quiet({.id = before[0]}));
  world.Follow("ana", before[1]);
  world.Block(before[2], "ana");
  const std::vector<std::string> after = Ids(questions.Ask(query));
  EXPECT_EQ(after, std::vector<std::string>(before.begin() + 3, before.end()));
}

// Who is well known may have nothing but what is popular left on the last page: that says nothing of the asker.
TEST(Recommender, WhetherItIsAFallbackIsSaidOfTheListNotOfAPage) {
  World world = Staffroom();
  const Questions questions(&world);
  for (const bool was_fallback : {false, true}) {
    Query query = Accounts("ana");
    query.count = 1;
    query.resume = questions.Ask(query).remaining;
    query.resumes = true;
    query.resumes_fallback = was_fallback;
    EXPECT_EQ(questions.Ask(query).is_fallback, was_fallback);
  }
}

TEST(Recommender, ALaterPageStillSaysWhyAndIsStillTrue) {
  World world = Staffroom();
  world.Put(ResourceSpec{.id = "map"});
  world.Put(ResourceSpec{.id = "atlas"});
  world.Like("ana", ResourceRef("map"));
  world.Like("t1", ResourceRef("map"));
  world.Like("t1", ResourceRef("atlas"));
  const Questions questions(&world);
  Query query = Resources("ana");
  query.count = 0;
  query.resume = questions.Ask(query).remaining;
  ASSERT_EQ(query.resume.size(), 1u);
  query.resumes = true;
  query.count = 5;
  const auto reason = ReasonOf(questions.Ask(query), "atlas", ReasonKind::kEngagedBySimilarTeachers);
  ASSERT_TRUE(reason.has_value());
  EXPECT_THAT(reason->resource_ids, ElementsAre("map"));
  world.Put(AccountSpec{.id = "t1", .profiling_off = true});
  EXPECT_THAT(Find(questions.Ask(query), "atlas")->reasons, IsEmpty());
}

TEST(Recommender, TheNumbersOfATraceAddUpToTheScore) {
  World world = Staffroom();
  world.Follow("ana", "t1");
  world.Follow("t1", "f1");
  world.See("ana", AccountRef("f1"));
  Query query = Accounts("ana");
  query.disliked = {AccountRef("t3")};
  query.knobs.diversity = 0.5f;
  const Answer answer = Questions(&world).Ask(query);
  ASSERT_EQ(answer.trace.features.size(), answer.results.size());
  const Weights weights = Weights::Default();
  float above = 1;
  for (size_t i = 0; i < answer.results.size(); ++i) {
    const std::vector<Trace::Number>& numbers = answer.trace.features[i];
    ASSERT_EQ(numbers.size(), kFeatureCount + 4);
    float sum = 0;
    for (size_t f = 0; f < kFeatureCount; ++f) {
      EXPECT_EQ(numbers[f].name, FeatureName(static_cast<Feature>(f)));
      EXPECT_TRUE(numbers[f].value >= 0 && numbers[f].value <= 1.0001f) << numbers[f].name << " " << numbers[f].value;
      sum += weights.account[f] * numbers[f].value;
    }
    EXPECT_FLOAT_EQ(numbers[kFeatureCount].value, sum / (1 + sum)) << "rank_score";
    float product = 1;
    for (size_t f = kFeatureCount; f < numbers.size(); ++f) product *= numbers[f].value;
    EXPECT_NEAR(answer.results[i].score, std::min(product, above), 1e-6);
    above = answer.results[i].score;
  }
}

TEST(Recommender, ATraceCountsCandidatesAndTellsStages) {
  World world = Staffroom();
  const Answer answer = Questions(&world).Ask(Accounts("ana"));
  EXPECT_EQ(answer.trace.sources[0].name, "content_neighbours");
  EXPECT_EQ(answer.trace.sources[0].candidates, 33);
  std::vector<std::string> stages;
  for (const Trace::Stage& stage : answer.trace.stages) stages.emplace_back(stage.name);
  EXPECT_THAT(stages, ElementsAre("context", "candidates", "filters", "ranking", "reasons"));
  Query plain = Accounts("ana");
  plain.explain = false;
  EXPECT_TRUE(Questions(&world).Ask(plain).trace.sources.empty());
}

TEST(Recommender, MoreSourcesThanBitsAreRefused) {
  std::vector<std::unique_ptr<Source>> sources;
  for (int i = 0; i <= kSourcesMax; ++i) sources.push_back(std::make_unique<Everything>());
  const HandClock clock;
  EXPECT_EQ(Recommender::Create({}, std::move(sources), DefaultFilters(), &clock).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(ScratchPool, LendsAFreshScratchThatIsAlreadyAsLargeAsTheLargestGivenBackAndSomewhatLarger) {
  ScratchPool pool;
  {
    const ScratchPool::Loan first(&pool);
    (*first).Fit({1'000, 400});
  }
  const ScratchPool::Loan used(&pool), fresh(&pool);
  for (const ScratchPool::Loan* const loan : {&used, &fresh}) {
    EXPECT_EQ((**loan).limits().accounts, 1'125u);
    EXPECT_EQ((**loan).limits().resources, 450u);
  }
}

}  // namespace
}  // namespace staffroom
