#include "service/recommend/reasons/reasons.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/types/optional.h"
#include "service/recommend/reasons/finders.h"

namespace staffroom {
namespace {

constexpr size_t kReasonsMax = 3;

}  // namespace

std::vector<Reason> Reasons::For(Item candidate, const Evidence& evidence) {
  std::vector<Reason> reasons;
  // What somebody did, before what somebody says, before what is merely so. Later ones are looked for only if there is room.
  using Finder = absl::optional<DraftReason> (*)(const Asking&, Item);
  const auto add_first = [&](std::initializer_list<Finder> finders) {
    for (const Finder find : finders) {
      if (reasons.size() < kReasonsMax) Add(candidate, find(asking_, candidate), &reasons);
    }
  };
  add_first({FollowsYou, RepliedToYou, FollowedByPeopleYouFollow});
  if (reasons.size() < kReasonsMax) {
    Add(candidate, EngagedBySimilarTeachers(asking_, candidate, evidence, options_.min_named_count), &reasons);
  }
  if (reasons.size() < kReasonsMax) Add(candidate, OffersMentoring(asking_, candidate, /*on_topic=*/true), &reasons);
  add_first({SharesInterests, SameSubjectAndGrade, PostsAbout, SameOrganization});
  if (reasons.empty()) Add(candidate, anchors().SimilarTo(candidate), &reasons);
  add_first({Nearby});
  if (reasons.empty()) Add(candidate, OffersMentoring(asking_, candidate, /*on_topic=*/false), &reasons);
  if (!reasons.empty()) return reasons;
  add_first({New});
  Add(candidate, Popular(asking_, candidate, options_.min_named_count), &reasons);
  return reasons;
}

void Reasons::Add(Item candidate, const absl::optional<DraftReason>& draft, std::vector<Reason>* reasons) const {
  if (!draft.has_value()) return;
  absl::optional<Reason> reason = Finish(asking_, options_, candidate, *draft);
  if (reason.has_value()) reasons->push_back(*std::move(reason));
}

const Anchors& Reasons::anchors() {
  if (!anchors_.has_value()) anchors_.emplace(asking_);
  return *anchors_;
}

}  // namespace staffroom
