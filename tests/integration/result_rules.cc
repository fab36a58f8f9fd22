#include "tests/integration/result_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/integration/visibility.h"

namespace staffroom {
namespace {

constexpr absl::Duration kLatelyUnfollowed = absl::Hours(24 * 90);

class ResultJudge {
 public:
  ResultJudge(const Examined& examined, std::vector<Complaint>* complaints)
      : community_(examined.community),
        asker_(examined.question.asker),
        now_(examined.question.now),
        candidate_(examined.candidate),
        complaints_(complaints) {}

  void Check() {
    for (const std::string& why : WhyHidden(community_, asker_, candidate_)) Complain(why);
    const std::vector<std::string> owners = OwnersOf(community_, candidate_);
    if (std::find(owners.begin(), owners.end(), asker_) != owners.end()) Complain("self");
    if (Did(v1::Interaction::DISMISS)) Complain("dismissed");
    if (Did(v1::Interaction::REPORT)) Complain("reported");
    if (candidate_.kind == v1::ItemKind::ACCOUNT) {
      CheckFollows();
    } else {
      CheckUse();
    }
  }

 private:
  void Complain(const std::string& rule) {
    complaints_->push_back({absl::StrCat("result.", rule), absl::StrCat(Describe(candidate_), " for ", asker_)});
  }
  bool Did(v1::Interaction::Kind kind) const { return community_.Did(asker_, kind, candidate_); }
  void CheckFollows() {
    if (Did(v1::Interaction::FOLLOW)) Complain("followed");
    const auto unfollowed = community_.TakenBack(asker_, v1::Interaction::FOLLOW, candidate_);
    if (unfollowed.has_value() && *unfollowed > now_ - kLatelyUnfollowed) Complain("lately_unfollowed");
  }
  void CheckUse() {
    if (Did(v1::Interaction::READ)) Complain("read");
    if (Did(v1::Interaction::SAVE)) Complain("saved");
    if (Did(v1::Interaction::LIKE)) Complain("liked");
  }

  const Community& community_;
  const std::string& asker_;
  const absl::Time now_;
  const Thing& candidate_;
  std::vector<Complaint>* const complaints_;
};

void CheckSummary(const Examined& examined, const v1::Result& result, std::vector<Complaint>* complaints) {
  if (!result.has_summary()) return;
  const std::string& shown =
      examined.candidate.kind == v1::ItemKind::RESOURCE ? result.summary().title() : result.summary().display_name();
  const std::string label = LabelOf(examined.community, examined.candidate);
  if (shown != label) {
    complaints->push_back({"result.summary", absl::StrCat(Describe(examined.candidate), " is called \"", shown,
                                                          "\", and its name is \"", label, "\"")});
  }
}

}  // namespace

Thing ThingOf(const v1::ItemRef& item) {
  switch (item.item_case()) {
    case v1::ItemRef::kAccountId:
      return AccountThing(item.account_id());
    case v1::ItemRef::kPostId:
      return PostThing(item.post_id());
    case v1::ItemRef::kResourceId:
      return ResourceThing(item.resource_id());
    case v1::ItemRef::ITEM_NOT_SET:
      break;
  }
  return {};
}

std::string LabelOf(const Community& community, const Thing& thing) {
  if (thing.kind == v1::ItemKind::RESOURCE) {
    const v1::Resource* const resource = community.FindResource(thing.id);
    return resource == nullptr ? "" : resource->title();
  }
  const v1::Post* const post = thing.kind == v1::ItemKind::POST ? community.FindPost(thing.id) : nullptr;
  const v1::Account* const account = community.FindAccount(post == nullptr ? thing.id : post->author_id());
  return account == nullptr ? "" : account->display_name();
}

std::vector<Complaint> CheckResults(const Community& community, const Question& question,
                                    const google::protobuf::RepeatedPtrField<v1::Result>& results) {
  std::vector<Complaint> complaints;
  std::set<Thing> seen;
  float score_before = 1;
  for (const v1::Result& result : results) {
    const Thing candidate = ThingOf(result.item());
    const Examined examined{community, question, candidate};
    ResultJudge(examined, &complaints).Check();
    CheckSummary(examined, result, &complaints);
    const std::string where = absl::StrCat(Describe(candidate), " for ", question.asker);
    if (!seen.insert(candidate).second) complaints.push_back({"result.twice", where});
    if (!(result.score() >= 0 && result.score() <= score_before)) {
      complaints.push_back({"result.score", absl::StrCat(where, " has ", result.score(), " after ", score_before)});
    }
    score_before = result.score();
  }
  return complaints;
}

}  // namespace staffroom
