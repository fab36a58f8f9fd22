#include "service/recommend/resolved_filter.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/base/fold.h"
#include "service/recommend/words.h"

namespace staffroom {
namespace {

constexpr uint32_t kWeekSeconds = 7 * 24 * 3600;

uint16_t BandBits(absl::Span<const int> grade_bands) {
  uint16_t bits = 0;
  for (const int band : grade_bands) {
    if (band > 0 && band < 16) bits = static_cast<uint16_t>(bits | 1u << band);
  }
  return bits;
}

std::vector<std::string> Folded(absl::Span<const std::string> words) {
  std::vector<std::string> folded;
  folded.reserve(words.size());
  for (const std::string& word : words) folded.push_back(FoldWord(word));
  return folded;
}

template <typename Number>
bool Has(const std::vector<Number>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), static_cast<Number>(number)) != numbers.end();
}

}  // namespace

ResolvedFilter::ResolvedFilter(const ReadView& view, const QueryFilter& filter)
    : filter_(filter),
      subjects_(Find(view, filter.subjects)),
      tags_any_(Find(view, filter.tags_any)),
      tags_all_(Find(view, filter.tags_all)),
      tags_none_(Find(view, filter.tags_none)),
      grade_bands_(BandBits(filter.grade_bands)),
      languages_(Folded(filter.languages)),
      regions_(Folded(filter.regions)) {
  empty_ = filter.account_kinds.empty() && filter.resource_kinds.empty() && !subjects_.asked && !tags_any_.asked &&
           !tags_all_.asked && !tags_none_.asked && grade_bands_ == 0 && languages_.empty() && regions_.empty() &&
           filter.max_minutes == 0 && !filter.follower_count_min.has_value() &&
           !filter.follower_count_max.has_value() && !filter.published_after.has_value() &&
           !filter.published_before.has_value() && !filter.mentors_only;
}

ResolvedFilter::Words ResolvedFilter::Find(const ReadView& view, absl::Span<const std::string> words) {
  Words found;
  found.asked = !words.empty();
  for (const std::string& word : words) found.numbers.push_back(view.catalog.words().Find(word));  // 0: nobody has it
  std::sort(found.numbers.begin(), found.numbers.end());
  return found;
}

bool ResolvedFilter::HasAny(const Words& wanted, PackedWords words) {
  return CommonWordCount(wanted.numbers, words.view()) > 0;
}

bool ResolvedFilter::PassesTags(PackedWords tags) const {
  if (tags_any_.asked && !HasAny(tags_any_, tags)) return false;
  const absl::Span<const WordId> have = tags.view();
  for (const WordId word : tags_all_.numbers) {
    if (!std::binary_search(have.begin(), have.end(), word)) return false;
  }
  return !HasAny(tags_none_, tags);
}

bool ResolvedFilter::PassesLanguages(const ReadView& view, PackedWords languages) const {
  if (languages_.empty()) return true;
  for (const WordId language : languages.view()) {
    const absl::string_view tag = view.catalog.words().Text(language);
    for (const std::string& wanted : languages_) {
      if (CoversTag(wanted, tag)) return true;
    }
  }
  return false;
}

bool ResolvedFilter::PassesAccount(const ReadView& view, AccountOrdinal account, uint32_t now_s) const {
  const AccountEntry& entry = view.catalog.account(account);
  if (!filter_.account_kinds.empty() && !Has(filter_.account_kinds, entry.kind)) return false;
  if (subjects_.asked && !HasAny(subjects_, entry.subjects)) return false;
  if (grade_bands_ != 0 && (grade_bands_ & entry.grade_bands) == 0) return false;
  if (!PassesLanguages(view, entry.languages) || !PassesTags(entry.tags)) return false;
  if (!regions_.empty()) {
    const absl::string_view region = view.catalog.words().Text(entry.region);
    const auto covers = [&](const std::string& wanted) { return CoversTag(wanted, region); };
    if (std::none_of(regions_.begin(), regions_.end(), covers)) return false;
  }
  const int64_t followers = view.graph.FollowerCount(account);
  if (followers < filter_.follower_count_min.value_or(followers)) return false;
  if (followers > filter_.follower_count_max.value_or(followers)) return false;
  return !filter_.mentors_only || HasRoomForMentee(view, account, now_s);
}

bool ResolvedFilter::PassesResource(const ReadView& view, ResourceOrdinal resource) const {
  const ResourceEntry& entry = view.catalog.resource(resource);
  if (!filter_.resource_kinds.empty() && !Has(filter_.resource_kinds, entry.kind)) return false;
  if (subjects_.asked && !HasAny(subjects_, entry.subjects)) return false;
  if (grade_bands_ != 0 && (grade_bands_ & entry.grade_bands) == 0) return false;
  if (!PassesLanguages(view, entry.languages) || !PassesTags(entry.tags)) return false;
  if (filter_.max_minutes > 0 && MinutesOf(entry) > static_cast<uint32_t>(filter_.max_minutes)) return false;
  const absl::Time published = absl::FromUnixSeconds(entry.publish_time_s);
  if (filter_.published_after.has_value() && published < *filter_.published_after) return false;
  return !filter_.published_before.has_value() || published < *filter_.published_before;
}

bool ResolvedFilter::PassesSome(const ReadView& view, Item item, uint32_t now_s) const {
  if (item.kind == storage::ITEM_ACCOUNT) return PassesAccount(view, item.account(), now_s);
  return item.kind == storage::ITEM_RESOURCE && PassesResource(view, item.resource());
}

bool HasRoomForMentee(const ReadView& view, AccountOrdinal account, uint32_t now_s) {
  const AccountEntry& entry = view.catalog.account(account);
  if (!entry.has_mentor_offer) return false;
  const uint32_t since_s = now_s > kWeekSeconds ? now_s - kWeekSeconds : 0;
  int accepted = 0;
  for (const TimedAccount& mentee : view.graph.Mentees(account)) accepted += mentee.time_s >= since_s ? 1 : 0;
  return accepted < entry.weekly_capacity;
}

uint32_t MinutesOf(const ResourceEntry& resource) {
  if (resource.minutes != 0) return resource.minutes;
  // By the contract's Resource.Kind: unspecified, lesson plan, article, video, podcast, book, thread, course, tool, event.
  constexpr uint32_t kUsual[] = {10, 45, 8, 12, 35, 300, 5, 360, 15, 60};
  return resource.kind < std::size(kUsual) ? kUsual[resource.kind] : kUsual[0];
}

}  // namespace staffroom
