// Get and List: record reads of one moment, unfiltered.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void AddAccounts(ServiceUnderTest& service, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    service.Must<v1::UpsertAccountRequest>(absl::StrCat("account { id: '", id, "' kind: TEACHER }"));
  }
}

// All pages of a list, each as its ids.
std::vector<std::vector<std::string>> Pages(ServiceUnderTest& service, int page_size) {
  std::vector<std::vector<std::string>> pages;
  v1::ListAccountsRequest request;
  request.set_page_size(page_size);
  do {
    const v1::ListAccountsResponse response = service.Must(request);
    pages.emplace_back();
    for (const v1::Account& account : response.accounts()) pages.back().push_back(account.id());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && pages.size() < 100);
  return pages;
}

TEST(Get, ResolvesTheServersDefaultExposureAndCountsFollowers) {
  ServiceUnderTest service(storage::MY_ORGANIZATIONS);
  AddAccounts(service, {"ada", "bo", "cy"});
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 'ada' kind: FOLLOW account_id: 'bo' }");
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 'cy' kind: FOLLOW account_id: 'bo' }");
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 'bo' kind: FOLLOW account_id: 'ada' }");
  const v1::Account bo = service.Must<v1::GetAccountRequest>("id: 'bo'").account();
  EXPECT_EQ(bo.exposure(), v1::Account::MY_ORGANIZATIONS);
  EXPECT_EQ(bo.follower_count(), 2);
  EXPECT_EQ(bo.following_count(), 1);
}

TEST(Get, OfAnythingUnknownIsNotFoundByItsOwnName) {
  ServiceUnderTest service;
  EXPECT_EQ(ErrorReason(service.Call<v1::GetAccountRequest>("id: 'x'").status()), reason::kAccountNotFound);
  EXPECT_EQ(ErrorReason(service.Call<v1::GetPostRequest>("id: 'x'").status()), reason::kPostNotFound);
  EXPECT_EQ(ErrorReason(service.Call<v1::GetResourceRequest>("id: 'x'").status()), reason::kResourceNotFound);
}

TEST(Get, KeepsTheLimitsOfIds) {
  ServiceUnderTest service;
  EXPECT_EQ(RefusalOf(service.Call<v1::GetAccountRequest>("").status()), Refused(reason::kFieldRequired, "id"));
  EXPECT_EQ(RefusalOf(service.Call<v1::GetPostRequest>(absl::StrCat("id: '", std::string(129, 'x'), "'")).status()),
            Refused(reason::kFieldTooLong, "id"));
}

TEST(List, GoesThroughAllInTheOrderOfTheirBytesWithoutStubs) {
  ServiceUnderTest service;
  AddAccounts(service, {"b", "a", "\xC3\xA4", "B", "c"});
  service.Must<v1::WriteInteractionRequest>(
      "interaction { actor_id: 'bb' kind: FOLLOW account_id: 'z' } create_stubs: true");
  EXPECT_THAT(Pages(service, 0), ElementsAre(ElementsAre("B", "a", "b", "c", "\xC3\xA4")));
  EXPECT_THAT(Pages(service, 2), ElementsAre(ElementsAre("B", "a"), ElementsAre("b", "c"), ElementsAre("\xC3\xA4")));
}

TEST(List, HasNoNextPageWhenTheLastOneIsExactlyFull) {
  ServiceUnderTest service;
  AddAccounts(service, {"a", "b", "c", "d"});
  EXPECT_THAT(Pages(service, 2), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
}

TEST(List, OfNothingIsAnEmptyPage) {
  ServiceUnderTest service;
  EXPECT_THAT(Pages(service, 0), ElementsAre(IsEmpty()));
}

TEST(List, EndsAPageEarlyWhereItGrowsHeavy) {
  ServiceUnderTest service;
  AddAccounts(service, {"ada"});
  for (int i = 0; i < 200; ++i) {
    v1::UpsertPostRequest request;
    request.mutable_post()->set_id(absl::StrCat("post-", 1000 + i));
    request.mutable_post()->set_author_id("ada");
    request.mutable_post()->set_text(std::string(16 << 10, '.'));
    service.Must(request);
  }
  v1::ListPostsRequest request;
  request.set_page_size(1000);
  const v1::ListPostsResponse first = service.Must(request);
  EXPECT_LT(first.ByteSizeLong(), 4u << 20);
  request.set_page_token(first.next_page_token());
  const v1::ListPostsResponse second = service.Must(request);
  EXPECT_EQ(first.posts_size() + second.posts_size(), 200);
  EXPECT_EQ(second.posts(0).id(), absl::StrCat("post-", 1000 + first.posts_size()));
  EXPECT_EQ(second.next_page_token(), "");
}

TEST(List, RefusesBadPageSizesAndTokensOfOtherLists) {
  ServiceUnderTest service;
  AddAccounts(service, {"a", "b"});
  EXPECT_EQ(RefusalOf(service.Call<v1::ListAccountsRequest>("page_size: -1").status()),
            Refused(reason::kFieldOutOfRange, "page_size"));
  EXPECT_EQ(RefusalOf(service.Call<v1::ListPostsRequest>("page_size: 1001").status()),
            Refused(reason::kFieldOutOfRange, "page_size"));
  EXPECT_EQ(RefusalOf(service.Call<v1::ListResourcesRequest>("page_token: 'nonsense'").status()),
            Refused(reason::kPageTokenInvalid, "page_token"));
  v1::ListPostsRequest foreign;
  foreign.set_page_token(service.Must<v1::ListAccountsRequest>("page_size: 1").next_page_token());
  ASSERT_NE(foreign.page_token(), "");
  EXPECT_EQ(RefusalOf(service.Call(foreign).status()), Refused(reason::kPageTokenInvalid, "page_token"));
}

TEST(List, StopsWhenNobodyWaitsAnyMore) {
  ServiceUnderTest service;
  AddAccounts(service, {"a"});
  service.context->cancelled = true;
  EXPECT_THAT(service.Call<v1::ListAccountsRequest>(""), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace staffroom
