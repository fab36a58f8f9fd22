#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "storage/record_codec.h"
#include "storage/records.pb.h"
#include "tests/support/status_matchers.h"

// What one record of every kind looks like on the disk, with every field set. These bytes are in stores: a change of
// records.proto that changes one of them changes what old stores say. A new field gets a value here, at its own bytes' end.
namespace staffroom::storage {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Golden {
  const char* name;
  const Message& prototype;
  const char* text;
  const char* hex;  // the version byte first
  // Bytes that an older program wrote: they stay readable and are written still, and have not every field.
  bool is_older = false;
};

std::vector<Golden> AllGoldens() {
  return {
      {"account", AccountRecord::default_instance(),
       R"(id: "ada" ordinal: 300 kind: TEACHER display_name: "Ada" bio: "Sums" interests: "chess" subjects: "maths"
          grade_bands: [2, 3] languages: "en" region: "GB" tags: "t" channels { kind: 3 url: "u" audience: 1000 }
          exposure: NOBODY follows_visibility: HIDDEN profiling: OFF
          mentor_offer { topics: "primes" grade_bands: 4 weekly_capacity: 2 note: "n" }
          verified: true state: SUSPENDED create_time: 1000000 update_time: 2000000 stub: true)",
       "010a0361646110ac02180122034164612a0453756d73320563686573733a056d61746873420202034a02656e520247425a017462"
       "08080312017518e8076804700278028201100a067072696d6573120104180222016e8801019001039801c0843da00180897aa801"
       "01"},
      {"post", PostRecord::default_instance(),
       R"(id: "p" ordinal: 1 author: 300 text: "Hello" tags: "t" resources: [5, 600] language: "en" audience: FOLLOWERS
          in_reply_to: 9 conversation_id: "c" state: ACTIVE create_time: 1000000 update_time: 2000000 stub: true)",
       "010a0170100118ac02220548656c6c6f2a0174320305d8043a02656e40024809520163580160c0843d6880897a7001"},
      {"resource", ResourceRecord::default_instance(),
       R"(id: "r" ordinal: 1 kind: 2 title: "T" summary: "S" url: "u" author: 300 publisher: 301 subjects: "maths"
          grade_bands: 2 languages: "en" tags: "t" minutes: 15 state: UNDER_REVIEW publish_time: 1000000
          update_time: 2000000 stub: true)",
       "010a0172100118022201542a015332017538ac0240ad024a056d617468735201025a02656e620174680f700278c0843d80018089"
       "7a880101"},
      {"interaction", InteractionRecord::default_instance(),
       R"(actor: 300 kind: READ target_kind: ITEM_RESOURCE target: 7 event_time: 1000000 weight: 2.5 collection: "board"
          surface: "feed" deleted: true revision: 400 event_hash: 0x1122334455667788 event_id: "e" attributed: true)",
       "0108ac0210231803200728c0843d35000020403a05626f61726442046665656448015090035988776655443322116201656801"},
      {"vector", VectorRecord::default_instance(),
       R"(field: TITLE model_id: "hashing-256-v1" values: "\000\000\200\077")",
       "010806120e68617368696e672d3235362d76311a040000803f", /*is_older=*/true},
      {"vectors of two models", VectorRecord::default_instance(),
       R"(field: TITLE model_id: "a" values: "\000\000\200\077" other { model_id: "b" values: "\000\000\000\100" })",
       "0108061201611a040000803f22090a0162120400000040"},
      {"models", ModelsRecord::default_instance(), R"(serving: "a" coming: "b" leftovers: true operation: 400)",
       "010a01611201621801209003"},
      {"operation", OperationRecord::default_instance(),
       R"(number: 400 kind: OPERATION_EMBEDDING state: OPERATION_FAILED done: 1 total: 2 error_code: 10 error_message: "e"
          start_time: 1000000 end_time: 2000000 model_id: "m" outdated_only: true)",
       "010890031004180420012802300a3a016540c0843d4880897a52016d5801"},
      {"idempotency", IdempotencyRecord::default_instance(),
       R"(payload_hash: 0x1122334455667788 revision: 400 mutation_time: 1000000)",
       "0109887766554433221110900318c0843d"},
  };
}

std::unique_ptr<Message> Parse(const Golden& golden) {
  std::unique_ptr<Message> record(golden.prototype.New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(golden.text, record.get())) << golden.name;
  return record;
}

// The names of the fields that `record`, or a message within it, leaves unset.
std::string UnsetFields(const Message& record) {
  std::string unset;
  const auto* reflection = record.GetReflection();
  for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = record.GetDescriptor()->field(i);
    const bool is_set =
        field->is_repeated() ? reflection->FieldSize(record, field) > 0 : reflection->HasField(record, field);
    if (!is_set) {
      absl::StrAppend(&unset, field->full_name(), " ");
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      absl::StrAppend(&unset, UnsetFields(field->is_repeated() ? reflection->GetRepeatedMessage(record, field, 0)
                                                               : reflection->GetMessage(record, field)));
    }
  }
  return unset;
}

TEST(RecordGoldenBytes, AreWhatIsWritten) {
  for (const Golden& golden : AllGoldens()) {
    EXPECT_EQ(absl::BytesToHexString(EncodeRecord(*Parse(golden))), golden.hex) << golden.name;
  }
}

TEST(RecordGoldenBytes, ReadBack) {
  for (const Golden& golden : AllGoldens()) {
    std::unique_ptr<Message> record(golden.prototype.New());
    ASSERT_THAT(DecodeRecord(Family::kMeta, "", absl::HexStringToBytes(golden.hex), record.get()), IsOk())
        << golden.name;
    EXPECT_EQ(record->DebugString(), Parse(golden)->DebugString());
  }
}

TEST(RecordGoldenBytes, CoverEveryField) {
  for (const Golden& golden : AllGoldens()) {
    if (golden.is_older) continue;
    EXPECT_EQ(UnsetFields(*Parse(golden)), "") << golden.name;
  }
}

}  // namespace
}  // namespace staffroom::storage
