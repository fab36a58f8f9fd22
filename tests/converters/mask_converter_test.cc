#include "service/converters/mask_converter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "service/converters/account_converter.h"
#include "service/converters/post_converter.h"
#include "service/converters/resource_converter.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/post.pb.h"
#include "staffroom/v1/resource.pb.h"
#include "storage/records.pb.h"
#include "tests/converters/messages.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Every field of the API message stands in the table, and every record field that the table names is one.
void ExpectTableOf(absl::Span<const MaskField> table, const google::protobuf::Descriptor& message,
                   const google::protobuf::Descriptor& record) {
  for (int i = 0; i < message.field_count(); ++i) {
    const std::string& name = message.field(i)->name();
    EXPECT_TRUE(std::any_of(table.begin(), table.end(), [&](const MaskField& field) { return field.path == name; }))
        << message.name() << "." << name << " can be in no mask";
  }
  for (const MaskField& field : table) {
    EXPECT_NE(message.FindFieldByName(std::string(field.path)), nullptr) << field.path;
    if (!field.record_field.empty()) {
      EXPECT_NE(record.FindFieldByName(std::string(field.record_field)), nullptr) << field.record_field;
    }
  }
}

TEST(MaskFields, AreThoseOfTheMessagesAndOfTheirRecords) {
  ExpectTableOf(AccountMaskFields(), *v1::Account::descriptor(), *storage::AccountRecord::descriptor());
  ExpectTableOf(PostMaskFields(), *v1::Post::descriptor(), *storage::PostRecord::descriptor());
  ExpectTableOf(ResourceMaskFields(), *v1::Resource::descriptor(), *storage::ResourceRecord::descriptor());
}

struct Converted {
  std::vector<std::string> record_fields;
  Refusal refusal;
};

Converted ConvertOf(absl::Span<const MaskField> table, const std::vector<std::string>& paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  FieldErrors errors;
  const UpdateMask converted = ConvertMask(&mask, table, &errors);
  return {converted.record_fields, RefusalOf(errors.ToStatus())};
}

TEST(Mask, NamesRecordFieldsWhereTheContractNamesIds) {
  EXPECT_THAT(ConvertOf(PostMaskFields(), {"author_id", "resource_ids", "in_reply_to"}).record_fields,
              ElementsAre("author", "resources", "in_reply_to"));
  EXPECT_THAT(ConvertOf(ResourceMaskFields(), {"author_id", "publisher_id"}).record_fields,
              ElementsAre("author", "publisher"));
}

TEST(Mask, NamesAFieldOnceHoweverOftenItIsGiven) {
  EXPECT_THAT(ConvertOf(AccountMaskFields(), {"tags", "bio", "tags"}).record_fields, ElementsAre("tags", "bio"));
}

TEST(Mask, RefusesWhatIsUnknownOutputOnlyOrWithinAField) {
  for (const char* path : {"nonsense", "update_time", "follower_count", "mentor_offer.topics", "*", "", "ordinal"}) {
    EXPECT_EQ(ConvertOf(AccountMaskFields(), {path}).refusal, Refused(reason::kFieldOutOfRange, "update_mask")) << path;
  }
}

TEST(Mask, RefusesToNameNothingAndTooMuch) {
  EXPECT_EQ(ConvertOf(AccountMaskFields(), {}).refusal, Refused(reason::kFieldRequired, "update_mask"));
  EXPECT_EQ(ConvertOf(AccountMaskFields(), std::vector<std::string>(65, "bio")).refusal,
            Refused(reason::kTooManyItems, "update_mask"));
}

TEST(Mask, IsAbsentWhenTheRequestHasNone) {
  FieldErrors errors;
  EXPECT_THAT(ConvertMask(nullptr, AccountMaskFields(), &errors).record_fields, IsEmpty());
  EXPECT_TRUE(errors.empty());
}

TEST(Mask, FreesRequiredFieldsThatItLeavesOut) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  const auto account = Parse<v1::UpsertAccountRequest>(R"pb(account { id: "ada" }
                                                            update_mask { paths: "bio" })pb");
  EXPECT_TRUE(ToMutation(account, now).ok()) << ToMutation(account, now).status();
  const auto post = Parse<v1::UpsertPostRequest>(R"pb(post { id: "p" }
                                                      update_mask { paths: "text" })pb");
  EXPECT_TRUE(ToMutation(post, now).ok()) << ToMutation(post, now).status();
  const auto kind = Parse<v1::UpsertAccountRequest>(R"pb(account { id: "ada" }
                                                         update_mask { paths: "kind" })pb");
  EXPECT_EQ(RefusalOf(ToMutation(kind, now).status()), Refused(reason::kFieldRequired, "account.kind"));
}

}  // namespace
}  // namespace staffroom
