#ifndef STAFFROOM_SERVICE_RECOMMEND_RESOLVED_FILTER_H_
#define STAFFROOM_SERVICE_RECOMMEND_RESOLVED_FILTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/recommend/item.h"
#include "service/recommend/query.h"
#include "service/views/read_view.h"

namespace staffroom {

// A request's filter in the numbers of one view.
class ResolvedFilter {
 public:
  ResolvedFilter(const ReadView& view, const QueryFilter& filter);

  // Every given part holds; `now_s` (Unix time) decides whether a mentor has room.
  bool Passes(const ReadView& view, Item item, uint32_t now_s) const { return empty_ || PassesSome(view, item, now_s); }

 private:
  bool PassesSome(const ReadView& view, Item item, uint32_t now_s) const;
  // "Any of these words": asked but unknown to the store passes nothing.
  struct Words {
    bool asked = false;
    std::vector<WordId> numbers;  // sorted
  };
  static Words Find(const ReadView& view, absl::Span<const std::string> words);
  static bool HasAny(const Words& wanted, PackedWords words);
  bool PassesTags(PackedWords tags) const;
  bool PassesLanguages(const ReadView& view, PackedWords languages) const;
  bool PassesAccount(const ReadView& view, AccountOrdinal account, uint32_t now_s) const;
  bool PassesResource(const ReadView& view, ResourceOrdinal resource) const;

  const QueryFilter& filter_;
  bool empty_ = true;
  Words subjects_, tags_any_, tags_all_, tags_none_;
  uint16_t grade_bands_ = 0;
  std::vector<std::string> languages_, regions_;  // folded
};

// The account offers mentoring and accepted fewer mentees than its weekly capacity in the 7 days before `now_s`.
bool HasRoomForMentee(const ReadView& view, AccountOrdinal account, uint32_t now_s);

// The resource's minutes; where they are unknown, what a thing of its kind usually takes.
uint32_t MinutesOf(const ResourceEntry& resource);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_RECOMMEND_RESOLVED_FILTER_H_
