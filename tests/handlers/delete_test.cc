// Deletions, and what a deletion would take along.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/views/read_view.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "tests/converters/messages.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

void Write(ServiceUnderTest& service, const std::string& interaction) {
  service.Must<v1::WriteInteractionRequest>(absl::StrCat("interaction {", interaction, "}"));
}

// ada wrote two posts, one of which has tags; what is done by her, at her and to her posts.
void BuildAda(ServiceUnderTest& service) {
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER bio: 'I teach.' interests: 'chess' }");
  service.Must<v1::UpsertAccountRequest>("account { id: 'bo' kind: TEACHER bio: 'Me too.' }");
  service.Must<v1::UpsertPostRequest>("post { id: 'p1' author_id: 'ada' text: 'one' tags: 'x' }");
  service.Must<v1::UpsertPostRequest>("post { id: 'p2' author_id: 'ada' text: 'two' }");
  service.Must<v1::UpsertPostRequest>("post { id: 'p3' author_id: 'bo' text: 'three' }");
  Write(service, "actor_id: 'ada' kind: FOLLOW account_id: 'bo'");
  Write(service, "actor_id: 'ada' kind: LIKE post_id: 'p3'");
  Write(service, "actor_id: 'ada' kind: IMPRESSION account_id: 'bo'");
  Write(service, "actor_id: 'ada' kind: VIEW account_id: 'ada'");  // by it and at it: once
  Write(service, "actor_id: 'bo' kind: FOLLOW account_id: 'ada'");
  service.Must<v1::DeleteInteractionRequest>("interaction { actor_id: 'bo' kind: FOLLOW account_id: 'ada' }");
  Write(service, "actor_id: 'bo' kind: IMPRESSION account_id: 'ada'");
  Write(service, "actor_id: 'bo' kind: CLICK account_id: 'ada'");
  Write(service, "actor_id: 'bo' kind: LIKE post_id: 'p1'");  // at her post, not at her
}

TEST(DeleteAccount, WithValidateOnlyCountsWhatWouldGoAndChangesNothing) {
  ServiceUnderTest service;
  BuildAda(service);
  const uint64_t before = service.Digest();
  const auto answer = service.Must<v1::DeleteAccountRequest>("id: 'ada' validate_only: true request_id: 'r'");
  EXPECT_EQ(answer.counts().posts(), 2);
  EXPECT_EQ(answer.counts().interactions(), 7);  // 4 by her, 3 at her, of which a tombstone
  EXPECT_EQ(answer.counts().impressions(), 2);
  EXPECT_EQ(answer.counts().vectors(), 5);  // bio, interests, two texts, tags
  EXPECT_EQ(answer.outcome(), v1::Outcome::OUTCOME_UNSPECIFIED);
  EXPECT_EQ(service.Digest(), before);
  EXPECT_TRUE(service.Call<v1::GetAccountRequest>("id: 'ada'").ok());
}

TEST(DeleteAccount, IsNotFoundTheSecondTimeAndBeforeTheFirst) {
  ServiceUnderTest service;
  EXPECT_EQ(ErrorReason(service.Call<v1::DeleteAccountRequest>("id: 'ada'").status()), reason::kAccountNotFound);
  EXPECT_EQ(ErrorReason(service.Call<v1::DeleteAccountRequest>("id: 'ada' validate_only: true").status()),
            reason::kAccountNotFound);
  BuildAda(service);
  const auto answer = service.Must<v1::DeleteAccountRequest>("id: 'ada'");
  EXPECT_EQ(answer.outcome(), v1::Outcome::APPLIED);
  EXPECT_FALSE(answer.has_counts());
  EXPECT_EQ(ErrorReason(service.Call<v1::DeleteAccountRequest>("id: 'ada'").status()), reason::kAccountNotFound);
}

TEST(DeleteAccount, TakesItsPostsAlongFromTheAnswerOn) {
  ServiceUnderTest service;
  BuildAda(service);
  service.Must<v1::DeleteAccountRequest>("id: 'ada'");
  EXPECT_THAT(service.Call<v1::GetPostRequest>("id: 'p1'"), StatusIs(absl::StatusCode::kNotFound));
  const auto posts = service.Must<v1::ListPostsRequest>("");
  ASSERT_EQ(posts.posts_size(), 1);
  EXPECT_EQ(posts.posts(0).id(), "p3");
}

TEST(DeleteAccount, LeavesResourcesWithoutTheirAuthor) {
  ServiceUnderTest service;
  BuildAda(service);
  service.Must<v1::UpsertResourceRequest>("resource { id: 'r' kind: BOOK author_id: 'ada' publisher_id: 'bo' }");
  service.Must<v1::DeleteAccountRequest>("id: 'ada'");
  const auto resource = service.Must<v1::GetResourceRequest>("id: 'r'").resource();
  EXPECT_EQ(resource.author_id(), "");
  EXPECT_EQ(resource.publisher_id(), "bo");
}

// The account may have been a quiet one, whose things shape nobody's profile but its own: so must they not once it is erased.
TEST(DeleteAccount, LeavesResourcesThatShapeNobodysProfileBeforeTheyAreLookedAt) {
  ServiceUnderTest service;
  const std::string title = "resource { id: 'r' kind: BOOK title: 'maps of fractions' author_id: 'ada' }";
  service.Must<v1::UpsertAccountRequest>("account { id: 'ada' kind: TEACHER exposure: NOBODY }");
  service.Must<v1::UpsertAccountRequest>("account { id: 'bo' kind: TEACHER }");
  service.Must<v1::UpsertResourceRequest>(title);
  const auto has_profile = [&service] {
    service.Settle();
    bool has = false;
    service.ReadViews(
        [&has](const ReadView& view) { has = !view.vectors.Profile(view.catalog.FindAccount("bo")).empty(); });
    return has;
  };
  service.Must<v1::DeleteAccountRequest>("id: 'ada'");
  service.FinishPurges();
  service.Must<v1::WriteInteractionRequest>("interaction { actor_id: 'bo' kind: READ resource_id: 'r' }");
  EXPECT_FALSE(has_profile());
  service.Must<v1::UpsertResourceRequest>("resource { id: 'r' state: ACTIVE } update_mask { paths: 'state' }");
  EXPECT_TRUE(has_profile()) << "somebody has looked at it";
}

TEST(DeleteAccount, IsADuplicateUnderTheSameRequestId) {
  ServiceUnderTest service;
  BuildAda(service);
  const auto first = service.Must<v1::DeleteAccountRequest>("id: 'ada' request_id: 'r'");
  const auto repeat = service.Must<v1::DeleteAccountRequest>("id: 'ada' request_id: 'r'");
  EXPECT_EQ(repeat.outcome(), v1::Outcome::DUPLICATE);
  EXPECT_EQ(repeat.revision(), first.revision());
}

TEST(DeletePostAndResource, RemoveOneThingOnce) {
  ServiceUnderTest service;
  BuildAda(service);
  service.Must<v1::UpsertResourceRequest>("resource { id: 'r' kind: BOOK }");
  EXPECT_EQ(service.Must<v1::DeletePostRequest>("id: 'p1'").outcome(), v1::Outcome::APPLIED);
  EXPECT_EQ(service.Must<v1::DeleteResourceRequest>("id: 'r'").outcome(), v1::Outcome::APPLIED);
  EXPECT_EQ(ErrorReason(service.Call<v1::GetPostRequest>("id: 'p1'").status()), reason::kPostNotFound);
  EXPECT_EQ(ErrorReason(service.Call<v1::DeletePostRequest>("id: 'p1'").status()), reason::kPostNotFound);
  EXPECT_EQ(ErrorReason(service.Call<v1::DeleteResourceRequest>("id: 'r'").status()), reason::kResourceNotFound);
}

}  // namespace
}  // namespace staffroom
