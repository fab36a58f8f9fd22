#include "service/base/errors.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "service/base/utf8.h"

namespace staffroom {
namespace {

using ::testing::HasSubstr;

// The wrong fields as a client decodes them; an empty list, with a failure, when it cannot.
google::rpc::BadRequest BadRequestOf(const absl::Status& status) {
  google::rpc::BadRequest bad_request;
  const absl::optional<absl::Cord> payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  EXPECT_TRUE(payload.has_value() && bad_request.ParseFromString(std::string(*payload))) << status;
  return bad_request;
}

// As long as `bytes`, of characters of `character` behind `offset` bytes of ASCII.
std::string Repeated(const std::string& character, size_t offset, size_t bytes) {
  std::string text(offset, 'x');
  while (text.size() < bytes) text += character;
  return text;
}

TEST(FieldErrors, StayReadableWhereverALongTextIsCut) {
  for (const std::string& character : {std::string("é"), std::string("€"), std::string("🦉")}) {
    for (size_t offset = 0; offset < character.size(); ++offset) {
      const std::string text = Repeated(character, offset, 400);
      const absl::Status status = InvalidField(text, reason::kFieldOutOfRange, text);
      const google::rpc::BadRequest bad_request = BadRequestOf(status);
      ASSERT_EQ(bad_request.field_violations_size(), 1) << character << " behind " << offset;
      const auto& violation = bad_request.field_violations(0);
      for (const std::string& cut : {violation.field(), violation.description(), std::string(status.message())}) {
        EXPECT_EQ(Utf8ValidPrefix(cut), cut.size()) << character << " behind " << offset;
      }
      EXPECT_GT(violation.description().size(), 200 - character.size()) << "no more is cut than must be";
      EXPECT_LE(violation.description().size(), 200u);
    }
  }
}

TEST(FieldErrors, NameTheFirstTwentyFieldsAndSayHowManyMoreThereAre) {
  FieldErrors errors;
  for (int i = 0; i < 25; ++i) errors.Add(absl::StrCat("f", i), reason::kFieldRequired, "must be given");
  const google::rpc::BadRequest bad_request = BadRequestOf(errors.ToStatus());
  ASSERT_EQ(bad_request.field_violations_size(), 20);
  EXPECT_EQ(bad_request.field_violations(19).field(), "f19");
  EXPECT_THAT(bad_request.field_violations(19).description(), HasSubstr("5 more"));
}

}  // namespace
}  // namespace staffroom
