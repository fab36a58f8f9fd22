#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/recommend/best_of.h"
#include "service/recommend/newest_acts.h"
#include "service/recommend/similar_teachers.h"
#include "service/recommend/sources/sources.h"

namespace staffroom {
namespace {

constexpr size_t kTeachersMax = 60;
constexpr size_t kCandidatesMax = 250;
constexpr float kOne = 1 << 12;  // 64 things of weight 1 in each of 60 teachers stay below 2^24, exact in a float

uint32_t InverseRoot(uint32_t count) {
  return static_cast<uint32_t>(std::lround(kOne / std::sqrt(static_cast<float>(std::max(count, 1u)))));
}

void AddEvidence(Item item, Evidence* evidence) {
  for (Item& place : *evidence) {
    if (place == item) return;
    if (place) continue;
    place = item;
    return;
  }
}

// asker → what it used → the teachers who used that too → themselves, or what else they used:
//
//   taste(u) = Σ over the asker's newest things e that u used of 1/√users(e)
//   taste(r) = Σ over the 60 greatest u that used r of taste(u), divided by √(1 + users(r))
//
// What few use says more about those who do. The evidence of a candidate are the things in common: for a resource those
// through which its teachers were found, for a teacher those it used where others could see it (a READ is nobody's
// business, and one who hides its follows is spared as well).
class CoEngagement : public Source {
 public:
  absl::string_view name() const override { return "co_engagement"; }
  bool needs_profile() const override { return true; }

  void Propose(const Asking& asking, Candidates* candidates) const override {
    if (asking.used.empty()) return;
    const std::vector<Teacher> teachers = FindTeachers(asking);
    if (asking.query.item_kind == storage::ITEM_ACCOUNT) {
      ProposeTeachers(asking, teachers, candidates);
    } else {
      ProposeResources(asking, teachers, candidates);
    }
  }

 private:
  struct Teacher {
    AccountOrdinal account;
    uint32_t taste = 0;
    Evidence in_common;
  };

  static uint32_t UsersOf(const ReadView& view, Item item) { return view.engagement.Users(item.kind, item.ordinal); }
  static bool SaysSomething(const ReadView& view, Item item) { return UsersOf(view, item) <= kTellingUsersMax; }

  // The most similar teachers, ties by id, with the newest things in common.
  static std::vector<Teacher> FindTeachers(const Asking& asking) {
    const ReadView& view = asking.view;
    DenseMap<uint32_t>& sums = asking.scratch.account_sums;
    for (const Item used : asking.used) {
      if (!SaysSomething(view, used)) continue;
      const uint32_t weight = InverseRoot(UsersOf(view, used));
      ForEachUser(view, used, SaysUse, [&](AccountOrdinal user) { sums.At(user.value()) += weight; });
    }
    std::vector<Scored> found;
    for (const uint32_t ordinal : sums.written()) {
      if (IsSimilarTeacher(asking, AccountOrdinal(ordinal))) found.push_back({sums.Get(ordinal), ordinal});
    }
    sums.Clear();
    CutToBest(view, storage::ITEM_ACCOUNT, kTeachersMax, &found);
    std::sort(found.begin(), found.end(), [&](const Scored& a, const Scored& b) {
      if (a.score != b.score) return a.score > b.score;
      return view.catalog.account(AccountOrdinal(a.ordinal)).id.view() <
             view.catalog.account(AccountOrdinal(b.ordinal)).id.view();
    });
    std::vector<Teacher> teachers(found.size());
    const bool wants_teachers = asking.query.item_kind == storage::ITEM_ACCOUNT;
    for (size_t i = 0; i < found.size(); ++i) {
      teachers[i].account = AccountOrdinal(found[i].ordinal);
      teachers[i].taste = static_cast<uint32_t>(found[i].score);
      sums.At(found[i].ordinal) = static_cast<uint32_t>(i + 1);
    }
    for (const Item used : asking.used) {
      if (used.kind == storage::ITEM_ACCOUNT || !SaysSomething(view, used)) continue;
      ForEachUser(view, used, wants_teachers ? SaysUseInPublic : SaysUse, [&](AccountOrdinal user) {
        if (const uint32_t place = sums.Get(user.value()); place != 0)
          AddEvidence(used, &teachers[place - 1].in_common);
      });
    }
    sums.Clear();
    return teachers;
  }

  static void ProposeTeachers(const Asking& asking, absl::Span<const Teacher> teachers, Candidates* candidates) {
    for (const Teacher& teacher : teachers) {
      if (!MayPropose(asking, Item(teacher.account))) continue;
      Candidate& candidate = candidates->Propose(teacher.account.value());
      candidate.taste = static_cast<float>(teacher.taste) / kOne;
      candidate.evidence = teacher.in_common;
    }
  }

  static void ProposeResources(const Asking& asking, absl::Span<const Teacher> teachers, Candidates* candidates) {
    const ReadView& view = asking.view;
    DenseMap<uint32_t>& sums = asking.scratch.resource_sums;
    std::vector<std::vector<uint32_t>> used_by(teachers.size());
    for (size_t i = 0; i < teachers.size(); ++i) {
      used_by[i] = ResourcesUsedBy(view, teachers[i].account, SaysUse);
      for (const uint32_t resource : used_by[i]) sums.At(resource) += teachers[i].taste;
    }
    std::vector<Scored> found;
    for (const uint32_t ordinal : sums.written()) {
      const ResourceOrdinal resource(ordinal);
      if (!MayPropose(asking, Item(resource))) continue;
      found.push_back({uint64_t{sums.Get(ordinal)} * InverseRoot(1 + UsersOf(view, Item(resource))), ordinal});
    }
    sums.Clear();
    CutToBest(view, storage::ITEM_RESOURCE, kCandidatesMax, &found);
    for (const Scored& scored : found) {
      candidates->Propose(scored.ordinal).taste = static_cast<float>(static_cast<double>(scored.score) / (kOne * kOne));
      sums.At(scored.ordinal) = 1;
    }
    for (size_t i = 0; i < teachers.size(); ++i) {
      for (const uint32_t resource : used_by[i]) {
        if (sums.Get(resource) == 0) continue;
        Candidate& candidate = candidates->Propose(resource);
        for (const Item item : teachers[i].in_common) {
          if (item) AddEvidence(item, &candidate.evidence);
        }
      }
    }
    sums.Clear();
  }
};

}  // namespace

std::unique_ptr<Source> NewCoEngagement() { return std::make_unique<CoEngagement>(); }

}  // namespace staffroom
