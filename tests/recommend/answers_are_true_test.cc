// Over random communities, every answer to everybody is checked against a plain model of the story: no result that a filter
// should have dropped, and no reason that is not so, names somebody it must not, or tells a number it must not.

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"
#include "tests/recommend/plain_model.h"
#include "tests/recommend/questions.h"
#include "tests/recommend/told_world.h"

namespace staffroom {
namespace {

const std::set<storage::InteractionKind>& Use() {
  static const auto& kinds = *new std::set<storage::InteractionKind>{storage::LIKE, storage::SAVE, storage::READ,
                                                                     storage::SHARE, storage::REPLY};
  return kinds;
}
const std::set<storage::InteractionKind>& PublicUse() {
  static const auto& kinds =
      *new std::set<storage::InteractionKind>{storage::LIKE, storage::SAVE, storage::SHARE, storage::REPLY};
  return kinds;
}

bool HasWord(const std::vector<std::string>& words, const std::string& folded) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& w) { return absl::AsciiStrToLower(w) == folded; });
}

template <typename Value>
bool Intersect(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Value& v) { return std::find(b.begin(), b.end(), v) != b.end(); });
}

class Checker {
 public:
  Checker(const PlainModel& model, std::string asker) : m_(model), asker_(std::move(asker)) {}

  std::string WrongResult(storage::ItemKind kind, const std::string& id) const {
    std::vector<std::string> owners = {id};
    if (kind == storage::ITEM_RESOURCE) owners = {m_.resources.at(id).author, m_.resources.at(id).publisher};
    const bool shown = kind == storage::ITEM_ACCOUNT ? m_.MayShowAccount(asker_, id) : m_.MayShowResource(asker_, id);
    if (!shown) return "may not be shown";
    for (const std::string& owner : owners) {
      if (owner.empty()) continue;
      if (owner == asker_) return "is the asker's";
      if (m_.accounts.at(owner).state != storage::ACTIVE) return "was taken down";
      if (m_.Apart(asker_, owner)) return "a block lies between";
      if (m_.mutes.count({asker_, owner}) > 0) return "was muted";
    }
    if (kind == storage::ITEM_ACCOUNT && m_.Follows(asker_, id)) return "is followed";
    const std::set<storage::InteractionKind> filtered = {storage::READ, storage::SAVE, storage::LIKE, storage::DISMISS,
                                                         storage::REPORT};
    if (m_.Did(asker_, filtered, {kind, id})) return "was read, saved, liked, dismissed or reported";
    return "";
  }

  std::string WrongReason(storage::ItemKind kind, const std::string& id, const Reason& reason) const {
    if (reason.count != 0 && reason.count < 5) return "tells a small number";
    if (reason.count == 0 && reason.kind != ReasonKind::kNearby && HasDigit(reason))
      return "tells a number in its text";
    for (const std::string& account : reason.account_ids) {
      if (const std::string wrong = WrongName(reason.kind, account); !wrong.empty()) return "names who " + wrong;
    }
    for (const std::string& post : reason.post_ids) {
      if (!m_.MayShowPost(asker_, post) || m_.Apart(asker_, m_.posts.at(post).author))
        return "names a post it must not";
    }
    for (const std::string& resource : reason.resource_ids) {
      if (!m_.MayShowResource(asker_, resource)) return "names a resource it must not";
    }
    return kind == storage::ITEM_ACCOUNT ? WrongAboutAccount(id, reason) : WrongAboutResource(id, reason);
  }

 private:
  // Ids are words and digits here, and names are ids: take them out first.
  static bool HasDigit(const Reason& reason) {
    std::string text = reason.text;
    for (const auto* ids : {&reason.account_ids, &reason.resource_ids}) {
      for (const std::string& id : *ids) {
        if (const size_t at = text.find(id); at != std::string::npos) text.erase(at, id.size());
      }
    }
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  }

  std::string WrongName(ReasonKind kind, const std::string& id) const {
    if (!m_.MayShowAccount(asker_, id)) return "may not be shown";
    if (m_.accounts.at(id).state != storage::ACTIVE) return "was taken down";
    if (m_.Apart(asker_, id)) return "is behind a block";
    if (kind != ReasonKind::kOffersMentoring && m_.accounts.at(id).follows_hidden) return "hides its follows";
    return "";
  }

  bool NamesCandidate(const std::string& id, const Reason& reason) const {
    return reason.account_ids == std::vector<std::string>{id};
  }

  std::string WrongAboutAccount(const std::string& id, const Reason& reason) const {
    const AccountSpec& candidate = m_.accounts.at(id);
    const AccountSpec& asker = m_.accounts.at(asker_);
    switch (reason.kind) {
      case ReasonKind::kFollowedByPeopleYouFollow: {
        int count = 0;
        for (const auto& [middle, account] : m_.accounts) {
          if (!m_.Follows(asker_, middle) || !m_.Follows(middle, id)) continue;
          if (WrongName(reason.kind, middle).empty() && !m_.Apart(middle, id) && m_.mutes.count({asker_, middle}) == 0)
            ++count;
        }
        for (const std::string& middle : reason.account_ids) {
          if (!m_.Follows(asker_, middle) || !m_.Follows(middle, id) || m_.Apart(middle, id)) return "no such path";
        }
        return reason.count == (count >= 5 ? count : 0) && !reason.account_ids.empty() ? "" : "a wrong count";
      }
      case ReasonKind::kFollowsYou:
        return NamesCandidate(id, reason) && m_.Follows(id, asker_) ? "" : "does not follow";
      case ReasonKind::kRepliedToYou:
        return NamesCandidate(id, reason) && m_.Replied(id, asker_) ? "" : "did not reply";
      case ReasonKind::kOffersMentoring:
        return NamesCandidate(id, reason) && candidate.mentors ? "" : "offers nothing";
      case ReasonKind::kSharesInterests:
        return HasWord(asker.interests, reason.topic) && HasWord(candidate.interests, reason.topic) ? "" : "not shared";
      case ReasonKind::kSameSubjectAndGrade:
        return HasWord(asker.subjects, reason.topic) && HasWord(candidate.subjects, reason.topic) &&
                       Intersect(asker.grade_bands, candidate.grade_bands)
                   ? ""
                   : "not the same";
      case ReasonKind::kPostsAbout:
        for (const auto& [post_id, post] : m_.posts) {
          if (post.author == id && HasWord(post.tags, reason.topic) && m_.MayShowPost(asker_, post_id)) return "";
        }
        return "no such post";
      case ReasonKind::kSameOrganization:
        return m_.Joined(asker_, reason.account_ids.at(0)) && m_.Joined(id, reason.account_ids.at(0)) ? ""
                                                                                                      : "no such join";
      case ReasonKind::kNearby:
        return !asker.region.empty() && !candidate.region.empty() && asker.region.rfind(reason.topic, 0) == 0 &&
                       candidate.region.rfind(reason.topic, 0) == 0
                   ? ""
                   : "not near";
      case ReasonKind::kEngagedBySimilarTeachers:
        for (const ItemRef& item : Things(reason)) {
          if (!m_.Did(asker_, Use(), item) || !m_.Did(id, PublicUse(), item)) return "not in common";
        }
        return Things(reason).empty() ? "names nothing" : "";
      default:
        return WrongInGeneral(storage::ITEM_ACCOUNT, id, reason);
    }
  }

  std::string WrongAboutResource(const std::string& id, const Reason& reason) const {
    const ResourceSpec& candidate = m_.resources.at(id);
    const AccountSpec& asker = m_.accounts.at(asker_);
    switch (reason.kind) {
      case ReasonKind::kSharesInterests:
        return HasWord(asker.interests, reason.topic) &&
                       (HasWord(candidate.tags, reason.topic) || HasWord(candidate.subjects, reason.topic))
                   ? ""
                   : "not shared";
      case ReasonKind::kSameSubjectAndGrade:
        return HasWord(asker.subjects, reason.topic) && HasWord(candidate.subjects, reason.topic) &&
                       Intersect(asker.grade_bands, candidate.grade_bands)
                   ? ""
                   : "not the same";
      case ReasonKind::kEngagedBySimilarTeachers: {
        std::set<std::string> teachers;
        std::set<std::string> in_public;
        for (const ItemRef& item : Things(reason)) {
          if (!m_.Did(asker_, Use(), item)) return "not the asker's";
          for (const auto& [teacher, account] : m_.accounts) {
            if (teacher == asker_ || account.kind != storage::TEACHER || !m_.Contributes(teacher)) continue;
            if (!m_.MayShowAccount(asker_, teacher) || m_.Apart(asker_, teacher) ||
                m_.mutes.count({asker_, teacher}) > 0)
              continue;
            if (account.state != storage::ACTIVE) continue;
            if (m_.Did(teacher, Use(), item) && m_.Did(teacher, Use(), ResourceRef(id))) teachers.insert(teacher);
            if (m_.Did(teacher, PublicUse(), item) && m_.Did(teacher, PublicUse(), ResourceRef(id)))
              in_public.insert(teacher);
          }
          if (teachers.empty()) return "no such teacher";
        }
        const int count = static_cast<int>(teachers.size());
        if (count < 5 && in_public.empty()) return "tells what few read";
        return reason.count == (count >= 5 ? count : 0) ? "" : "a wrong count";
      }
      default:
        return WrongInGeneral(storage::ITEM_RESOURCE, id, reason);
    }
  }

  std::string WrongInGeneral(storage::ItemKind kind, const std::string& id, const Reason& reason) const {
    switch (reason.kind) {
      case ReasonKind::kSimilarTo:
        for (const ItemRef& item : Things(reason)) {
          if (!m_.Did(asker_, {storage::SAVE}, item)) return "was not saved";
        }
        for (const std::string& account : reason.account_ids) {
          if (!m_.Follows(asker_, account)) return "is not followed";
        }
        return "";
      case ReasonKind::kNew: {
        const absl::Duration ago =
            kind == storage::ITEM_ACCOUNT ? m_.accounts.at(id).created_ago : m_.resources.at(id).ago;
        return ago <= absl::Hours(24 * 30) ? "" : "is old";
      }
      case ReasonKind::kPopular:
        return Popularity(kind, id) >= 5 ? "" : "is not popular";
      default:
        return "unknown kind";
    }
  }

  int Popularity(storage::ItemKind kind, const std::string& id) const {
    std::set<std::string> people;
    for (const Deed& deed : m_.deeds) {
      if (deed.attributed || deed.target.kind != kind || deed.target.id != id) continue;
      const auto actor = m_.accounts.find(deed.actor);
      if (actor == m_.accounts.end() || actor->second.state != storage::ACTIVE || m_.IsQuiet(deed.actor)) continue;
      if (kind == storage::ITEM_ACCOUNT ? deed.kind == storage::FOLLOW
                                        : Use().count(deed.kind) > 0 && m_.Contributes(deed.actor)) {
        people.insert(deed.actor);
      }
    }
    int count = static_cast<int>(people.size());
    for (const auto& [replier, account] : m_.accounts) {
      count +=
          kind == storage::ITEM_ACCOUNT && replier != id && m_.Contributes(replier) && m_.Replied(replier, id) ? 1 : 0;
    }
    return count;
  }

  static std::vector<ItemRef> Things(const Reason& reason) {
    std::vector<ItemRef> things;
    for (const std::string& id : reason.post_ids) things.push_back(PostRef(id));
    for (const std::string& id : reason.resource_ids) things.push_back(ResourceRef(id));
    return things;
  }

  const PlainModel& m_;
  const std::string asker_;
};

TEST(Answers, AreTrueOverRandomCommunities) {
  std::map<ReasonKind, int> reasons_seen;
  int results_seen = 0;
  for (uint32_t seed = 2'001; seed <= 2'200; ++seed) {
    const Story story = RandomStory(seed);
    const PlainModel model(story.told);
    World world;
    for (const Told& told : story.told) world.Tell(told);
    const Questions questions(&world);
    for (const std::string& asker : story.accounts) {
      const Checker checker(model, asker);
      for (const Query& query : {Accounts(asker), Resources(asker)}) {
        for (const Result& result : questions.Ask(query).results) {
          ASSERT_EQ(checker.WrongResult(query.item_kind, result.id), "")
              << result.id << " to " << asker << ", seed " << seed;
          ++results_seen;
          for (const Reason& reason : result.reasons) {
            ASSERT_EQ(checker.WrongReason(query.item_kind, result.id, reason), "")
                << result.id << " to " << asker << ": " << reason.text << " seed " << seed;
            ++reasons_seen[reason.kind];
            const bool general = reason.kind == ReasonKind::kNew || reason.kind == ReasonKind::kPopular;
            ASSERT_TRUE(!general || result.reasons.size() <= 2);
          }
        }
      }
    }
  }
  EXPECT_GT(results_seen, 10'000);
  EXPECT_EQ(reasons_seen.size(), 13u) << "some kind of reason was never checked";
  for (const auto& [kind, count] : reasons_seen) EXPECT_GE(count, 20) << "reason kind " << static_cast<int>(kind);
}

}  // namespace
}  // namespace staffroom
