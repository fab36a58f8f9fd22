#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "tests/dispatch/test_server.h"
#include "tests/dispatch/testing.pb.h"

// What is kept of a call: its counters, its log line, its ids.
namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Parcel;
using ::testing::SizeIs;

constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

class CallRecordTest : public ::testing::Test {
 protected:
  explicit CallRecordTest(uint64_t log_sample_every = 1) : server(Failing(log_sample_every)) {}

  Answer CallFor(absl::StatusCode code, absl::string_view text = "", const CallOptions& options = {}) {
    Parcel parcel;
    parcel.set_number(static_cast<int>(code));
    parcel.set_text(std::string(text));
    return server.Call(parcel.SerializeAsString(), kEcho, options);
  }
  double Handled(absl::string_view code) {
    return server.Metric(absl::StrCat("staffroom_rpc_handled_total{code=\"", code,
                                      "\",method=\"staffroom.testing.TestingService/Echo\"}"));
  }

  TestServer server;

 private:
  // Echo answers with the status whose code is the request's number; the handler takes 7 ms of the server's clock.
  TestServerOptions Failing(uint64_t log_sample_every) {
    TestServerOptions options;
    options.log_sample_every = log_sample_every;
    options.plug = [this](Dispatcher& dispatcher) {
      dispatcher.Handle<Parcel, Parcel>(
          kEcho, [this](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) {
            server.clock.Advance(absl::Milliseconds(7));
            if (request.number() == 0) return reply(request);
            if (request.number() == 5) return reply(AccountNotFound(request.text()));
            reply(absl::Status(static_cast<absl::StatusCode>(request.number()), request.text()));
          });
    };
    return options;
  }
};

class RareLogTest : public CallRecordTest {
 protected:
  RareLogTest() : CallRecordTest(/*log_sample_every=*/3) {}
};

TEST_F(CallRecordTest, EveryCodeHasItsCounter) {
  CallFor(absl::StatusCode::kOk);
  CallFor(absl::StatusCode::kOk);
  CallFor(absl::StatusCode::kNotFound);
  CallFor(absl::StatusCode::kFailedPrecondition);
  CallFor(absl::StatusCode::kInternal);
  CallFor(absl::StatusCode::kDataLoss);  // sent as INTERNAL, so counted as INTERNAL
  server.Call("\xff");
  EXPECT_EQ(Handled("OK"), 2);
  EXPECT_EQ(Handled("NOT_FOUND"), 1);
  EXPECT_EQ(Handled("FAILED_PRECONDITION"), 1);
  EXPECT_EQ(Handled("INTERNAL"), 2);
  EXPECT_EQ(Handled("DATA_LOSS"), 0);
  EXPECT_EQ(Handled("INVALID_ARGUMENT"), 1);
}

TEST_F(CallRecordTest, TheHistogramHoldsTheTimeOfTheCall) {
  CallFor(absl::StatusCode::kOk);
  const std::string labels = "{method=\"staffroom.testing.TestingService/Echo\"";
  EXPECT_EQ(server.Metric(absl::StrCat("staffroom_rpc_seconds_count", labels)), 1);
  EXPECT_NEAR(server.Metric(absl::StrCat("staffroom_rpc_seconds_sum", labels)), .007, 1e-9);
}

TEST_F(CallRecordTest, TheLogLineSaysWhereTheTimeWent) {
  const Answer answer = CallFor(absl::StatusCode::kOk);
  EXPECT_THAT(server.log.lines(),
              Contains(AllOf(HasSubstr("\"method\":\"staffroom.testing.TestingService/Echo\""),
                             HasSubstr("\"code\":\"OK\""), HasSubstr(answer.trailers.find("x-request-id")->second),
                             HasSubstr("\"handler_us\":7000"), HasSubstr("\"queue_us\":0"))));
}

TEST_F(CallRecordTest, AFailureIsLoggedWithItsReason) {
  CallFor(absl::StatusCode::kNotFound, "ada");
  EXPECT_THAT(server.log.text(), HasSubstr("\"reason\":\"ACCOUNT_NOT_FOUND\""));
}

TEST_F(CallRecordTest, NoIdThatACallerSentIsLogged) {
  CallFor(absl::StatusCode::kOk, "quiet-teacher-17");
  CallFor(absl::StatusCode::kNotFound, "quiet-teacher-17");
  CallFor(absl::StatusCode::kInvalidArgument, "account_id: quiet-teacher-17 is too long");
  Parcel parcel;
  parcel.set_text("quiet-teacher-17\xff");
  server.Call(parcel.SerializeAsString());
  server.Call("", "staffroom.testing.TestingService/quiet-teacher-17");
  EXPECT_THAT(server.log.lines(), SizeIs(5));
  EXPECT_THAT(server.log.text(), Not(HasSubstr("quiet-teacher-17")));
}

TEST_F(CallRecordTest, AnInternalErrorIsLoggedInFullAndHiddenFromTheCaller) {
  const Answer answer = CallFor(absl::StatusCode::kInternal, "/data/000012.sst: corrupt block");
  EXPECT_THAT(server.log.text(), HasSubstr("/data/000012.sst: corrupt block"));
  EXPECT_THAT(answer.message, Not(HasSubstr("sst")));
  EXPECT_THAT(answer.details.details(), IsEmpty());
}

TEST_F(CallRecordTest, TheTraceIsLoggedAndGivenBack) {
  const Answer answer = CallFor(absl::StatusCode::kOk, "", {.headers = {{"traceparent", kTraceparent}}});
  EXPECT_EQ(answer.trailers.find("traceparent")->second, kTraceparent);
  EXPECT_THAT(server.log.text(), HasSubstr("\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\""));
}

TEST_F(CallRecordTest, AMalformedTraceIsNeitherLoggedNorGivenBack) {
  const Answer answer = CallFor(absl::StatusCode::kOk, "", {.headers = {{"traceparent", "00-quiet-teacher-17"}}});
  EXPECT_EQ(answer.trailers.count("traceparent"), 0u);
  EXPECT_THAT(server.log.text(), Not(HasSubstr("trace_id")));
}

TEST_F(RareLogTest, OfCallsThatSucceedOneInSoManyIsLogged) {
  for (int call = 0; call < 9; ++call) CallFor(absl::StatusCode::kOk);
  EXPECT_THAT(server.log.lines(), SizeIs(3));
}

TEST_F(RareLogTest, EveryFailureIsLogged) {
  for (int call = 0; call < 9; ++call) CallFor(absl::StatusCode::kNotFound);
  EXPECT_THAT(server.log.lines(), SizeIs(9));
}

}  // namespace
}  // namespace staffroom
