#include "tests/eval/popularity.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/import_record.pb.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;

v1::ImportRecord Account(const std::string& id) {
  v1::ImportRecord record;
  record.mutable_account()->set_id(id);
  return record;
}

v1::ImportRecord Follow(const std::string& actor, const std::string& followed) {
  v1::ImportRecord record;
  record.mutable_interaction()->set_kind(v1::Interaction::FOLLOW);
  record.mutable_interaction()->set_actor_id(actor);
  record.mutable_interaction()->set_account_id(followed);
  return record;
}

// ben has two followers, ana and dan one each, cem none.
std::vector<v1::ImportRecord> Staff() {
  return {Account("dan"),       Account("cem"),       Account("ben"),       Account("ana"),
          Follow("ana", "ben"), Follow("cem", "ben"), Follow("ben", "dan"), Follow("dan", "ana")};
}

TEST(Popularity, RanksByFollowersThenById) {
  EXPECT_THAT(Popularity(Staff()).Recommend("somebody new", 10), ElementsAre("ben", "ana", "dan", "cem"));
}

TEST(Popularity, LeavesOutTheAskerAndWhomItFollows) {
  EXPECT_THAT(Popularity(Staff()).Recommend("ana", 10), ElementsAre("dan", "cem"));
}

TEST(Popularity, FillsTheListFromBehindTheMasked) {
  EXPECT_THAT(Popularity(Staff()).Recommend("ana", 1), ElementsAre("dan"));
}

TEST(Popularity, CountsAFollowOnlyOnce) {
  std::vector<v1::ImportRecord> records = Staff();
  for (int i = 0; i < 5; ++i) records.push_back(Follow("dan", "ana"));
  EXPECT_THAT(Popularity(records).Recommend("somebody new", 1), ElementsAre("ben"));
}

TEST(Popularity, CountsNothingButFollows) {
  std::vector<v1::ImportRecord> records = Staff();
  for (const char* const actor : {"ana", "ben", "dan"}) {
    records.push_back(Follow(actor, "cem"));
    records.back().mutable_interaction()->set_kind(v1::Interaction::MUTE);
  }
  EXPECT_THAT(Popularity(records).Recommend("somebody new", 1), ElementsAre("ben"));
}

TEST(Recall, IsTheShareOfListsThatHoldTheWanted) {
  Recall recall(10);
  recall.Add(std::vector<std::string>{"a", "b"}, "b");
  recall.Add(std::vector<std::string>{"a", "b"}, "c");
  recall.Add(std::vector<std::string>{}, "a");
  recall.Add(std::vector<std::string>{"a"}, "a");
  EXPECT_EQ(recall.value(), 0.5);
}

TEST(Recall, LooksNoFurtherThanItsCount) {
  Recall recall(2);
  recall.Add(std::vector<std::string>{"a", "b", "c"}, "c");
  EXPECT_EQ(recall.value(), 0);
}

}  // namespace
}  // namespace staffroom
