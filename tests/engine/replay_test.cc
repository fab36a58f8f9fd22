// State is a pure function of the journal: the same mutations, cut into other batches, with a restart in the middle or from
// disk, come to the same outcomes and the same digest.
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/base/errors.h"
#include "service/engine/engine.h"
#include "storage/memory_store.h"
#include "storage/records.pb.h"
#include "tests/engine/running_engine.h"
#include "tests/support/hand_clock.h"
#include "tests/support/mutations.h"
#include "tests/support/random_journal.h"

namespace staffroom {
namespace {

bool Deletes(const storage::Mutation& mutation) { return mutation.body_case() == storage::Mutation::kDeleteItem; }

// What came of a journal: every outcome, then the digest of the end.
struct Course {
  std::vector<std::string> outcomes;
  uint64_t digest = 0;
  friend bool operator==(const Course&, const Course&) = default;
};

// Runs the journal in submissions of `together` (a deletion ends one, and its purge is waited for: when a purge runs is part
// of the journal, not of the batching).
Course RunJournal(const std::vector<storage::Mutation>& journal, size_t together, size_t restart_every) {
  HandClock clock;
  storage::MemoryStore store;
  Engine::Options options;
  options.batch_mutations = together;
  auto engine = std::make_unique<RunningEngine>(&store, &clock, options);
  Course course;
  std::vector<storage::Mutation> waiting;
  const auto submit = [&] {
    for (const MutationResult& result : engine->DoTogether(std::move(waiting))) {
      course.outcomes.push_back(result.status.ok()
                                    ? absl::StrCat(static_cast<int>(result.outcome), "@", result.revision)
                                    : ErrorReason(result.status));
    }
    waiting.clear();
    engine->FinishPurges();
  };
  for (size_t i = 0; i < journal.size(); ++i) {
    waiting.push_back(journal[i]);
    if (waiting.size() == together || Deletes(journal[i])) submit();
    if (restart_every != 0 && i % restart_every == restart_every - 1) {
      submit();
      const uint64_t before = engine->Digest();
      engine = std::make_unique<RunningEngine>(&store, &clock, options);
      EXPECT_EQ(engine->Digest(), before) << "a fresh Load differs after mutation " << i;
    }
  }
  submit();
  course.digest = engine->Digest();
  return course;
}

class Replay : public ::testing::TestWithParam<uint32_t> {};

TEST_P(Replay, DependsNeitherOnBatchingNorOnRestarts) {
  RandomJournal random(GetParam());
  std::vector<storage::Mutation> journal;
  for (int i = 0; i < 400; ++i) journal.push_back(random.Next());
  const Course one_by_one = RunJournal(journal, 1, 0);
  EXPECT_EQ(RunJournal(journal, 7, 0), one_by_one);
  EXPECT_EQ(RunJournal(journal, 100, 0), one_by_one);
  EXPECT_EQ(RunJournal(journal, 13, 50), one_by_one);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Replay, ::testing::Range<uint32_t>(1, 21));

}  // namespace
}  // namespace staffroom
