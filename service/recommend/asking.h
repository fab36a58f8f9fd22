#ifndef STAFFROOM_SERVICE_RECOMMEND_ASKING_H_
#define STAFFROOM_SERVICE_RECOMMEND_ASKING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "service/recommend/item.h"
#include "service/recommend/query.h"
#include "service/recommend/resolved_filter.h"
#include "service/recommend/scratch.h"
#include "service/views/read_view.h"

namespace staffroom {

// A query under one view: who asks, in the view's numbers, and what is known of them. Sources, filters, features and
// reasons all read this; none of them changes it. Lives as long as the request.
struct Asking {
  // ACCOUNT_NOT_FOUND when the asker is unknown or erased; a stub may ask.
  static absl::StatusOr<Asking> Resolve(const ReadView& view, const Query& query, Scratch& scratch);

  const ReadView& view;
  const Query& query;
  Scratch& scratch;

  AccountOrdinal asker;   // none: a visitor
  bool profiled = false;  // words, vector and acts of the asker may be used (profiling is on)
  uint32_t now_s = 0;
  // Sorted word numbers. `topics` are all three kinds of the asker's words: interests, subjects, tags.
  std::vector<WordId> interests, subjects, topics, languages;
  uint16_t grade_bands = 0;   // bit n: the contract's GradeBand number n
  std::string region;         // folded; "" unknown
  std::vector<float> vector;  // unit; empty when nothing is known
  // The newest things that the asker liked, saved, read, shared or answered, newest first; noticeable ones only.
  std::vector<Item> used;
  std::vector<Item> excluded, liked, disliked;  // as far as they may be shown to the asker
  std::vector<std::string> unknown_ids;
  ResolvedFilter filter;

  // No filter's list names the item: what a source can ask cheaply before it spends a place on it.
  bool Unmarked(Item item) const { return scratch.marks(item.kind).Get(item.ordinal) == 0; }

 private:
  Asking(const ReadView& a_view, const Query& a_query, Scratch& a_scratch)
      : view(a_view), query(a_query), scratch(a_scratch), filter(a_view, a_query.filter) {}
  void Describe(const AccountEntry& entry);
  void Describe(const ProfileAsker& profile);
  void ResolveItems(absl::Span<const ItemRef> refs, std::vector<Item>* items);
  void AimVector();
};

// An item that a source may propose to this asker, as far as can be said without the filters: nobody quiet is behind it,
// it is active, may be shown, passes the request's filter, and no filter's list names it.
bool MayPropose(const Asking& asking, Item item);

// An item that a reason may speak of to this asker: as above, less the request's filter and lists, and no block or mute
// lies between the asker and its owners.
bool MayBeNamed(const Asking& asking, Item item);

// An account whose follows a reason may speak of.
bool MayNameFollowsOf(const Asking& asking, AccountOrdinal account);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_ASKING_H_
