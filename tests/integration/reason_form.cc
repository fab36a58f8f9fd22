#include "tests/integration/reason_form.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/integration/result_rules.h"
#include "tests/integration/words.h"

namespace staffroom {
namespace {

constexpr int kIdsMax = 3;
constexpr size_t kTopicBytes = 128;
constexpr size_t kTextBytes = 512;

// Which parameters come with a kind (reason.proto).
struct Form {
  int accounts_max = 0;  // when above 0, at least one is named
  bool posts = false;    // with resources: at least one of either, or of accounts
  bool resources = false;
  bool count = false;
  bool topic = false;
};

Form FormOf(v1::Reason::Kind kind) {
  switch (kind) {
    case v1::Reason::FOLLOWED_BY_PEOPLE_YOU_FOLLOW:
      return {.accounts_max = kIdsMax, .count = true};
    case v1::Reason::ENGAGED_BY_SIMILAR_TEACHERS:
      return {.posts = true, .resources = true, .count = true};
    case v1::Reason::SIMILAR_TO:
      return {.accounts_max = kIdsMax, .posts = true, .resources = true};
    case v1::Reason::FOLLOWS_YOU:
    case v1::Reason::REPLIED_TO_YOU:
    case v1::Reason::SAME_ORGANIZATION:
    case v1::Reason::INVITED_BY_ORGANIZATION:
    case v1::Reason::OFFERS_MENTORING:
      return {.accounts_max = 1};
    case v1::Reason::EMERGING_VOICE:
      return {.accounts_max = 1, .count = true};
    case v1::Reason::SHARES_INTERESTS:
    case v1::Reason::POSTS_ABOUT:
    case v1::Reason::SAME_SUBJECT_AND_GRADE:
    case v1::Reason::NEARBY:
    case v1::Reason::MATCHES_SEARCH:
      return {.topic = true};
    default:
      return {};
  }
}

class FormJudge {
 public:
  FormJudge(const Examined& examined, const v1::Reason& reason, std::vector<Complaint>* complaints)
      : examined_(examined), reason_(reason), form_(FormOf(reason.kind())), complaints_(complaints) {}

  void Check() {
    if (reason_.kind() == v1::Reason::KIND_UNSPECIFIED || !v1::Reason::Kind_IsValid(reason_.kind())) Complain("kind");
    CheckIds();
    CheckNumbers();
    if (form_.topic == reason_.topic().empty() || reason_.topic().size() > kTopicBytes) Complain("topic");
    if (reason_.text().size() > kTextBytes) Complain("text_length");
    CheckText();
  }

 private:
  void Complain(const std::string& rule) {
    complaints_->push_back(
        {absl::StrCat("reason.", rule), absl::StrCat(reason_.ShortDebugString(), " of ", Describe(examined_.candidate),
                                                     " for ", examined_.question.asker)});
  }

  void CheckIds() {
    const std::vector<Thing> named = NamedThings(reason_);
    if (std::set<Thing>(named.begin(), named.end()).size() != named.size()) Complain("ids_twice");
    const bool fits = reason_.account_ids_size() <= form_.accounts_max &&
                      reason_.post_ids_size() <= (form_.posts ? kIdsMax : 0) &&
                      reason_.resource_ids_size() <= (form_.resources ? kIdsMax : 0);
    const bool needs_one = form_.accounts_max > 0 || form_.posts || form_.resources;
    if (!fits || (needs_one && named.empty())) Complain("ids");
  }

  void CheckNumbers() {
    if (reason_.count() == 0) return;
    if (!form_.count || reason_.count() < examined_.question.least_named_count) Complain("small_count");
    if (reason_.count() < reason_.account_ids_size()) Complain("count_below_named");
  }

  // The sentence, less what it may name, must hold no number but the count (or the rest of it, "and 4 others") and no name.
  void CheckText() {
    const std::string rest = WithoutNames();
    for (const absl::string_view word : absl::StrSplit(rest, absl::ByAnyChar(" ,.;:!?()"), absl::SkipEmpty())) {
      if (IsForbiddenNumber(word)) Complain("number_in_text");
    }
    for (const auto& [id, account] : examined_.community.accounts()) {
      if (account.display_name().size() > 3 && rest.find(account.display_name()) != std::string::npos) {
        Complain("name_in_text");
      }
      if (id.size() > 3 && rest.find(id) != std::string::npos) Complain("id_in_text");
    }
  }

  bool IsForbiddenNumber(absl::string_view word) const {
    static const auto* const kSmall = new std::set<std::string>{"two", "three", "four"};
    if (kSmall->count(absl::AsciiStrToLower(word)) > 0) return true;
    int number = 0;
    if (!absl::SimpleAtoi(word, &number)) return false;
    if (reason_.count() == 0) return true;
    return number != reason_.count() && number != reason_.count() - reason_.account_ids_size();
  }

  std::string WithoutNames() const {
    std::vector<std::string> names = {LabelOf(examined_.community, examined_.candidate), reason_.topic(),
                                      Folded(reason_.topic())};
    for (const Thing& thing : NamedThings(reason_)) names.push_back(LabelOf(examined_.community, thing));
    // The longest first: a title may hold another one.
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    std::string rest = reason_.text();
    for (const std::string& name : names) {
      if (!name.empty()) rest = absl::StrReplaceAll(rest, {{name, "*"}});
    }
    return rest;
  }

  const Examined& examined_;
  const v1::Reason& reason_;
  const Form form_;
  std::vector<Complaint>* const complaints_;
};

}  // namespace

std::vector<Thing> NamedThings(const v1::Reason& reason) {
  std::vector<Thing> things;
  for (const std::string& id : reason.account_ids()) things.push_back(AccountThing(id));
  for (const std::string& id : reason.post_ids()) things.push_back(PostThing(id));
  for (const std::string& id : reason.resource_ids()) things.push_back(ResourceThing(id));
  return things;
}

void CheckForm(const Examined& examined, const v1::Reason& reason, std::vector<Complaint>* complaints) {
  FormJudge(examined, reason, complaints).Check();
}

}  // namespace staffroom
