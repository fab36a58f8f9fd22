#include "service/dispatch/status_mapper.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/dispatch/rpc_status.h"
#include "service/dispatch/status_code.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

google::rpc::Status Details(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(StatusMapper, EveryCodeKeepsItsNumber) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus(), "c1").ok());
  for (int code = 1; code < static_cast<int>(kStatusCodes); ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "what happened");
    EXPECT_EQ(static_cast<int>(ToGrpcStatus(status, "c1").error_code()), static_cast<int>(SentCode(status.code())));
  }
}

TEST(StatusMapper, PayloadsBecomeDetails) {
  const grpc::Status status = ToGrpcStatus(QueueFull("the queue", absl::Milliseconds(1500)), "c1");
  const google::rpc::Status details = Details(status);
  EXPECT_EQ(details.code(), status.error_code());
  EXPECT_EQ(details.message(), status.error_message());
  ASSERT_EQ(details.details_size(), 2);
  google::rpc::RetryInfo retry;
  google::rpc::ErrorInfo info;
  for (const google::protobuf::Any& any : details.details()) any.UnpackTo(&retry) || any.UnpackTo(&info);
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 500'000'000);
  EXPECT_EQ(info.reason(), "QUEUE_FULL");
}

TEST(StatusMapper, WithoutPayloadsThereAreNoDetails) {
  EXPECT_EQ(ToGrpcStatus(absl::CancelledError("gone"), "c1").error_details(), "");
}

TEST(StatusMapper, WhatOnlyWeMayKnowIsHidden) {
  for (const absl::StatusCode code :
       {absl::StatusCode::kInternal, absl::StatusCode::kUnknown, absl::StatusCode::kDataLoss}) {
    absl::Status status(code, "/data/000012.sst");
    status.SetPayload("type.googleapis.com/google.rpc.DebugInfo", absl::Cord("a stack"));
    const grpc::Status sent = ToGrpcStatus(status, "c1");
    EXPECT_EQ(sent.error_code(), grpc::StatusCode::INTERNAL);
    EXPECT_EQ(sent.error_message(), "internal error, call id c1");
    EXPECT_EQ(sent.error_details(), "");
  }
}

// An item of a batch is answered as the single call would be.
TEST(RpcStatus, OfAnItemIsThatOfACall) {
  for (const absl::Status& status : {AccountNotFound("ada"), QueueFull("the queue", absl::Seconds(1)),
                                     absl::Status(absl::DataLossError("key 0042"))}) {
    const grpc::Status call = ToGrpcStatus(status, "c1");
    const google::rpc::Status item = ToRpcStatus(status, "c1");
    EXPECT_EQ(item.code(), call.error_code());
    EXPECT_EQ(item.message(), call.error_message());
    EXPECT_EQ(item.details().empty() ? "" : item.SerializeAsString(), call.error_details());
  }
}

TEST(RpcStatus, LeavesTheDetailsOutWhereThereIsNoRoom) {
  const google::rpc::Status status = ToRpcStatus(AccountNotFound("ada"), "c1", /*with_details=*/false);
  EXPECT_EQ(status.code(), 5);
  EXPECT_EQ(status.details_size(), 0);
}

TEST(StatusMapper, StaysBelowWhatClientsTakeWhateverAnErrorHolds) {
  absl::Status status = absl::InvalidArgumentError(std::string(100'000, '\x01'));
  for (int payload = 0; payload < 100; ++payload) {
    status.SetPayload(absl::StrCat("type.googleapis.com/google.rpc.Help", payload),
                      absl::Cord(std::string(1'000, 'x')));
  }
  const grpc::Status sent = ToGrpcStatus(status, "c1");
  EXPECT_LE(3 * sent.error_message().size() + 4 * sent.error_details().size() / 3, 7'500u);
  EXPECT_GT(Details(sent).details_size(), 0);
}

TEST(StatusMapper, AMessageIsNeverCutInsideACharacter) {
  std::string message = "x";
  for (int character = 0; character < 300; ++character) message += "\xC3\xA9";
  EXPECT_EQ(ToGrpcStatus(absl::NotFoundError(message), "c1").error_message().size(), 255u);
}

TEST(StatusCode, ANumberThatIsNoCodeIsInternal) {
  EXPECT_EQ(SentCode(static_cast<absl::StatusCode>(99)), absl::StatusCode::kInternal);
  EXPECT_EQ(CodeName(static_cast<absl::StatusCode>(99)), "INTERNAL");
  EXPECT_EQ(CodeName(absl::StatusCode::kUnauthenticated), "UNAUTHENTICATED");
}

}  // namespace
}  // namespace staffroom
