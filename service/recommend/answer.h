#ifndef STAFFROOM_SERVICE_RECOMMEND_ANSWER_H_
#define STAFFROOM_SERVICE_RECOMMEND_ANSWER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/recommend/query.h"

namespace staffroom {

// Why a thing is recommended. The numbers are the contract's Reason.Kind, so that a converter casts; those of the contract
// that are missing here have no evidence yet.
enum class ReasonKind {
  kFollowedByPeopleYouFollow = 1,
  kFollowsYou = 2,
  kRepliedToYou = 3,
  kSharesInterests = 4,
  kPostsAbout = 5,
  kEngagedBySimilarTeachers = 6,
  kSimilarTo = 7,
  kSameSubjectAndGrade = 8,
  kSameOrganization = 9,
  kNearby = 11,
  kOffersMentoring = 12,
  kNew = 15,
  kPopular = 16,
};

// Kind and parameters are the truth; the text says the same in one English sentence of at most 512 bytes.
struct Reason {
  ReasonKind kind = ReasonKind::kPopular;
  std::vector<std::string> account_ids;  // at most 3 of each
  std::vector<std::string> post_ids;
  std::vector<std::string> resource_ids;
  int count = 0;  // how many in all; 0 = not told
  std::string topic;
  std::string text;
  friend bool operator==(const Reason&, const Reason&) = default;
};

struct Result {
  uint32_t ordinal = 0;  // of Query::item_kind; for tokens only
  std::string id;
  std::string label;            // display_name or title
  float score = 0;              // [0, 1]; never rises from one result to the next
  uint32_t sources = 0;         // bit i: Recommender::source_name(i)
  std::vector<Reason> reasons;  // the strongest first, at most 3
};

// How an answer came about; filled only with Query::explain.
struct Trace {
  struct Count {
    absl::string_view name;
    int candidates = 0;
  };
  struct Number {
    absl::string_view name;
    float value = 0;
  };
  struct Stage {
    absl::string_view name;
    absl::Duration time;
  };
  std::vector<Count> sources;  // what each proposed, in the order they ran
  std::vector<Count> drops;    // filters that dropped something, in the order they ran
  // One list a result: the ranker's features, its score, and what the re-ranker made of it. Empty on later pages.
  std::vector<std::vector<Number>> features;
  std::vector<Stage> stages;
  int64_t steps = 0;  // see Scratch::steps; nobody is told
};

struct Answer {
  std::vector<Result> results;       // at most Query::count
  std::vector<Remaining> remaining;  // at most 1,000, in order: what the next page resumes with
  bool is_fallback = false;          // no personal source brought up any result of the first page
  // Ids of the request that do not exist or may not be shown to the asker (one cannot tell which), in the request's order.
  std::vector<std::string> unknown_ids;
  Trace trace;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_ANSWER_H_
