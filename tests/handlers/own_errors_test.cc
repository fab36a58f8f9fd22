// What callers learn of errors that are not of the contract: nothing. The log has them.
#include "service/handlers/own_errors.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "storage/family.h"
#include "storage/keys.h"
#include "storage/record_codec.h"
#include "storage/record_io.h"
#include "storage/write_batch.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A service with the accounts ada and bo, of which ada's record is one of a later version.
struct LaterRecord : ::testing::Test {
  void SetUp() override {
    for (const char* id : {"ada", "bo"}) {
      service.Must<v1::UpsertAccountRequest>(absl::StrCat("account { id: '", id, "' kind: TEACHER }"));
    }
    const auto ordinal = storage::FindOrdinal(*service.memory.TakeSnapshot(), storage::ITEM_ACCOUNT, "ada");
    ASSERT_TRUE(ordinal.ok() && ordinal->has_value());
    storage::WriteBatch batch;
    batch.Put(storage::Family::kAccounts, storage::OrdinalKey(**ordinal),
              std::string(1, storage::kRecordVersion + 1) + "of next year");
    ASSERT_THAT(service.memory.Write(batch), IsOk());
  }

  ServiceUnderTest service;
};

TEST_F(LaterRecord, IsAnInternalErrorOfWhateverReadsIt) {
  for (const absl::Status& status : {service.Call<v1::GetAccountRequest>("id: 'ada'").status(),
                                     service.Call<v1::ListAccountsRequest>("").status()}) {
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal, HasSubstr("version 2"))) << "the words are for the log";
  }
  EXPECT_THAT(service.Call<v1::GetAccountRequest>("id: 'bo'"), IsOk());
}

TEST_F(LaterRecord, SpoilsItsItemOfABatchWithALineInTheLogUnderTheCallsId) {
  service.context->call_id = "call-7";
  const auto answer = service.Must<v1::BatchUpsertAccountsRequest>(R"pb(
    requests {
      account { id: "bo" bio: "new" }
      update_mask { paths: "bio" }
    }
    requests {
      account { id: "ada" bio: "new" }
      update_mask { paths: "bio" }
    })pb");
  EXPECT_EQ(answer.results(0).status().code(), 0);
  EXPECT_EQ(answer.results(1).status().code(), 13);
  EXPECT_EQ(answer.results(1).status().message(), "internal error, call id call-7");
  EXPECT_EQ(answer.results(1).status().details_size(), 0);
  EXPECT_THAT(service.log.lines(),
              ElementsAre(AllOf(HasSubstr("\"event\":\"batch_item\""), HasSubstr("\"call_id\":\"call-7\""),
                                HasSubstr("\"item\":1"), HasSubstr("version 2"))));
}

TEST_F(LaterRecord, IsTheOnlyThingThatIsLoggedOfABatch) {
  service.Must<v1::BatchUpsertPostsRequest>("requests { post { id: 'p' author_id: 'x' } } requests {}");
  EXPECT_THAT(service.log.lines(), ElementsAre()) << "the caller was told all there is to know";
}

TEST(OnlyOwn, LetsThroughEveryErrorOfTheContract) {
  for (const absl::Status& status :
       {absl::OkStatus(), AccountNotFound("ada"), InvalidField("id", reason::kFieldRequired, "must be given"),
        ReadOnlyStore(), QueueFull("the queue", absl::Seconds(1)), NotServing("draining", absl::Seconds(1)),
        absl::Status(absl::CancelledError("gone")), absl::Status(absl::DeadlineExceededError("late")),
        absl::Status(absl::InternalError("a bug"))}) {
    EXPECT_EQ(OnlyOwn(status), status);
  }
}

TEST(OnlyOwn, HidesEveryOtherErrorUnderInternalAndKeepsItsWordsForTheLog) {
  for (const absl::StatusCode code :
       {absl::StatusCode::kUnknown, absl::StatusCode::kInvalidArgument, absl::StatusCode::kNotFound,
        absl::StatusCode::kAlreadyExists, absl::StatusCode::kPermissionDenied, absl::StatusCode::kResourceExhausted,
        absl::StatusCode::kFailedPrecondition, absl::StatusCode::kAborted, absl::StatusCode::kOutOfRange,
        absl::StatusCode::kUnimplemented, absl::StatusCode::kUnavailable, absl::StatusCode::kDataLoss,
        absl::StatusCode::kUnauthenticated}) {
    EXPECT_THAT(OnlyOwn(absl::Status(code, "accounts[0042]")),
                StatusIs(absl::StatusCode::kInternal,
                         AllOf(HasSubstr("accounts[0042]"), HasSubstr(absl::StatusCodeToString(code)))));
  }
}

TEST(OnlyOwnErrors, StillOwesTheAnswerOfAReplyThatIsDropped) {
  absl::optional<absl::StatusOr<int>> answer;
  {
    const Reply<int> dropped =
        OnlyOwnErrors(Reply<int>::To([&answer](absl::StatusOr<int> given) { answer = std::move(given); }));
  }
  ASSERT_TRUE(answer.has_value());
  EXPECT_THAT(*answer, StatusIs(absl::StatusCode::kInternal, HasSubstr("dropped")));
}

}  // namespace
}  // namespace staffroom
