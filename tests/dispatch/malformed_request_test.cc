#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/limits.h"
#include "tests/dispatch/test_server.h"
#include "tests/dispatch/testing.pb.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using testing::Parcel;

TestServerOptions Echoing() {
  TestServerOptions options;
  options.plug = [](Dispatcher& dispatcher) {
    dispatcher.Handle<Parcel, Parcel>(kEcho, [](const std::shared_ptr<const CallContext>&, const Parcel& request,
                                                Reply<Parcel> reply) { reply(request); });
  };
  return options;
}

TEST(MalformedRequest, ValidBytesComeBackAsTheyWere) {
  TestServer server(Echoing());
  Parcel parcel;
  parcel.set_text("été");
  parcel.mutable_inner()->set_number(-1);
  const Answer answer = server.Call(parcel.SerializeAsString());
  EXPECT_EQ(answer.code, absl::StatusCode::kOk) << answer.message;
  EXPECT_EQ(answer.bytes, parcel.SerializeAsString());
}

TEST(MalformedRequest, NoBytesAreTheEmptyMessage) {
  TestServer server(Echoing());
  const Answer answer = server.Call("");
  EXPECT_EQ(answer.code, absl::StatusCode::kOk) << answer.message;
  EXPECT_EQ(answer.bytes, "");
}

TEST(MalformedRequest, GarbageIsAnInvalidArgumentWithAReason) {
  TestServer server(Echoing());
  const Answer answer = server.Call("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answer.Reason(), "MALFORMED_REQUEST");
  EXPECT_EQ(answer.Field(), "(request)");
  EXPECT_THAT(answer.message, HasSubstr("staffroom.testing.Parcel"));
}

TEST(MalformedRequest, InvalidUtf8InANestedFieldNamesItsPath) {
  TestServer server(Echoing());
  Parcel parcel;
  parcel.add_badges()->set_label("fine");
  parcel.add_badges()->add_notes("fine too");
  parcel.mutable_badges(1)->add_notes("b\xff");
  const Answer answer = server.Call(parcel.SerializeAsString());
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answer.Reason(), "INVALID_UTF8");
  EXPECT_EQ(answer.Field(), "badges[1].notes[1]");
  EXPECT_THAT(answer.message, HasSubstr("byte 1"));
}

TEST(MalformedRequest, AMessageThatIsCutOffNamesTheFieldItEndsIn) {
  TestServer server(Echoing());
  Parcel parcel;
  parcel.mutable_badge()->set_seal(std::string(100, 'x'));
  const std::string bytes = parcel.SerializeAsString();
  const Answer answer = server.Call(bytes.substr(0, bytes.size() - 1));
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answer.Reason(), "MALFORMED_REQUEST");
  EXPECT_EQ(answer.Field(), "badge");  // its length reaches beyond the end
}

TEST(MalformedRequest, AFaultBeyondTheFirstSliceIsFoundToo) {
  TestServer server(Echoing());
  Parcel parcel;
  parcel.set_payload(std::string(1 << 20, 'x'));  // arrives in many slices
  parcel.add_words("\xc0");
  const Answer answer = server.Call(parcel.SerializeAsString());
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answer.Field(), "words[0]");
}

TEST(MalformedRequest, OverTheReceiveLimitIsRefusedByTheLibrary) {
  TestServer server(Echoing());
  Parcel parcel;
  parcel.set_payload(std::string(limits::kReceiveBytes, 'x'));  // the tag and the length are what is too much
  EXPECT_EQ(server.Call(parcel.SerializeAsString()).code, absl::StatusCode::kResourceExhausted);
  parcel.mutable_payload()->resize(limits::kReceiveBytes - 16);
  EXPECT_EQ(server.Call(parcel.SerializeAsString()).code, absl::StatusCode::kOk);
}

TEST(MalformedRequest, AnUnknownEnumValueReachesTheHandler) {
  TestServer server(Echoing());
  Parcel parcel;
  parcel.set_size(static_cast<Parcel::Size>(77));
  Parcel echoed;
  ASSERT_TRUE(echoed.ParseFromString(server.Call(parcel.SerializeAsString()).bytes));
  EXPECT_EQ(static_cast<int>(echoed.size()), 77);
}

}  // namespace
}  // namespace staffroom
