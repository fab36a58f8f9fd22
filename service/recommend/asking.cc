#include "service/recommend/asking.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/base/fold.h"
#include "service/recommend/may_be_shown.h"
#include "service/recommend/newest_acts.h"

namespace staffroom {
namespace {

// How many of its newest acts speak for an asker: a term of a diligent reader.
constexpr size_t kUsedMax = 64;

void SortUnique(std::vector<WordId>* words) {
  std::sort(words->begin(), words->end());
  words->erase(std::unique(words->begin(), words->end()), words->end());
}

void Append(absl::Span<const WordId> from, std::vector<WordId>* to) { to->insert(to->end(), from.begin(), from.end()); }

std::vector<WordId> FindWords(const WordTable& table, absl::Span<const std::string> words) {
  std::vector<WordId> found;
  for (const std::string& word : words) {
    if (const WordId number = table.Find(word); number != 0) found.push_back(number);
  }
  SortUnique(&found);
  return found;
}

// The direction of the sum of the items' vectors, added to `vector`; nothing when they cancel out or have none.
void AddDirection(const ReadView& view, absl::Span<const Item> items, std::vector<float>* vector) {
  std::vector<float> sum(vector->size());
  for (const Item item : items) {
    const absl::Span<const float> one = VectorOf(view, item);
    for (size_t i = 0; i < one.size() && i < sum.size(); ++i) sum[i] += one[i];
  }
  double squares = 0;
  for (const float value : sum) squares += static_cast<double>(value) * value;
  if (squares == 0) return;
  const float scale = static_cast<float>(1 / std::sqrt(squares));
  for (size_t i = 0; i < sum.size(); ++i) (*vector)[i] += scale * sum[i];
}

}  // namespace

absl::StatusOr<Asking> Asking::Resolve(const ReadView& view, const Query& query, Scratch& scratch) {
  Asking asking(view, query, scratch);
  asking.now_s = static_cast<uint32_t>(std::max<int64_t>(absl::ToUnixSeconds(query.now), 0));
  if (query.account_id.empty()) {
    asking.profiled = true;
    asking.Describe(query.profile);
  } else {
    asking.asker = view.catalog.FindAccount(query.account_id);
    const AccountEntry& entry = view.catalog.account(asking.asker);
    if (!entry.present) return AccountNotFound(query.account_id);
    asking.profiled = !entry.profiling_off;
    if (asking.profiled) {
      asking.Describe(entry);
      asking.used = NewestItems(view, asking.asker, kUsedMax, SaysUse);
    }
  }
  asking.ResolveItems(query.exclude, &asking.excluded);
  asking.ResolveItems(query.liked, &asking.liked);
  asking.ResolveItems(query.disliked, &asking.disliked);
  if (asking.profiled) asking.AimVector();
  return asking;
}

void Asking::Describe(const AccountEntry& entry) {
  Append(entry.interests.view(), &interests);
  Append(entry.subjects.view(), &subjects);
  Append(entry.languages.view(), &languages);
  for (const PackedWords words : {entry.interests, entry.subjects, entry.tags}) Append(words.view(), &topics);
  SortUnique(&topics);
  grade_bands = entry.grade_bands;
  region = std::string(view.catalog.words().Text(entry.region));
}

void Asking::Describe(const ProfileAsker& profile) {
  const WordTable& words = view.catalog.words();
  interests = FindWords(words, profile.interests);
  subjects = FindWords(words, profile.subjects);
  languages = FindWords(words, profile.languages);
  Append(interests, &topics);
  Append(subjects, &topics);
  SortUnique(&topics);
  for (const int band : profile.grade_bands) {
    if (band > 0 && band < 16) grade_bands = static_cast<uint16_t>(grade_bands | 1u << band);
  }
  region = FoldWord(profile.region);
}

void Asking::ResolveItems(absl::Span<const ItemRef> refs, std::vector<Item>* items) {
  // Copies: the list moves its strings as it grows.
  absl::flat_hash_set<std::string> told(unknown_ids.begin(), unknown_ids.end());
  for (const ItemRef& ref : refs) {
    const Item item = FindItem(view, ref);
    if (item && MayBeShown(view, asker, item)) {
      items->push_back(item);
    } else if (told.insert(ref.id).second) {
      unknown_ids.push_back(ref.id);
    }
  }
}

// What is known of the asker, pulled as far again towards the examples that came with the request.
void Asking::AimVector() {
  const absl::Span<const float> known = asker ? view.vectors.Profile(asker) : query.asker_vector;
  vector.assign(static_cast<size_t>(view.vectors.dimensions()), 0.0f);
  if (known.size() == vector.size()) std::copy(known.begin(), known.end(), vector.begin());
  AddDirection(view, liked, &vector);
  double squares = 0;
  for (const float value : vector) squares += static_cast<double>(value) * value;
  if (squares == 0) {
    vector.clear();
    return;
  }
  const float scale = static_cast<float>(1 / std::sqrt(squares));
  for (float& value : vector) value *= scale;
}

bool MayPropose(const Asking& asking, Item item) {
  if (item.kind == storage::ITEM_ACCOUNT) {  // asked thousands of times a request: what is quick to see comes first
    const AccountFlags flags = asking.view.catalog.flags(item.account());
    if (!flags.active() || flags.closed() || !asking.Unmarked(item)) return false;
    if (!flags.active_and_open() && !MayBeShown(asking.view, asking.asker, item.account())) return false;
    return asking.filter.Passes(asking.view, item, asking.now_s);
  }
  return asking.Unmarked(item) && IsNoticeable(asking.view, item) && IsActive(asking.view, item) &&
         MayBeShown(asking.view, asking.asker, item) && asking.filter.Passes(asking.view, item, asking.now_s);
}

bool MayBeNamed(const Asking& asking, Item item) {
  if (!IsNoticeable(asking.view, item) || !IsActive(asking.view, item)) return false;
  if (!MayBeShown(asking.view, asking.asker, item)) return false;
  if (!asking.asker) return true;
  const absl::Span<const AccountOrdinal> muted = asking.view.graph.Muting(asking.asker);
  for (const AccountOrdinal owner : OwnersOf(asking.view, item)) {
    if (!owner) continue;
    if (asking.view.graph.BlockedEitherWay(asking.asker, owner)) return false;
    if (std::binary_search(muted.begin(), muted.end(), owner)) return false;
  }
  return true;
}

bool MayNameFollowsOf(const Asking& asking, AccountOrdinal account) {
  return !asking.view.catalog.account(account).follows_hidden && MayBeNamed(asking, Item(account));
}

}  // namespace staffroom
