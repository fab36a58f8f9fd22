#include "service/recommend/reasons/sentences.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace staffroom {
namespace {

constexpr size_t kNameBytes = 80;  // three names and a topic of 128 leave room for the words

// The first bytes of a text, cut between characters.
std::string Shortened(absl::string_view text) {
  if (text.size() <= kNameBytes) return std::string(text);
  size_t end = kNameBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), "…");
}

std::string NameOf(const ReadView& view, Item item) {
  const absl::string_view label = LabelOf(view, item);
  return Shortened(label.empty() ? IdOf(view, item) : label);
}

std::vector<std::string> NamesOf(const Asking& asking, const DraftReason& draft) {
  std::vector<std::string> names;
  for (const Item item : draft.named) {
    if (item) names.push_back(NameOf(asking.view, item));
  }
  return names;
}

// "Ana", "Ana and Ben", "Ana, Ben and others", "Ana, Ben and 4 others".
std::string People(const std::vector<std::string>& names, int count, int told_count) {
  std::vector<std::string> parts = names;
  const int others = count - static_cast<int>(names.size());
  if (others > 0) {
    const int told_others = told_count - static_cast<int>(names.size());
    parts.push_back(told_count == 0 ? "others" : absl::StrCat(told_others, told_others == 1 ? " other" : " others"));
  }
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ", parts[i]);
  }
  return text;
}

std::string EngagedBy(const Asking& asking, Item candidate, const DraftReason& draft, int told_count) {
  const Item shared = draft.named[0];
  const std::string thing =
      shared.kind == storage::ITEM_RESOURCE ? absl::StrCat("“", NameOf(asking.view, shared), "”") : "the same posts";
  if (candidate.kind == storage::ITEM_ACCOUNT) return absl::StrCat("Used ", thing, ", as you did.");
  const std::string who = told_count == 0 ? "Teachers" : absl::StrCat(told_count, " teachers");
  return absl::StrCat(who, " who used ", thing, ", as you did, used this too.");
}

std::string SimilarTo(const Asking& asking, const DraftReason& draft) {
  const Item like = draft.named[0];
  if (like.kind == storage::ITEM_POST) return "Similar to a post that you saved.";
  return absl::StrCat("Similar to ", NameOf(asking.view, like),
                      like.kind == storage::ITEM_ACCOUNT ? ", whom you follow." : ", which you saved.");
}

}  // namespace

std::string SentenceFor(const Asking& asking, Item candidate, const DraftReason& draft, int told_count) {
  const bool is_account = candidate.kind == storage::ITEM_ACCOUNT;
  switch (draft.kind) {
    case ReasonKind::kFollowedByPeopleYouFollow:
      return absl::StrCat("Followed by ", People(NamesOf(asking, draft), draft.count, told_count),
                          ", whom you follow.");
    case ReasonKind::kFollowsYou:
      return "Follows you.";
    case ReasonKind::kRepliedToYou:
      return "Replied to you.";
    case ReasonKind::kSharesInterests:
      return is_account ? absl::StrCat("Shares your interest in ", draft.topic, ".")
                        : absl::StrCat("About ", draft.topic, ", one of your interests.");
    case ReasonKind::kPostsAbout:
      return absl::StrCat("Posts about ", draft.topic, ".");
    case ReasonKind::kEngagedBySimilarTeachers:
      return EngagedBy(asking, candidate, draft, told_count);
    case ReasonKind::kSimilarTo:
      return SimilarTo(asking, draft);
    case ReasonKind::kSameSubjectAndGrade:
      return absl::StrCat(is_account ? "Teaches " : "Made for ", draft.topic, " at a level that you teach.");
    case ReasonKind::kSameOrganization:
      return absl::StrCat("Belongs to ", NameOf(asking.view, draft.named[0]), ", as you do.");
    case ReasonKind::kNearby:
      return absl::StrCat("Works in your region, ", draft.topic, ".");
    case ReasonKind::kOffersMentoring:
      return "Offers mentoring, and has room for a mentee.";
    case ReasonKind::kNew:
      return is_account ? "Joined lately." : "Came out lately.";
    case ReasonKind::kPopular:
      return is_account ? "Followed by many here." : "Used by many teachers.";
  }
  return "";
}

}  // namespace staffroom
