#include "service/dispatch/wire_diagnosis.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "tests/dispatch/testing.pb.h"
#include "tests/support/status_matchers.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;
using testing::Parcel;

WireError ErrorIn(absl::string_view bytes) {
  const absl::optional<WireError> error = FindWireError(*Parcel::descriptor(), bytes);
  EXPECT_TRUE(error.has_value()) << "nothing found";
  EXPECT_FALSE(Parcel().ParseFromString(std::string(bytes))) << "the parser takes these bytes";
  return error.value_or(WireError{});
}

std::string FieldIn(const Parcel& parcel) { return ErrorIn(parcel.SerializeAsString()).field; }

TEST(WireDiagnosis, FindsNothingInAValidMessage) {
  Parcel parcel;
  parcel.set_text("été");
  parcel.add_counts(-1);
  (*parcel.mutable_badge_of())["key"].set_label("badge");
  EXPECT_FALSE(FindWireError(*Parcel::descriptor(), parcel.SerializeAsString()).has_value());
  EXPECT_FALSE(FindWireError(*Parcel::descriptor(), "").has_value());
}

TEST(WireDiagnosis, NamesTheTextThatIsNotUtf8) {
  Parcel parcel;
  parcel.set_text("a\xff");
  EXPECT_EQ(FieldIn(parcel), "text");
  parcel.set_text("fine");
  parcel.mutable_inner()->mutable_inner()->add_badges()->add_notes("fine");
  parcel.mutable_inner()->mutable_inner()->mutable_badges(0)->add_notes("\xff");
  EXPECT_EQ(FieldIn(parcel), "inner.inner.badges[0].notes[1]");
}

TEST(WireDiagnosis, CountsEachRepeatedFieldByItself) {
  Parcel parcel;
  parcel.add_words("zero");
  parcel.add_words("one");
  parcel.add_badges()->set_label("zero");
  parcel.add_badges()->set_label("\xff");
  EXPECT_EQ(FieldIn(parcel), "badges[1].label");
}

TEST(WireDiagnosis, NamesTheFieldOfAOneof) {
  Parcel parcel;
  parcel.set_name("\xff");
  EXPECT_EQ(FieldIn(parcel), "name");
}

TEST(WireDiagnosis, NamesTheKeyAndTheValueOfAMap) {
  Parcel key;
  (*key.mutable_badge_of())["\xff"];
  EXPECT_EQ(FieldIn(key), "badge_of[0].key");
  Parcel value;
  (*value.mutable_badge_of())["key"].set_label("\xff");
  EXPECT_EQ(FieldIn(value), "badge_of[0].value.label");
}

TEST(WireDiagnosis, BytesNeedNotBeUtf8) {
  Parcel parcel;
  parcel.set_payload("\xff");
  EXPECT_FALSE(FindWireError(*Parcel::descriptor(), parcel.SerializeAsString()).has_value());
}

TEST(WireDiagnosis, SaysWhereTheBytesStopMakingSense) {
  Parcel parcel;
  parcel.set_text("eleven char");                                 // 13 bytes
  const std::string bytes = parcel.SerializeAsString() + "\x07";  // field 0
  EXPECT_EQ(ErrorIn(bytes).offset, 13u);
  EXPECT_EQ(ErrorIn(bytes).field, "");
}

TEST(WireDiagnosis, KnowsEveryWayToBeMalformed) {
  EXPECT_THAT(ErrorIn("\x18").description, HasSubstr("does not end"));  // number, cut
  EXPECT_THAT(ErrorIn(std::string("\x18") + std::string(10, '\xff')).description, HasSubstr("too many"));
  EXPECT_THAT(ErrorIn(std::string("\x02\x00", 2)).description, HasSubstr("number 0"));  // tag
  EXPECT_THAT(ErrorIn("\x0e").description, HasSubstr("wire type"));                     // 6
  EXPECT_THAT(ErrorIn("\x0c").description, HasSubstr("end of a group"));
  EXPECT_THAT(ErrorIn("\x0a\x05xx").description, HasSubstr("beyond the end"));
  EXPECT_THAT(ErrorIn("\x2d\x01\x02").description, HasSubstr("cut off"));   // fixed32
  EXPECT_THAT(ErrorIn("\xa3\x06").description, HasSubstr("does not end"));  // unknown group 100
  EXPECT_EQ(ErrorIn("\x32\x02\x01\xff").field, "counts[0]");                // packed, cut
}

TEST(WireDiagnosis, StopsWhereTheParserStopsNesting) {
  Parcel deep;
  for (int depth = 0; depth < 100; ++depth) {
    Parcel outer;
    *outer.mutable_inner() = deep;
    deep = outer;
  }
  EXPECT_FALSE(FindWireError(*Parcel::descriptor(), deep.SerializeAsString()).has_value());
  Parcel too_deep;
  *too_deep.mutable_inner() = deep;
  EXPECT_THAT(ErrorIn(too_deep.SerializeAsString()).description, HasSubstr("too deep"));
  EXPECT_THAT(ErrorIn(std::string(100'000, '\x0b')).description, HasSubstr("too deep"));  // unknown groups in groups
}

TEST(WireDiagnosis, TheStatusCarriesTheReasonAndTheField) {
  Parcel parcel;
  parcel.mutable_badge()->set_label("\xff");
  const absl::Status invalid = DiagnoseMalformed(*Parcel::descriptor(), parcel.SerializeAsString());
  EXPECT_THAT(invalid, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("badge.label")));
  EXPECT_EQ(ErrorReason(invalid), "INVALID_UTF8");
  const absl::Status malformed = DiagnoseMalformed(*Parcel::descriptor(), "\x07");
  EXPECT_THAT(malformed, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at byte 0")));
  EXPECT_EQ(ErrorReason(malformed), "MALFORMED_REQUEST");
}

}  // namespace
}  // namespace staffroom
