#include "service/recommend/features.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/recommend/common_accounts.h"
#include "service/recommend/popular_items.h"
#include "service/recommend/words.h"

namespace staffroom {
namespace {

// How many candidates ahead memory is asked for.
constexpr size_t kAhead = 4;
constexpr float kSharedInterestsFull = 3.0f;
constexpr float kSameCountry = 0.4f;
constexpr float kFreshnessHalfLifeSeconds = 60.0f * 86'400.0f;

float& At(Features& features, Feature feature) { return features[static_cast<size_t>(feature)]; }

float Share(int common) { return std::min(1.0f, static_cast<float>(common) / kSharedInterestsFull); }

// One time is half, two are two thirds, and so on.
float Saturated(absl::Span<const AccountOrdinal> accounts, AccountOrdinal account) {
  const auto [begin, end] = std::equal_range(accounts.begin(), accounts.end(), account);
  return 1.0f - 1.0f / (1.0f + static_cast<float>(end - begin));
}

absl::string_view CountryOf(absl::string_view region) { return region.substr(0, region.find('-')); }

float Nearness(absl::string_view a, absl::string_view b) {
  if (a.empty() || b.empty()) return 0;
  if (TagsMatch(a, b)) return 1;
  return CountryOf(a) == CountryOf(b) ? kSameCountry : 0;
}

bool SharesLanguage(const Asking& asking, PackedWords languages) {
  if (asking.languages.empty() || languages.view().empty()) return true;
  const WordTable& words = asking.view.catalog.words();
  for (const WordId ours : asking.languages) {
    for (const WordId theirs : languages.view()) {
      if (ours == theirs || TagsMatch(words.Text(ours), words.Text(theirs))) return true;
    }
  }
  return false;
}

float Freshness(uint32_t seen_s, uint32_t now_s) {
  if (seen_s == 0) return 0;
  return std::exp2(-static_cast<float>(now_s > seen_s ? now_s - seen_s : 0) / kFreshnessHalfLifeSeconds);
}

// What the two say of themselves. An account with profiling off, on either side, is not compared by its words.
void CompareAccounts(const Asking& asking, AccountOrdinal account, Features& features) {
  const AccountEntry& entry = asking.view.catalog.account(account);
  const Graph& graph = asking.view.graph;
  if (asking.asker) {
    if (!entry.follows_hidden) {
      const absl::Span<const AccountOrdinal> followers = graph.Followers(asking.asker);
      At(features, Feature::kFollowsYou) =
          std::binary_search(followers.begin(), followers.end(), account) ? 1.0f : 0.0f;
      if (asking.view.engagement.Contributes(account)) {
        At(features, Feature::kRepliedToYou) = Saturated(graph.RepliersTo(asking.asker), account);
      }
    }
    if (asking.profiled) At(features, Feature::kYouReplied) = Saturated(graph.RepliedTo(asking.asker), account);
    const bool share =
        AnyCommonAccount(graph.Joined(asking.asker), graph.Joined(account),
                         [&](AccountOrdinal organization) { return MayBeNamed(asking, Item(organization)); });
    At(features, Feature::kSameOrganization) = share ? 1.0f : 0.0f;
  }
  if (!asking.profiled || entry.profiling_off) return;
  At(features, Feature::kSharedInterests) = Share(CommonWordCount(asking.interests, entry.interests.view()));
  At(features, Feature::kSameSubject) = CommonWordCount(asking.subjects, entry.subjects.view()) > 0 ? 1.0f : 0.0f;
  At(features, Feature::kSameGrade) = (asking.grade_bands & entry.grade_bands) != 0 ? 1.0f : 0.0f;
  At(features, Feature::kNearby) = Nearness(asking.region, asking.view.catalog.words().Text(entry.region));
  At(features, Feature::kSharedLanguage) = SharesLanguage(asking, entry.languages) ? 1.0f : 0.0f;
  if (entry.has_mentor_offer && CommonWordCount(asking.topics, entry.mentor_topics.view()) > 0) {
    At(features, Feature::kMentorMatch) = HasRoomForMentee(asking.view, account, asking.now_s) ? 1.0f : 0.0f;
  }
}

void CompareResource(const Asking& asking, ResourceOrdinal resource, Features& features) {
  const ResourceEntry& entry = asking.view.catalog.resource(resource);
  if (asking.asker) {
    const bool followed = (entry.author && asking.view.graph.Follows(asking.asker, entry.author)) ||
                          (entry.publisher && asking.view.graph.Follows(asking.asker, entry.publisher));
    At(features, Feature::kFollowedAuthor) = followed ? 1.0f : 0.0f;
  }
  if (!asking.profiled) return;
  At(features, Feature::kSharedInterests) = Share(CommonWordCount(asking.interests, entry.tags.view()) +
                                                  CommonWordCount(asking.interests, entry.subjects.view()));
  At(features, Feature::kSameSubject) = CommonWordCount(asking.subjects, entry.subjects.view()) > 0 ? 1.0f : 0.0f;
  At(features, Feature::kSameGrade) = (asking.grade_bands & entry.grade_bands) != 0 ? 1.0f : 0.0f;
  At(features, Feature::kSharedLanguage) = SharesLanguage(asking, entry.languages) ? 1.0f : 0.0f;
}

// Cosines with the asker's vector, all by one measure whichever source found the candidate: two teachers with equal vectors
// must get equal scores.
std::vector<float> LikenessesOf(const Asking& asking, absl::Span<const Candidate> candidates) {
  std::vector<uint32_t> ordinals;
  ordinals.reserve(candidates.size());
  for (const Candidate& candidate : candidates) ordinals.push_back(candidate.ordinal);
  std::vector<float> likenesses(candidates.size());
  asking.view.vectors.Compare(asking.query.item_kind, asking.vector, ordinals, absl::MakeSpan(likenesses));
  return likenesses;
}

// The entry, and later the words it points at, of candidates that come soon.
void PrefetchAccounts(const Catalog& catalog, absl::Span<const Candidate> coming) {
  if (coming.size() > 2 * kAhead) catalog.PrefetchEntry(AccountOrdinal(coming[2 * kAhead].ordinal));
  if (coming.size() > kAhead) catalog.PrefetchWords(AccountOrdinal(coming[kAhead].ordinal));
}

void DivideByGreatest(absl::Span<Features> all, Feature feature) {
  float greatest = 0;
  for (Features& features : all) greatest = std::max(greatest, At(features, feature));
  if (greatest == 0) return;
  for (Features& features : all) At(features, feature) /= greatest;
}

}  // namespace

absl::string_view FeatureName(Feature feature) {
  switch (feature) {
    case Feature::kTextSimilarity:
      return "text_similarity";
    case Feature::kFriendsOfFriends:
      return "friends_of_friends";
    case Feature::kFollowsYou:
      return "follows_you";
    case Feature::kRepliedToYou:
      return "replied_to_you";
    case Feature::kYouReplied:
      return "you_replied";
    case Feature::kSimilarTaste:
      return "similar_taste";
    case Feature::kSharedByFollows:
      return "shared_by_follows";
    case Feature::kFollowedAuthor:
      return "followed_author";
    case Feature::kSharedInterests:
      return "shared_interests";
    case Feature::kSameSubject:
      return "same_subject";
    case Feature::kSameGrade:
      return "same_grade";
    case Feature::kSameOrganization:
      return "same_organization";
    case Feature::kNearby:
      return "nearby";
    case Feature::kSharedLanguage:
      return "shared_language";
    case Feature::kPopularity:
      return "popularity";
    case Feature::kConnections:
      return "connections";
    case Feature::kFreshness:
      return "freshness";
    case Feature::kMentorMatch:
      return "mentor_match";
    case Feature::kCount:
      break;
  }
  return "unknown";
}

std::vector<Features> ComputeFeatures(const Asking& asking, absl::Span<const Candidate> candidates) {
  const std::vector<float> likenesses = LikenessesOf(asking, candidates);
  std::vector<Features> all(candidates.size());
  for (size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& candidate = candidates[i];
    Features& features = all[i];
    const Item item(asking.query.item_kind, candidate.ordinal);
    if (item.kind == storage::ITEM_ACCOUNT) PrefetchAccounts(asking.view.catalog, candidates.subspan(i));
    At(features, Feature::kTextSimilarity) = std::max(0.0f, likenesses[i]);
    At(features, Feature::kFriendsOfFriends) = candidate.friends;
    At(features, Feature::kSimilarTaste) = candidate.taste;
    At(features, Feature::kSharedByFollows) = candidate.shelves;
    uint32_t popularity = 0;
    if (item.kind == storage::ITEM_ACCOUNT) {
      CompareAccounts(asking, item.account(), features);
      popularity = PopularityOf(asking.view, item.account());
      const bool shows_follows = !asking.view.catalog.account(item.account()).follows_hidden;
      const uint32_t follows = shows_follows ? asking.view.graph.FollowingCount(item.account()) : 0;
      At(features, Feature::kConnections) = std::log2(1.0f + static_cast<float>(popularity + follows));
    } else {
      CompareResource(asking, item.resource(), features);
      popularity = PopularityOf(asking.view, item.resource());
    }
    At(features, Feature::kPopularity) = std::log2(1.0f + static_cast<float>(popularity));
    At(features, Feature::kFreshness) = Freshness(LastSeenOf(asking.view, item), asking.now_s);
  }
  for (const Feature feature : {Feature::kFriendsOfFriends, Feature::kSimilarTaste, Feature::kSharedByFollows,
                                Feature::kPopularity, Feature::kConnections}) {
    DivideByGreatest(absl::MakeSpan(all), feature);
  }
  return all;
}

}  // namespace staffroom
