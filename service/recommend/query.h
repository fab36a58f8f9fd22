#ifndef STAFFROOM_SERVICE_RECOMMEND_QUERY_H_
#define STAFFROOM_SERVICE_RECOMMEND_QUERY_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/recommend/item.h"

namespace staffroom {

// A visitor without an account, as the caller describes them (contract: AskerProfile).
struct ProfileAsker {
  std::vector<std::string> interests;
  std::vector<std::string> subjects;
  std::vector<int> grade_bands;  // the contract's GradeBand numbers
  std::vector<std::string> languages;
  std::string region;
};

// What the caller wants to see at all (contract: Filter); an empty part asks nothing, all others must hold.
struct QueryFilter {
  std::vector<storage::AccountKind> account_kinds = {};
  std::vector<int> resource_kinds = {};  // the contract's Resource.Kind numbers
  std::vector<std::string> subjects = {};
  std::vector<int> grade_bands = {};
  std::vector<std::string> languages = {};  // BCP 47, by prefix
  std::vector<std::string> regions = {};    // ISO 3166-2, by prefix
  std::vector<std::string> tags_any = {};
  std::vector<std::string> tags_all = {};
  std::vector<std::string> tags_none = {};
  int max_minutes = 0;  // 0 = without bound
  absl::optional<int64_t> follower_count_min = absl::nullopt;
  absl::optional<int64_t> follower_count_max = absl::nullopt;
  absl::optional<absl::Time> published_after = absl::nullopt;   // inclusive
  absl::optional<absl::Time> published_before = absl::nullopt;  // exclusive
  bool mentors_only = false;
};

// What a surface and the request agreed on; each in [0, 1].
struct Knobs {
  float diversity = 0;       // how much being like another result costs
  float exploration = 0;     // share of places for candidates of uncertain fit
  float emerging_share = 0;  // share of places kept for little-known accounts that are active
};

// How many things of the asker's own a candidate source may leave as evidence of a candidate.
inline constexpr int kEvidenceMax = 3;
using Evidence = std::array<Item, kEvidenceMax>;  // false items at the end are unused

// A ranked candidate that was not on the page before (contract: page token).
struct Remaining {
  uint32_t ordinal = 0;
  float score = 0;       // as it will be answered
  uint32_t sources = 0;  // bit i: the recommender's source number i
  Evidence evidence;
};

// One question, complete: nothing else is looked at but the ReadView.
struct Query {
  storage::ItemKind item_kind = storage::ITEM_ACCOUNT;  // ITEM_ACCOUNT or ITEM_RESOURCE: what is wanted
  std::string account_id;                               // who asks; empty: a visitor, described by `profile`
  ProfileAsker profile;
  // The visitor's words as a unit vector, encoded before the lock was taken; empty for accounts.
  absl::Span<const float> asker_vector;
  int count = 20;  // 1 to 500
  QueryFilter filter;
  std::vector<ItemRef> exclude;
  std::vector<ItemRef> liked;     // examples of what the asker would welcome; not suggested themselves
  std::vector<ItemRef> disliked;  // and of the contrary
  Knobs knobs;
  std::string surface;  // part of the seed of exploration
  absl::Time now;       // read time
  bool explain = false;
  // Not the first page: what remained, in order. Sources do not run then.
  bool resumes = false;
  std::vector<Remaining> resume;
  bool resumes_fallback = false;  // the first page was a fallback
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_QUERY_H_
