#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/recommend/may_be_shown.h"
#include "service/recommend/reasons/finders.h"
#include "service/recommend/words.h"

namespace staffroom {
namespace {

constexpr size_t kPostsLookedAt = 20;  // what somebody writes about now

// Whether the two may be compared by what they say: nothing is derived about an account with profiling off.
bool MayCompare(const Asking& asking, Item candidate) {
  return asking.profiled && !(candidate.account() && asking.view.catalog.account(candidate.account()).profiling_off);
}

absl::optional<DraftReason> About(const Asking& asking, ReasonKind kind, WordId word) {
  if (word == 0) return absl::nullopt;
  return DraftReason{kind, {}, 0, std::string(asking.view.catalog.words().Text(word))};
}

}  // namespace

absl::optional<DraftReason> SharesInterests(const Asking& asking, Item candidate) {
  if (!MayCompare(asking, candidate)) return absl::nullopt;
  const Catalog& catalog = asking.view.catalog;
  WordId word = 0;
  if (candidate.account()) {
    word = TellingCommonWord(catalog.words(), asking.interests, catalog.account(candidate.account()).interests.view());
  } else {
    const ResourceEntry& resource = catalog.resource(candidate.resource());
    word = TellingCommonWord(catalog.words(), asking.interests, resource.tags.view());
    if (word == 0) word = TellingCommonWord(catalog.words(), asking.interests, resource.subjects.view());
  }
  return About(asking, ReasonKind::kSharesInterests, word);
}

absl::optional<DraftReason> SameSubjectAndGrade(const Asking& asking, Item candidate) {
  if (!MayCompare(asking, candidate)) return absl::nullopt;
  const Catalog& catalog = asking.view.catalog;
  const AccountEntry& account = catalog.account(candidate.account());
  const ResourceEntry& resource = catalog.resource(candidate.resource());
  const uint16_t grade_bands = candidate.account() ? account.grade_bands : resource.grade_bands;
  if ((asking.grade_bands & grade_bands) == 0) return absl::nullopt;
  const PackedWords subjects = candidate.account() ? account.subjects : resource.subjects;
  return About(asking, ReasonKind::kSameSubjectAndGrade,
               TellingCommonWord(catalog.words(), asking.subjects, subjects.view()));
}

absl::optional<DraftReason> PostsAbout(const Asking& asking, Item candidate) {
  if (!candidate.account() || !MayCompare(asking, candidate)) return absl::nullopt;
  const Catalog& catalog = asking.view.catalog;
  const absl::Span<const PostOrdinal> posts = catalog.PostsBy(candidate.account());
  size_t looked_at = 0;
  for (size_t i = posts.size(); i > 0 && looked_at < kPostsLookedAt; --i, ++looked_at) {
    const WordId word = TellingCommonWord(catalog.words(), asking.topics, catalog.post(posts[i - 1]).tags.view());
    if (word != 0 && MayBeNamed(asking, Item(posts[i - 1]))) return About(asking, ReasonKind::kPostsAbout, word);
  }
  return absl::nullopt;
}

absl::optional<DraftReason> Nearby(const Asking& asking, Item candidate) {
  if (!candidate.account() || !MayCompare(asking, candidate)) return absl::nullopt;
  const Catalog& catalog = asking.view.catalog;
  const absl::string_view region = catalog.words().Text(catalog.account(candidate.account()).region);
  if (!TagsMatch(asking.region, region)) return absl::nullopt;
  const absl::string_view common = region.size() < asking.region.size() ? region : absl::string_view(asking.region);
  // Words leave folded, but ISO 3166 writes its codes in capitals.
  return DraftReason{ReasonKind::kNearby, {}, 0, absl::AsciiStrToUpper(common)};
}

absl::optional<DraftReason> OffersMentoring(const Asking& asking, Item candidate, bool on_topic) {
  if (!candidate.account() || !HasRoomForMentee(asking.view, candidate.account(), asking.now_s)) return absl::nullopt;
  if (on_topic) {
    if (!MayCompare(asking, candidate)) return absl::nullopt;
    const PackedWords topics = asking.view.catalog.account(candidate.account()).mentor_topics;
    if (CommonWordCount(asking.topics, topics.view()) == 0) return absl::nullopt;
  }
  return DraftReason{ReasonKind::kOffersMentoring, {candidate}, 0, ""};
}

}  // namespace staffroom
