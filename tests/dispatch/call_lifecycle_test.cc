#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "tests/dispatch/gate.h"
#include "tests/dispatch/test_server.h"
#include "tests/dispatch/testing.pb.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Parcel;

using EchoHandler = Handler<Parcel, Parcel>;

TestServerOptions Serving(EchoHandler handler) {
  TestServerOptions options;
  options.plug = [handler = std::move(handler)](Dispatcher& dispatcher) {
    dispatcher.Handle<Parcel, Parcel>(kEcho, handler);
  };
  return options;
}

TEST(CallLifecycle, AReplyMayComeFromAnotherThreadAfterTheHandlerHasReturned) {
  std::thread thread;
  Gate begun;
  TestServer server(Serving([&](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) {
    thread = std::thread([&request, held = std::move(reply)]() mutable {
      absl::SleepFor(absl::Milliseconds(20));
      Parcel parcel;
      parcel.set_text(absl::StrCat(request.text(), " again"));  // the request is valid until the reply
      held(parcel);
    });
    begun.Open();
  }));
  Parcel parcel;
  parcel.set_text("once");
  ASSERT_TRUE(parcel.ParseFromString(server.Call(parcel.SerializeAsString()).bytes));
  EXPECT_EQ(parcel.text(), "once again");
  begun.Wait();
  thread.join();
}

TEST(CallLifecycle, ADroppedReplyIsAnInternalErrorThatNamesTheCallAndNothingElse) {
  TestServer server(Serving([](const std::shared_ptr<const CallContext>&, const Parcel&, Reply<Parcel>) {}));
  const Answer answer = server.Call("");
  EXPECT_EQ(answer.code, absl::StatusCode::kInternal);
  const std::string call_id = answer.trailers.find("x-request-id")->second;
  EXPECT_EQ(answer.message, absl::StrCat("internal error, call id ", call_id));
  EXPECT_THAT(server.log.text(), AllOf(HasSubstr(call_id), HasSubstr("the handler dropped its reply")));
}

TEST(CallLifecycle, AHandlerThatThrowsCostsItsCallAndNotTheServer) {
  TestServer server(Serving([](const std::shared_ptr<const CallContext>&, const Parcel&, Reply<Parcel>) {
    throw std::runtime_error("a library's surprise");
  }));
  EXPECT_EQ(server.Call("").code, absl::StatusCode::kInternal);
  EXPECT_EQ(server.Call("").code, absl::StatusCode::kInternal);
  EXPECT_THAT(server.log.text(), HasSubstr("a library's surprise"));
}

TEST(CallLifecycle, WhatThrowsInThePartThatWasLeftForLaterCostsItsCallAndNotTheServer) {
  RequestPool* pool = nullptr;
  TestServer server(
      Serving([&pool](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) {
        if (request.number() == 0) return reply(request);
        pool->Post([held = std::make_shared<Reply<Parcel>>(std::move(reply))] {
          throw std::runtime_error("a library's late surprise");
        });
      }));
  pool = &server.interactive;
  Parcel later;
  later.set_number(1);
  EXPECT_EQ(server.Call(later.SerializeAsString()).code, absl::StatusCode::kInternal);
  EXPECT_EQ(server.Call("").code, absl::StatusCode::kOk) << "the server goes on";
  EXPECT_THAT(server.log.text(), HasSubstr("a library's late surprise"));
}

TEST(CallLifecycle, OnlyTheFirstAnswerCounts) {
  TestServer server(Serving([](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) {
    reply(request);
    reply(absl::InternalError("late"));
  }));
  EXPECT_EQ(server.Call("").code, absl::StatusCode::kOk);
  EXPECT_EQ(
      server.Metric("staffroom_rpc_handled_total{code=\"INTERNAL\",method=\"staffroom.testing.TestingService/Echo\"}"),
      0);
}

TEST(CallLifecycle, AnErrorReachesTheCallerWithItsDetails) {
  TestServer server(Serving([](const std::shared_ptr<const CallContext>&, const Parcel&, Reply<Parcel> reply) {
    reply(AccountNotFound("ada"));
  }));
  const Answer answer = server.Call("");
  EXPECT_EQ(answer.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(answer.details.code(), static_cast<int>(absl::StatusCode::kNotFound));
  EXPECT_EQ(answer.details.message(), answer.message);
  EXPECT_EQ(answer.Reason(), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(answer.Find<google::rpc::ResourceInfo>().resource_name(), "ada");
}

TEST(CallLifecycle, TheHandlerSeesTheCancellationAndItsAnswerIsCountedAsCancelled) {
  Gate began, saw;
  TestServer server(
      Serving([&](const std::shared_ptr<const CallContext>& context, const Parcel& request, Reply<Parcel> reply) {
        began.Open();
        while (!context->IsCancelled()) absl::SleepFor(absl::Milliseconds(1));
        reply(request);
        saw.Open();
      }));
  const auto call = server.client.Start(kEcho, "");
  began.Wait();
  call->Cancel();
  EXPECT_EQ(call->Wait().code, absl::StatusCode::kCancelled);
  saw.Wait();
  EXPECT_EQ(
      server.Metric("staffroom_rpc_handled_total{code=\"CANCELLED\",method=\"staffroom.testing.TestingService/Echo\"}"),
      1);
}

// gRPC tells a deadline that passed as a cancellation. Echo waits for one, moves the server's clock, and then answers.
class GoneCaller : public ::testing::Test {
 protected:
  // What was counted of a call whose deadline was in five minutes and whose caller went away.
  std::string CountedWhenGone(absl::Duration passed, const std::string& answered) {
    Gate began, ended;
    TestServer server(
        Serving([&](const std::shared_ptr<const CallContext>& context, const Parcel& request, Reply<Parcel> reply) {
          began.Open();
          while (!context->IsCancelled()) absl::SleepFor(absl::Milliseconds(1));
          server_->clock.Advance(passed);
          if (answered == "OK") {
            reply(request);
          } else if (answered == "CANCELLED") {
            reply(absl::CancelledError("nobody waits any more"));
          } else if (answered == "NOT_FOUND") {
            reply(AccountNotFound("ada"));
          } else {
            reply(absl::DataLossError("the disk"));
          }
          ended.Open();
        }));
    server_ = &server;
    const auto call = server.client.Start(kEcho, "", {.timeout = absl::Minutes(5)});
    began.Wait();
    call->Cancel();
    call->Wait();
    ended.Wait();
    for (const char* code : {"OK", "CANCELLED", "DEADLINE_EXCEEDED", "NOT_FOUND", "INTERNAL"}) {
      if (server.Metric(absl::StrCat("staffroom_rpc_handled_total{code=\"", code, "\",method=\"", kEcho, "\"}")) == 1) {
        return code;
      }
    }
    return "nothing";
  }

  TestServer* server_ = nullptr;
};

TEST_F(GoneCaller, WhoseDeadlineHasPassedIsCountedAsThatWhateverTheHandlerSays) {
  EXPECT_EQ(CountedWhenGone(absl::Minutes(6), "OK"), "DEADLINE_EXCEEDED");
  EXPECT_EQ(CountedWhenGone(absl::Minutes(6), "CANCELLED"), "DEADLINE_EXCEEDED");
  EXPECT_EQ(CountedWhenGone(absl::Minutes(6), "NOT_FOUND"), "DEADLINE_EXCEEDED");
}

// The caller's clock is the first to see it, and gRPC sends a deadline rounded up.
TEST_F(GoneCaller, WhoseDeadlineIsNotAHundredthAwayIsCountedAsThatToo) {
  EXPECT_EQ(CountedWhenGone(absl::Minutes(5) - absl::Milliseconds(100), "CANCELLED"), "DEADLINE_EXCEEDED");
  EXPECT_EQ(CountedWhenGone(absl::Minutes(5) - absl::Seconds(10), "CANCELLED"), "CANCELLED");
}

TEST_F(GoneCaller, WhoCancelledIsCountedAsThatWhereTheHandlerHadNoError) {
  EXPECT_EQ(CountedWhenGone(absl::Minutes(4), "OK"), "CANCELLED");
  EXPECT_EQ(CountedWhenGone(absl::Minutes(4), "CANCELLED"), "CANCELLED");
  EXPECT_EQ(CountedWhenGone(absl::Minutes(4), "NOT_FOUND"), "NOT_FOUND");
}

TEST_F(GoneCaller, HidesNoFaultOfOurs) { EXPECT_EQ(CountedWhenGone(absl::Minutes(6), "DATA_LOSS"), "INTERNAL"); }

TEST(CallLifecycle, TheContextOutlivesTheCall) {
  std::shared_ptr<const CallContext> kept;
  std::string call_id;
  {
    TestServer server(
        Serving([&](const std::shared_ptr<const CallContext>& context, const Parcel& request, Reply<Parcel> reply) {
          kept = context;
          reply(request);
        }));
    call_id = server.Call("").trailers.find("x-request-id")->second;
  }
  EXPECT_EQ(kept->call_id, call_id);
}

// Calls cancelled at every moment of their lives: each is finished once, none hangs, none crashes.
TEST(CallLifecycle, EveryCallOfACancellationStormIsFinishedExactlyOnce) {
  constexpr int kCalls = 400;
  TestServerOptions options =
      Serving([](const std::shared_ptr<const CallContext>& context, const Parcel& request, Reply<Parcel> reply) {
        if (request.number() % 3 == 0) return;  // drops the reply
        if (request.number() % 3 == 1 && context->IsCancelled()) return reply(absl::CancelledError(""));
        reply(request);
      });
  options.threads = 3;
  options.queue_capacity = kCalls;
  double counted = 0;
  {
    TestServer server(std::move(options));
    std::vector<std::unique_ptr<PendingCall>> calls;
    for (int number = 0; number < kCalls; ++number) {
      Parcel parcel;
      parcel.set_number(number);
      calls.push_back(server.client.Start(kEcho, parcel.SerializeAsString()));
      if (number % 2 == 0) calls[static_cast<size_t>(number) / 2]->Cancel();
    }
    for (const auto& call : calls) call->Wait();
    // A call may be cancelled before it reaches the server, so what is counted is what began.
    while (server.Metric("staffroom_rpc_in_flight") != 0) absl::SleepFor(absl::Milliseconds(1));
    for (const absl::string_view code : {"OK", "CANCELLED", "INTERNAL"}) {
      counted += server.Metric(absl::StrCat("staffroom_rpc_handled_total{code=\"", code,
                                            "\",method=\"staffroom.testing.TestingService/Echo\"}"));
    }
    EXPECT_EQ(counted, server.Metric("staffroom_rpc_seconds_count{method=\"staffroom.testing.TestingService/Echo\"}"));
    EXPECT_LE(counted, kCalls);
    EXPECT_GE(counted, kCalls / 2);
  }
}

TEST(CallLifecycle, ShutdownWaitsForTheReplyOfACallInFlight) {
  Gate began;
  std::unique_ptr<PendingCall> call;
  {
    TestServer server(
        Serving([&](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) {
          began.Open();
          absl::SleepFor(absl::Milliseconds(100));
          reply(request);
        }));
    call = server.client.Start(kEcho, "");
    began.Wait();
  }
  EXPECT_EQ(call->Wait().code, absl::StatusCode::kOk);
}

}  // namespace
}  // namespace staffroom
