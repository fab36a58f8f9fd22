// State is a pure function of the journal: the same mutations, cut into other batches, with restarts in the middle, come to the
// same outcomes, the same bytes on the disk and the same digest; and several threads come to what one comes to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/engine/engine_limits.h"
#include "storage/memory_store.h"
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

// Mutations with their times, between two points at which all purges that are due run.
using Journal = std::vector<std::vector<storage::Mutation>>;

// A clock of parts of a second: mostly it creeps, at times it jumps over what the engine remembers for a while, or back.
class JournalClock {
 public:
  explicit JournalClock(uint32_t seed) : random_(seed) {}
  int64_t Next() {
    static constexpr int64_t kSecond = 1'000'000, kHour = 3'600 * kSecond;
    const auto below = [this](int64_t bound) { return std::uniform_int_distribution<int64_t>(0, bound - 1)(random_); };
    switch (below(40)) {
      case 0:
        return now_ += 25 * kHour;  // request ids
      case 1:
        return now_ += 24 * 7 * kHour - kSecond / 2 + below(kSecond);  // a mentor's week, to the second
      case 2:
        return now_ += below(4) == 0 ? 24 * 31 * kHour : kHour;  // erased ids
      case 3:
        return now_ -= kSecond * 5;
      default:
        return now_ += below(2) * below(kSecond);
    }
  }
  int64_t now() const { return now_; }

 private:
  std::mt19937 random_;
  int64_t now_ = 1'700'000'000'300'000;
};

struct Course {
  std::vector<std::string> answers;
  std::map<std::string, std::string> bytes;
  uint64_t digest = 0;
};

Course Run(const Journal& journal, size_t together, bool restarts = false) {
  JournalRun run;
  Course course;
  for (const std::vector<storage::Mutation>& part : journal) {
    for (absl::Span<const storage::Mutation> rest = part; !rest.empty();) {
      const size_t taken = std::min(together, rest.size());
      for (std::string& answer : run.Batch(rest.first(taken))) course.answers.push_back(std::move(answer));
      rest.remove_prefix(taken);
      if (restarts) {
        const uint64_t before = run.Digest();
        run.Restart();
        EXPECT_EQ(run.Digest(), before) << "a fresh Load differs after " << course.answers.size() << " mutations";
      }
    }
    run.FinishPurges(part.back().mutation_time());
  }
  course.bytes = run.Bytes();
  course.digest = run.Digest();
  return course;
}

void ExpectSame(const Course& one, const Course& other, absl::string_view how) {
  EXPECT_EQ(one.answers, other.answers) << how;
  EXPECT_EQ(one.bytes, other.bytes) << how;
  EXPECT_EQ(one.digest, other.digest) << how;
}

void ExpectSameHoweverCut(const Journal& journal) {
  const Course one_by_one = Run(journal, 1);
  ExpectSame(Run(journal, 3), one_by_one, "batches of 3");
  ExpectSame(Run(journal, 100), one_by_one, "batches of 100");
  ExpectSame(Run(journal, 7, /*restarts=*/true), one_by_one, "batches of 7 and a restart after each");
}

class Replay : public ::testing::TestWithParam<uint32_t> {};

TEST_P(Replay, DependsNeitherOnBatchingNorOnRestarts) {
  RandomJournal random(GetParam());
  JournalClock clock(GetParam());
  Journal journal(12);
  for (std::vector<storage::Mutation>& part : journal) {
    for (int i = 0; i < 40; ++i) {
      part.push_back(random.Next());
      part.back().set_mutation_time(clock.Next());
    }
  }
  ExpectSameHoweverCut(journal);
}

// Which operation runs, and what the texts say, is known only on the way.
Journal WithEmbedding(uint32_t seed) {
  RandomJournal random(seed);
  RandomEmbedding embedding(seed);
  JournalClock clock(seed);
  JournalRun run;
  Journal journal(8);
  for (std::vector<storage::Mutation>& part : journal) {
    for (int i = 0; i < 50; ++i) {
      part.push_back(i % 2 == 0 ? random.Next() : embedding.Next(*run.TakeSnapshot(), run.meta().models));
      part.back().set_mutation_time(clock.Next());
      run.Batch({part.back()});
    }
    run.FinishPurges(part.back().mutation_time());
  }
  return journal;
}

TEST_P(Replay, OfEmbeddingDependsNeitherOnBatchingNorOnRestarts) { ExpectSameHoweverCut(WithEmbedding(GetParam())); }

// The views keep whole seconds, the records microseconds: which of the two is asked must not show.
TEST_P(Replay, CountsAMentorsWeekAlikeHoweverItIsCut) {
  std::mt19937 random(GetParam());
  JournalClock clock(GetParam());
  storage::AccountRecord mentor;
  mentor.mutable_mentor_offer()->set_weekly_capacity(1);
  Journal journal(1);
  journal[0].push_back(UpsertAccount("mo", mentor));
  journal[0].back().set_mutation_time(clock.now());
  const int64_t week = absl::ToInt64Microseconds(kMentorWeek);
  int64_t time = clock.now();
  for (int i = 0; i < 60; ++i) {
    time += week - 400'000 + static_cast<int64_t>(random() % 800'000);
    journal[0].push_back(Write("mo", storage::MENTOR_ACCEPT, storage::ITEM_ACCOUNT, absl::StrCat("m", i)));
    journal[0].back().set_mutation_time(time);
  }
  ExpectSameHoweverCut(journal);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Replay, ::testing::Range<uint32_t>(1, 21));

TEST(ReplayOfDeletions, MayRecreateInTheBatchThatDeletes) {
  std::vector<storage::Mutation> part = {UpsertAccount("ana"),
                                         UpsertPost("p", "ana"),
                                         UpsertResource("r", "ana"),
                                         Write("zoe", storage::REPORT, storage::ITEM_POST, "p", 100),
                                         Write("zoe", storage::REPORT, storage::ITEM_RESOURCE, "r", 100),
                                         Delete(storage::ITEM_RESOURCE, "r"),
                                         Delete(storage::ITEM_POST, "p"),
                                         UpsertPost("p", "ana"),
                                         Write("zoe", storage::LIKE, storage::ITEM_POST, "p"),
                                         Delete(storage::ITEM_ACCOUNT, "ana"),
                                         UpsertAccount("ana"),
                                         UpsertPost("p", "ana"),
                                         UpsertResource("r", "ana"),
                                         Follow("zoe", "ana")};
  for (storage::Mutation& mutation : part) mutation.set_mutation_time(1'700'000'000'000'000);
  ExpectSameHoweverCut({part});
}

TEST(ReplayOfDeletions, TakesSlicesOfABoundedNumberOfChanges) {
  JournalRun run;
  std::vector<storage::Mutation> mutations = {UpsertAccount("ana"), UpsertAccount("ben")};
  for (size_t i = 0; i < kPurgeChanges; ++i) {
    mutations.push_back(UpsertPost(absl::StrCat("p", i), "ana"));
    mutations.push_back(UpsertResource(absl::StrCat("r", i), i % 3 == 0 ? "ana" : "ben"));
    mutations.push_back(Follow(absl::StrCat("f", i), "ben"));
  }
  for (const storage::Mutation& mutation : mutations) run.Batch({mutation});
  run.Batch({Delete(storage::ITEM_ACCOUNT, "ana")});
  run.Batch({Delete(storage::ITEM_ACCOUNT, "ben")});
  run.FinishPurges(0);
  EXPECT_EQ(run.largest_batch(), kPurgeChanges);
  const uint64_t digest = run.Digest();
  run.Restart();
  EXPECT_EQ(run.Digest(), digest);
}

// Each thread writes a world of its own, and waits where a deletion leaves a purge.
struct Told {
  std::vector<std::vector<std::string>> answers;  // by world
  uint64_t digest = 0;
  friend bool operator==(const Told&, const Told&) = default;
};

Told TellWorlds(int worlds, int threads) {
  HandClock clock;
  storage::MemoryStore store;
  RunningEngine engine(&store, &clock);
  Told told;
  told.answers.resize(static_cast<size_t>(worlds));
  const auto tell = [&](int world) {
    RandomJournal random(static_cast<uint32_t>(world), absl::StrCat("w", world, "-"));
    for (int i = 0; i < 150; ++i) {
      const storage::Mutation mutation = random.Next();
      told.answers[static_cast<size_t>(world)].push_back(Answer(engine.Do(mutation)));
      if (mutation.has_delete_item()) engine.FinishPurges();
    }
  };
  std::vector<std::thread> tellers;
  for (int thread = 0; thread < threads; ++thread) {
    tellers.emplace_back([&, thread] {
      for (int world = thread; world < worlds; world += threads) tell(world);
    });
  }
  for (std::thread& teller : tellers) teller.join();
  told.digest = engine.Digest();
  return told;
}

TEST(ReplayOfWorlds, DependsNotOnTheNumberOfThreads) {
  const Told by_one = TellWorlds(/*worlds=*/8, /*threads=*/1);
  EXPECT_EQ(TellWorlds(8, 2), by_one);
  EXPECT_EQ(TellWorlds(8, 8), by_one);
}

}  // namespace
}  // namespace staffroom
