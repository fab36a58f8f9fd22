#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/dispatch/authenticator.h"
#include "tests/dispatch/test_server.h"
#include "tests/dispatch/testing.pb.h"

// Who may call what, and when.
namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Parcel;

// The header `who` says the role; nobody without it.
class HeaderAuthenticator : public Authenticator {
 public:
  absl::StatusOr<Role> Authenticate(const Caller& caller) const override {
    const absl::optional<absl::string_view> who = caller.Header("who");
    if (!who.has_value()) return absl::UnauthenticatedError("who are you?");
    return *who == "admin" ? Role::kAdmin : *who == "writer" ? Role::kWriter : Role::kReader;
  }
};

constexpr char kRestricted[] = "staffroom.testing.TestingService/Restricted";

// Answers the role that the handler saw, as a number.
TestServerOptions TellingTheRole(MethodOptions restricted = {}) {
  TestServerOptions options;
  options.plug = [restricted](Dispatcher& dispatcher) {
    const auto tell = [](const std::shared_ptr<const CallContext>& context, const Parcel&, Reply<Parcel> reply) {
      Parcel parcel;
      parcel.set_number(static_cast<int>(context->role));
      reply(parcel);
    };
    dispatcher.Handle<Parcel, Parcel>(kEcho, tell);
    dispatcher.Handle<Parcel, Parcel>(kRestricted, tell, restricted);
  };
  return options;
}

int64_t RoleIn(const Answer& answer) {
  Parcel parcel;
  parcel.ParseFromString(answer.bytes);
  return parcel.number();
}

TEST(Admission, OnLoopbackEverybodyIsAnAdmin) {
  TestServer server(TellingTheRole());
  EXPECT_EQ(RoleIn(server.Call("")), static_cast<int>(Role::kAdmin));
}

TEST(Admission, WhoIsNobodyIsUnauthenticatedBeforeAnythingElseIsSaid) {
  const HeaderAuthenticator authenticator;
  TestServerOptions options = TellingTheRole();
  options.authenticator = &authenticator;
  options.phase = Phase::kRecovering;
  TestServer server(options);
  EXPECT_EQ(server.Call("\xff").code, absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(server.Call("", "staffroom.testing.TestingService/Unbuilt").code, absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(server.Call("", "staffroom.testing.TestingService/Missing").code, absl::StatusCode::kUnauthenticated);
}

TEST(Admission, ARoleBelowTheRpcsIsDenied) {
  const HeaderAuthenticator authenticator;
  TestServerOptions options = TellingTheRole({.role = Role::kWriter});
  options.authenticator = &authenticator;
  TestServer server(options);
  EXPECT_EQ(server.Call("", kRestricted, {.headers = {{"who", "reader"}}}).code, absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(RoleIn(server.Call("", kRestricted, {.headers = {{"who", "writer"}}})), static_cast<int>(Role::kWriter));
  EXPECT_EQ(RoleIn(server.Call("", kRestricted, {.headers = {{"who", "admin"}}})), static_cast<int>(Role::kAdmin));
}

TEST(Admission, WhileRecoveringCallsAreUnavailableAndToldWhenToComeBack) {
  TestServerOptions options = TellingTheRole();
  options.phase = Phase::kRecovering;
  TestServer server(options);
  const Answer answer = server.Call("");
  EXPECT_EQ(answer.code, absl::StatusCode::kUnavailable);
  EXPECT_GT(answer.RetryDelay(), absl::ZeroDuration());
  server.readiness.Set(Phase::kServing);
  EXPECT_EQ(server.Call("").code, absl::StatusCode::kOk);
}

TEST(Admission, WhileDrainingCallsAreUnavailable) {
  TestServer server(TellingTheRole());
  server.readiness.Set(Phase::kDraining);
  const Answer answer = server.Call("");
  EXPECT_EQ(answer.code, absl::StatusCode::kUnavailable);
  EXPECT_GT(answer.RetryDelay(), absl::ZeroDuration());
}

TEST(Admission, AReadOnlyStoreIsStillRead) {
  TestServerOptions options = TellingTheRole();
  options.phase = Phase::kReadOnly;
  TestServer server(options);
  EXPECT_EQ(server.Call("").code, absl::StatusCode::kOk);
}

TEST(Admission, WhatIsMarkedSoAnswersAlsoWhileNotServing) {
  TestServerOptions options = TellingTheRole({.while_not_serving = true});
  options.phase = Phase::kRecovering;
  TestServer server(options);
  EXPECT_EQ(server.Call("", kRestricted).code, absl::StatusCode::kOk);
}

TEST(Admission, AnRpcThatIsNotBuiltIsUnimplementedAndSaysSo) {
  TestServer server(TellingTheRole());
  const Answer unary = server.Call("", "staffroom.testing.TestingService/Unbuilt");
  EXPECT_EQ(unary.code, absl::StatusCode::kUnimplemented);
  EXPECT_EQ(unary.message, "staffroom.testing.TestingService/Unbuilt is not built yet");
  const Answer stream = server.Call("", "staffroom.testing.TestingService/UnbuiltChat");
  EXPECT_EQ(stream.code, absl::StatusCode::kUnimplemented);
  EXPECT_EQ(stream.message, "staffroom.testing.TestingService/UnbuiltChat is not built yet");
}

TEST(Admission, TheDispatcherListsWhatIsNotBuilt) {
  TestServer server(TellingTheRole());
  EXPECT_THAT(server.dispatcher.Unimplemented(),
              ElementsAre("staffroom.testing.TestingService/Chat", "staffroom.testing.TestingService/Collect",
                          "staffroom.testing.TestingService/Count", "staffroom.testing.TestingService/EchoSlowly",
                          "staffroom.testing.TestingService/Unbuilt", "staffroom.testing.TestingService/UnbuiltChat"));
}

TEST(Admission, AnUnknownNameIsUnimplementedAndRepeatedToTheCaller) {
  TestServer server(TellingTheRole());
  for (const absl::string_view name : {"staffroom.testing.TestingService/Ecko", "staffroom.v9.Missing/Call"}) {
    const Answer answer = server.Call("", name);
    EXPECT_EQ(answer.code, absl::StatusCode::kUnimplemented);
    EXPECT_THAT(answer.message, HasSubstr(std::string(name)));
  }
  EXPECT_EQ(server.Metric("staffroom_rpc_handled_total{code=\"UNIMPLEMENTED\",method=\"unknown\"}"), 2)
      << "all unknown names share one series, or callers could make as many as they like";
}

using AdmissionDeathTest = ::testing::Test;

TEST(AdmissionDeathTest, AMistakeInPuttingTheServerTogetherEndsTheProcess) {
  const auto plug = [](auto mistake) {
    TestServerOptions options;
    options.plug = mistake;
    return [options] { TestServer server(options); };
  };
  const Handler<Parcel, Parcel> handler = [](const std::shared_ptr<const CallContext>&, const Parcel&, Reply<Parcel>) {
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(plug([&](Dispatcher& dispatcher) { dispatcher.Handle<Parcel, Parcel>("no.Such/Rpc", handler); })(),
               "no such RPC was added: no.Such/Rpc");
  EXPECT_DEATH(plug([&](Dispatcher& dispatcher) {
                 dispatcher.Handle<Parcel, Parcel>(kEcho, handler);
                 dispatcher.Handle<Parcel, Parcel>(kEcho, handler);
               })(),
               "has a handler already");
  EXPECT_DEATH(plug([&](Dispatcher& dispatcher) {
                 dispatcher.Handle<testing::Note, Parcel>(
                     kEcho, [](const std::shared_ptr<const CallContext>&, const testing::Note&, Reply<Parcel>) {});
               })(),
               "messages are not the RPC's");
}

}  // namespace
}  // namespace staffroom
