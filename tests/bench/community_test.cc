#include "tests/bench/community.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom {
namespace {

using ::testing::Gt;
using ::testing::Lt;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Community Small(uint64_t seed = 1) { return MakeCommunity(MixedCommunity(4'000), seed, kNow); }

TEST(MixedCommunity, AddsUpToItsRecords) { EXPECT_EQ(Small().records.size(), 4'000u); }

TEST(MakeCommunity, IsTheSameForTheSameSeed) {
  const Community one = Small();
  const Community again = Small();
  for (size_t i = 0; i < one.records.size(); ++i) {
    ASSERT_EQ(one.records[i].SerializeAsString(), again.records[i].SerializeAsString());
  }
  EXPECT_NE(one.records.back().SerializeAsString(), Small(2).records.back().SerializeAsString());
}

TEST(MakeCommunity, NamesOnlyWhatStandsAbove) {
  std::set<std::string> known;
  for (const v1::ImportRecord& record : Small().records) {
    if (record.has_account()) known.insert(record.account().id());
    if (record.has_resource()) {
      EXPECT_EQ(known.count(record.resource().author_id()), 1u);
      known.insert(record.resource().id());
    }
    if (record.has_post()) {
      EXPECT_EQ(known.count(record.post().author_id()), 1u);
      known.insert(record.post().id());
    }
    if (!record.has_interaction()) continue;
    const v1::Interaction& did = record.interaction();
    EXPECT_EQ(known.count(did.actor_id()), 1u);
    EXPECT_EQ(known.count(did.account_id() + did.post_id() + did.resource_id()), 1u);
  }
}

TEST(MakeCommunity, RepeatsNoFollowAndNoLike) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const v1::ImportRecord& record : Small().records) {
    if (!record.has_interaction()) continue;
    const v1::Interaction& did = record.interaction();
    EXPECT_TRUE(seen.insert({did.actor_id(), did.account_id() + did.post_id() + did.resource_id()}).second)
        << record.ShortDebugString();
    EXPECT_NE(did.actor_id(), did.account_id());
  }
}

TEST(MakeCommunity, LetsFewBeFollowedByMany) {
  std::map<std::string, int> followers;
  int follows = 0;
  for (const v1::ImportRecord& record : Small().records) {
    if (record.interaction().kind() != v1::Interaction::FOLLOW) continue;
    ++follows;
    ++followers[record.interaction().account_id()];
  }
  std::vector<int> counts;
  for (const auto& [id, count] : followers) counts.push_back(count);
  std::sort(counts.rbegin(), counts.rend());
  int of_the_top_tenth = 0;
  for (size_t i = 0; i < 40; ++i) of_the_top_tenth += counts[i];
  EXPECT_THAT(of_the_top_tenth, Gt(follows * 3 / 10));
  EXPECT_THAT(of_the_top_tenth, Lt(follows * 7 / 10));
}

TEST(MakeCommunity, HasAFeedThatReportsItsScreensAndATeacherWhomManyFollow) {
  CommunitySize size = MixedCommunity(4'000);
  size.impressions = 500;
  size.views = 60;
  size.clicks = 40;
  size.hub_followers = 350;
  std::map<v1::Interaction::Kind, int> kinds;
  std::set<std::string> hub_followers;
  const Community community = MakeCommunity(size, 1, kNow);
  for (const v1::ImportRecord& record : community.records) {
    if (!record.has_interaction()) continue;
    const v1::Interaction& did = record.interaction();
    ++kinds[did.kind()];
    if (did.kind() == v1::Interaction::FOLLOW && did.account_id() == community.account_ids[1]) {
      hub_followers.insert(did.actor_id());
    }
  }
  EXPECT_EQ(kinds[v1::Interaction::IMPRESSION], 500);
  EXPECT_EQ(kinds[v1::Interaction::VIEW], 60);
  EXPECT_EQ(kinds[v1::Interaction::CLICK], 40);
  EXPECT_GE(hub_followers.size(), 350u);
}

TEST(MakeCommunity, HappensInThePast) {
  for (const v1::ImportRecord& record : Small().records) {
    if (!record.has_interaction()) continue;
    EXPECT_THAT(record.interaction().event_time().seconds(), Lt(absl::ToUnixSeconds(kNow)));
  }
}

}  // namespace
}  // namespace staffroom
