#ifndef STAFFROOM_TESTS_INTEGRATION_REASON_CLAIMS_H_
#define STAFFROOM_TESTS_INTEGRATION_REASON_CLAIMS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "staffroom/v1/reason.pb.h"
#include "tests/integration/complaint.h"

namespace staffroom {

// One reason as a claim about the asker and the candidate, to be held against the records.
class Claim {
 public:
  Claim(const Examined& examined, const v1::Reason& a_reason, std::vector<Complaint>* complaints)
      : community(examined.community),
        asker(examined.question.asker),
        candidate(examined.candidate),
        question(examined.question),
        reason(a_reason),
        complaints_(complaints) {}

  const Community& community;
  const std::string& asker;
  const Thing& candidate;
  const Question& question;
  const v1::Reason& reason;

  bool IsOfAccount() const { return candidate.kind == v1::ItemKind::ACCOUNT; }
  // `rule` is a word after the kind: `FOLLOWS_YOU.not_true`.
  void Complain(const std::string& rule) const {
    complaints_->push_back({absl::StrCat(v1::Reason::Kind_Name(reason.kind()), ".", rule),
                            absl::StrCat(reason.ShortDebugString(), " of ", Describe(candidate), " for ", asker)});
  }
  void Expect(bool holds, const std::string& rule) const {
    if (!holds) Complain(rule);
  }
  // The count told is the true one, or withheld because the true one is small. Where the records leave open whom to count,
  // `least` and `most` are the bounds.
  void ExpectCount(int least, int most) const {
    const bool may_be_withheld = least < question.least_named_count;
    Expect(reason.count() == 0 ? may_be_withheld : reason.count() >= least && reason.count() <= most, "wrong_count");
  }

 private:
  std::vector<Complaint>* const complaints_;
};

// Holds the reason against the records: whatever it names may be named to the asker, and what it claims is so.
void CheckClaim(const Examined& examined, const v1::Reason& reason, std::vector<Complaint>* complaints);

// Claims from edges: FOLLOWED_BY_PEOPLE_YOU_FOLLOW, FOLLOWS_YOU, REPLIED_TO_YOU, SAME_ORGANIZATION, INVITED_BY_ORGANIZATION,
// OFFERS_MENTORING, EMERGING_VOICE (graph_claims.cc).
void CheckGraphClaim(const Claim& claim);
// Claims from what both sides say of themselves: SHARES_INTERESTS, POSTS_ABOUT, SAME_SUBJECT_AND_GRADE, NEARBY
// (word_claims.cc).
void CheckWordClaim(const Claim& claim);
// Claims from what was used: ENGAGED_BY_SIMILAR_TEACHERS, SIMILAR_TO, NEW, POPULAR (use_claims.cc).
void CheckUseClaim(const Claim& claim);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_REASON_CLAIMS_H_
