#ifndef STAFFROOM_TESTS_RECOMMEND_QUESTIONS_H_
#define STAFFROOM_TESTS_RECOMMEND_QUESTIONS_H_

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "service/recommend/recommender.h"
#include "tests/support/hand_clock.h"
#include "tests/support/world.h"

// How the tests of recommend/ put their questions.
namespace staffroom {

// Proposes everything there is, whatever it is: what then does not come out, a filter or the last look has dropped.
class Everything : public Source {
 public:
  absl::string_view name() const override { return "everything"; }
  bool needs_profile() const override { return false; }
  void Propose(const Asking& asking, Candidates* candidates) const override {
    const Catalog& catalog = asking.view.catalog;
    const uint32_t limit =
        asking.query.item_kind == storage::ITEM_ACCOUNT ? catalog.account_limit() : catalog.resource_limit();
    for (uint32_t ordinal = 1; ordinal < limit; ++ordinal) candidates->Propose(ordinal);
  }
};

inline std::vector<std::unique_ptr<Source>> OnlyEverything() {
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<Everything>());
  return sources;
}

inline std::vector<std::unique_ptr<Filter>> FiltersWithout(absl::string_view left_out) {
  std::vector<std::unique_ptr<Filter>> filters = DefaultFilters();
  filters.erase(std::remove_if(filters.begin(), filters.end(),
                               [&](const std::unique_ptr<Filter>& filter) { return filter->name() == left_out; }),
                filters.end());
  return filters;
}

// A recommender for one world, and its answers.
class Questions {
 public:
  explicit Questions(const World* world) : Questions(world, DefaultSources(nullptr), DefaultFilters()) {}
  Questions(const World* world, std::vector<std::unique_ptr<Source>> sources,
            std::vector<std::unique_ptr<Filter>> filters)
      : world_(*world) {
    absl::StatusOr<std::unique_ptr<Recommender>> created =
        Recommender::Create({}, std::move(sources), std::move(filters), &clock_);
    if (!created.ok()) std::abort();
    recommender_ = *std::move(created);
  }

  absl::StatusOr<Answer> Try(const Query& query) const {
    absl::StatusOr<Answer> answer = absl::InternalError("not asked");
    const ScratchPool::Loan scratch = recommender_->LendScratch();
    world_.Read([&](const ReadView& view) { answer = recommender_->Recommend(view, query, *scratch); });
    return answer;
  }
  Answer Ask(const Query& query) const {
    absl::StatusOr<Answer> answer = Try(query);
    if (answer.ok()) return *std::move(answer);
    std::cerr << "the question was refused: " << answer.status() << "\n";
    std::abort();
  }
  const Recommender& recommender() const { return *recommender_; }

 private:
  const World& world_;
  HandClock clock_;
  std::unique_ptr<Recommender> recommender_;
};

inline Query Accounts(absl::string_view asker) {
  Query query;
  query.account_id = std::string(asker);
  query.now = WorldNow();
  query.explain = true;
  return query;
}

inline Query Resources(absl::string_view asker) {
  Query query = Accounts(asker);
  query.item_kind = storage::ITEM_RESOURCE;
  return query;
}

inline std::vector<std::string> Ids(const Answer& answer) {
  std::vector<std::string> ids;
  for (const Result& result : answer.results) ids.push_back(result.id);
  return ids;
}

inline const Result* Find(const Answer& answer, absl::string_view id) {
  for (const Result& result : answer.results) {
    if (result.id == id) return &result;
  }
  return nullptr;
}

inline bool Has(const Answer& answer, absl::string_view id) { return Find(answer, id) != nullptr; }

// The reason of this kind on the result of this id, if there is one.
inline absl::optional<Reason> ReasonOf(const Answer& answer, absl::string_view id, ReasonKind kind) {
  const Result* result = Find(answer, id);
  if (result == nullptr) return absl::nullopt;
  for (const Reason& reason : result->reasons) {
    if (reason.kind == kind) return reason;
  }
  return absl::nullopt;
}

inline int DropsBy(const Answer& answer, absl::string_view filter) {
  for (const Trace::Count& drop : answer.trace.drops) {
    if (drop.name == filter) return drop.candidates;
  }
  return 0;
}

inline float FeatureOf(const Answer& answer, absl::string_view id, absl::string_view feature) {
  for (size_t i = 0; i < answer.results.size() && i < answer.trace.features.size(); ++i) {
    if (answer.results[i].id != id) continue;
    for (const Trace::Number& number : answer.trace.features[i]) {
      if (number.name == feature) return number.value;
    }
  }
  return -1;
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_RECOMMEND_QUESTIONS_H_
