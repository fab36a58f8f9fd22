#include "tests/eval/held_back.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/eval/small_staff.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// `count` posts of `author`, of which the first ones answer `replied_to`.
void AddPosts(const std::string& author, int count, const std::vector<std::string>& replied_to,
              std::vector<TeacherPost>* posts) {
  for (int i = 0; i < count; ++i) {
    const std::string id = absl::StrCat(author, "-", i);
    posts->push_back(static_cast<size_t>(i) < replied_to.size() ? ReplyBy(author, id, i, replied_to[i], "elsewhere")
                                                                : PostBy(author, id, i));
  }
}

std::vector<TeacherPost> Staff() {
  std::vector<TeacherPost> posts;
  AddPosts("ana", 5, {"ben", "cem"}, &posts);
  AddPosts("ben", 1, {}, &posts);
  AddPosts("cem", 1, {}, &posts);
  return posts;
}

std::vector<std::string> IdsOf(const std::vector<Asker>& askers) {
  std::vector<std::string> ids;
  for (const Asker& asker : askers) ids.push_back(asker.id);
  return ids;
}

TEST(DrawAskers, AsksWhoHasTwoPartnersAndFivePosts) { EXPECT_THAT(IdsOf(DrawAskers(Staff(), 1)), ElementsAre("ana")); }

TEST(DrawAskers, PassesOverWhoHasFourPosts) {
  std::vector<TeacherPost> posts;
  AddPosts("ana", 4, {"ben", "cem"}, &posts);
  AddPosts("ben", 1, {}, &posts);
  AddPosts("cem", 1, {}, &posts);
  EXPECT_THAT(DrawAskers(posts, 1), IsEmpty());
}

TEST(DrawAskers, CountsWhoAnsweredTheAuthorAsAPartner) {
  std::vector<TeacherPost> posts;
  AddPosts("ana", 5, {"ben"}, &posts);
  AddPosts("ben", 1, {}, &posts);
  AddPosts("cem", 1, {"ana"}, &posts);
  EXPECT_THAT(IdsOf(DrawAskers(posts, 1)), ElementsAre("ana"));
}

TEST(DrawAskers, CountsNeitherTheAuthorItselfNorStrangersAsPartners) {
  std::vector<TeacherPost> posts;
  AddPosts("ana", 5, {"ben", "ana", "stranger"}, &posts);
  AddPosts("ben", 1, {}, &posts);
  EXPECT_THAT(DrawAskers(posts, 1), IsEmpty());
}

TEST(DrawAskers, DrawsEveryPartnerUnderSomeSeedAndNobodyElse) {
  std::set<std::string> drawn;
  for (uint64_t seed = 1; seed <= 20; ++seed) drawn.insert(DrawAskers(Staff(), seed).at(0).partner);
  EXPECT_THAT(drawn, UnorderedElementsAre("ben", "cem"));
}

TEST(DrawAskers, IsTheSameForTheSameSeed) { EXPECT_EQ(DrawAskers(Staff(), 7), DrawAskers(Staff(), 7)); }

TEST(AccountPairs, HaveNoDirection) {
  const AccountPairs pairs = PairsOf(std::vector<Asker>{{"zoe", "ana"}, {"ana", "zoe"}});
  EXPECT_TRUE(pairs.Contains("ana", "zoe"));
  EXPECT_TRUE(pairs.Contains("zoe", "ana"));
  EXPECT_EQ(pairs.size(), 1u);
  EXPECT_FALSE(pairs.Contains("ana", "ben"));
}

}  // namespace
}  // namespace staffroom
