#include "service/client/rpc_status.h"

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "tests/client/import_fixtures.h"

namespace staffroom {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ErrorText, NamesCodeReasonAndEveryWrongFieldOnce) {
  google::rpc::Status status = StatusOf(google::rpc::INVALID_ARGUMENT, "account_id: must be given");
  google::rpc::ErrorInfo info;
  info.set_reason("FIELD_REQUIRED");
  status.add_details()->PackFrom(info);
  google::rpc::BadRequest bad;
  for (const auto& [field, description] :
       {std::pair("account_id", "must be given"), std::pair("count", "must be 0 to 500")}) {
    bad.add_field_violations()->set_field(field);
    bad.mutable_field_violations()->rbegin()->set_description(description);
  }
  status.add_details()->PackFrom(bad);
  EXPECT_EQ(ErrorText(status), "INVALID_ARGUMENT FIELD_REQUIRED: account_id: must be given; count: must be 0 to 500");
}

TEST(ErrorText, SaysWhenToTryAgain) {
  EXPECT_EQ(ErrorText(FullFor(2)), "RESOURCE_EXHAUSTED: the queue is full; try again in 2s");
}

TEST(ErrorText, KnowsNoNameForACodeOfTheFuture) {
  google::rpc::Status status;
  status.set_code(99);
  status.set_message("hm");
  EXPECT_EQ(ErrorText(status), "code 99: hm");
}

TEST(RpcStatusOf, TakesTheDetailsThatCameWithACall) {
  const google::rpc::Status sent = FullFor(3);
  const grpc::Status received(grpc::StatusCode::RESOURCE_EXHAUSTED, "the queue is full", sent.SerializeAsString());
  EXPECT_THAT(RetryDelay(RpcStatusOf(received)), Optional(Eq(absl::Seconds(3))));
}

TEST(RpcStatusOf, KeepsCodeAndMessageWhereDetailsAreMissingOrOfAnotherMaking) {
  for (const char* details : {"", "\xff\xff", "other"}) {
    const google::rpc::Status status = RpcStatusOf(grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone", details));
    EXPECT_EQ(status.code(), google::rpc::UNAVAILABLE);
    EXPECT_EQ(status.message(), "gone");
    EXPECT_EQ(status.details_size(), 0);
  }
}

TEST(RetryDelay, IsNothingWhenTheServerSaysNothing) {
  EXPECT_EQ(RetryDelay(StatusOf(google::rpc::UNAVAILABLE)), absl::nullopt);
}

}  // namespace
}  // namespace staffroom
