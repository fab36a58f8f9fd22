#include "tests/chaos/content.h"

#include "gtest/gtest.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

TEST(AccountVersion, IsTheVersionOfAWholeAccount) { EXPECT_EQ(AccountVersion(AccountOf("ana", 7)), 7); }

TEST(AccountVersion, IsNoneWhereAFieldIsOfAnotherVersion) {
  v1::Account account = AccountOf("ana", 7);
  account.set_bio(AccountOf("ana", 6).bio());
  EXPECT_EQ(AccountVersion(account), 0);
}

TEST(AccountVersion, IsNoneWhereAListIsCutShort) {
  v1::Account account = AccountOf("ana", 7);
  account.mutable_interests()->RemoveLast();
  EXPECT_EQ(AccountVersion(account), 0);
}

TEST(AccountVersion, IsNoneForTheContentOfAnotherAccount) {
  v1::Account account = AccountOf("ana", 7);
  account.set_id("ben");
  EXPECT_EQ(AccountVersion(account), 0);
}

TEST(AccountVersion, IsNoneForAnEmptyRecord) { EXPECT_EQ(AccountVersion(storage::AccountRecord()), 0); }

TEST(PostVersion, IsTheVersionOfAWholePost) { EXPECT_EQ(PostVersion(PostOf("p1", "ana", 3)), 3); }

TEST(PostVersion, IsNoneWhereAFieldIsOfAnotherVersion) {
  v1::Post post = PostOf("p1", "ana", 3);
  post.set_tags(0, PostOf("p1", "ana", 4).tags(0));
  EXPECT_EQ(PostVersion(post), 0);
}

TEST(ResourceVersion, IsTheVersionOfAWholeResourceWhoeverItsAuthorIs) {
  EXPECT_EQ(ResourceVersion(ResourceOf("r1", "ana", 3)), 3);
}

TEST(ResourceVersion, IsNoneWhereAFieldIsOfAnotherVersion) {
  v1::Resource resource = ResourceOf("r1", "ana", 3);
  resource.set_summary(ResourceOf("r1", "ana", 4).summary());
  EXPECT_EQ(ResourceVersion(resource), 0);
}

}  // namespace
}  // namespace staffroom
