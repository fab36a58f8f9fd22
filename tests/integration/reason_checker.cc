#include "tests/integration/reason_checker.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/integration/reason_claims.h"
#include "tests/integration/reason_form.h"
#include "tests/integration/result_rules.h"

namespace staffroom {
namespace {

constexpr int kReasonsMax = 3;

}  // namespace

std::vector<Complaint> CheckAnswer(const Community& community, const Question& question,
                                   const google::protobuf::RepeatedPtrField<v1::Result>& results) {
  std::vector<Complaint> complaints = CheckResults(community, question, results);
  for (const v1::Result& result : results) {
    const Examined examined{community, question, ThingOf(result.item())};
    if (result.reasons_size() > kReasonsMax) {
      complaints.push_back({"reason.too_many", absl::StrCat(Describe(examined.candidate), " for ", question.asker)});
    }
    std::set<v1::Reason::Kind> kinds;
    for (const v1::Reason& reason : result.reasons()) {
      CheckForm(examined, reason, &complaints);
      CheckClaim(examined, reason, &complaints);
      if (!kinds.insert(reason.kind()).second) {
        complaints.push_back({"reason.twice", absl::StrCat(v1::Reason::Kind_Name(reason.kind()), " of ",
                                                           Describe(examined.candidate), " for ", question.asker)});
      }
    }
  }
  return complaints;
}

bool IsPersonal(const v1::Reason& reason) {
  return reason.kind() != v1::Reason::NEW && reason.kind() != v1::Reason::POPULAR;
}

}  // namespace staffroom
