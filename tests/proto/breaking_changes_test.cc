#include "tests/proto/breaking_changes.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/compile_proto.h"

namespace staffroom {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A contract as small as it can be with one of each thing that may change.
const FileDescriptorSet& SmallContract() {
  static const FileDescriptorSet* set = new FileDescriptorSet(CompileProto(R"(
    syntax = "proto3";
    package school.v1;
    message Account {
      enum Kind { KIND_UNSPECIFIED = 0; TEACHER = 1; NETWORK = 2; }
      string id = 1;
      repeated string tags = 2;
      optional bool verified = 3;
      Kind kind = 4;
      oneof target { string post_id = 5; string page_id = 6; }
      message Offer { int32 capacity = 1; }
      Offer offer = 7;
    }
    message Empty {}
    service Catalog {
      rpc Get(Account) returns (Account);
      rpc Watch(Account) returns (stream Account);
    }
    service Other { rpc Do(Empty) returns (Empty); })"));
  return *set;
}

DescriptorProto* Account(FileDescriptorSet& set) { return set.mutable_file(0)->mutable_message_type(0); }

FieldDescriptorProto* Field(FileDescriptorSet& set, const std::string& name) {
  for (FieldDescriptorProto& field : *Account(set)->mutable_field()) {
    if (field.name() == name) return &field;
  }
  ADD_FAILURE() << "the small contract has no field " << name;
  return Account(set)->add_field();
}

template <typename Repeated>
void Remove(Repeated* elements, const std::string& name) {
  for (int i = 0; i < elements->size(); ++i) {
    if (elements->Get(i).name() == name) return elements->DeleteSubrange(i, 1);
  }
  ADD_FAILURE() << "the small contract has no " << name;
}

// What is found after `change` was planted on a copy of the small contract.
std::vector<std::string> After(const std::function<void(FileDescriptorSet&)>& change) {
  FileDescriptorSet changed = SmallContract();
  change(changed);
  return FindBreakingChanges(SmallContract(), changed);
}

TEST(BreakingChanges, AreNoneInAnUnchangedContract) {
  EXPECT_THAT(After([](FileDescriptorSet&) {}), IsEmpty());
}

TEST(BreakingChanges, AreNotAdditions) {
  EXPECT_THAT(After([](FileDescriptorSet& set) {
                FieldDescriptorProto* field = Account(set)->add_field();
                field->set_name("bio");
                field->set_number(8);
                auto* value = Account(set)->mutable_enum_type(0)->add_value();
                value->set_name("ORGANIZATION");
                value->set_number(3);
                set.mutable_file(0)->add_message_type()->set_name("Post");
                set.mutable_file(0)->add_service()->set_name("Insight");
                set.mutable_file(0)->mutable_service(0)->add_method()->set_name("List");
                set.add_file()->set_name("more.proto");
              }),
              IsEmpty());
}

TEST(BreakingChanges, AreNotAMessageThatMovesToAnotherFileOfItsPackage) {
  EXPECT_THAT(After([](FileDescriptorSet& set) {
                FileDescriptorProto* other = set.add_file();
                other->set_name("other.proto");
                other->set_package("school.v1");
                *other->add_message_type() = set.file(0).message_type(0);
                Remove(set.mutable_file(0)->mutable_message_type(), "Account");
              }),
              IsEmpty());
}

TEST(BreakingChanges, NameARemovedField) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Remove(Account(set)->mutable_field(), "tags"); }),
              ElementsAre("school.v1.Account.tags: field removed"));
}

TEST(BreakingChanges, NameARenamedField) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Field(set, "tags")->set_name("labels"); }),
              ElementsAre("school.v1.Account.tags: field renamed or replaced: number 2 is now "
                          "labels"));
}

TEST(BreakingChanges, NameARenumberedField) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Field(set, "tags")->set_number(12); }),
              ElementsAre("school.v1.Account.tags: number changed from 2 to 12"));
}

TEST(BreakingChanges, NameBothOfTwoFieldsThatSwapTheirNumbers) {
  EXPECT_THAT(After([](FileDescriptorSet& set) {
                Field(set, "post_id")->set_number(6);
                Field(set, "page_id")->set_number(5);
              }),
              ElementsAre("school.v1.Account.post_id: number changed from 5 to 6",
                          "school.v1.Account.page_id: number changed from 6 to 5"));
}

TEST(BreakingChanges, NameARetypedField) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Field(set, "id")->set_type(FieldDescriptorProto::TYPE_BYTES); }),
              ElementsAre("school.v1.Account.id: type changed from TYPE_STRING to TYPE_BYTES"));
  EXPECT_THAT(After([](FileDescriptorSet& set) { Field(set, "offer")->set_type_name(".school.v1.Account"); }),
              ElementsAre("school.v1.Account.offer: type changed from .school.v1.Account.Offer to "
                          ".school.v1.Account"));
}

TEST(BreakingChanges, NameARelabelledField) {
  EXPECT_THAT(
      After([](FileDescriptorSet& set) { Field(set, "tags")->set_label(FieldDescriptorProto::LABEL_OPTIONAL); }),
      ElementsAre("school.v1.Account.tags: label changed from repeated to plain"));
}

TEST(BreakingChanges, NameAFieldThatLosesItsPresence) {
  EXPECT_THAT(After([](FileDescriptorSet& set) {
                Field(set, "verified")->clear_proto3_optional();
                Field(set, "verified")->clear_oneof_index();
              }),
              ElementsAre("school.v1.Account.verified: label changed from optional to plain"));
}

TEST(BreakingChanges, NameAFieldThatLeavesItsOneof) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Field(set, "post_id")->clear_oneof_index(); }),
              ElementsAre("school.v1.Account.post_id: oneof changed from oneof target to no oneof"));
}

TEST(BreakingChanges, NameAFieldWithAnotherNameInJson) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Field(set, "post_id")->set_json_name("post"); }),
              ElementsAre("school.v1.Account.post_id: JSON name changed from postId to post"));
}

TEST(BreakingChanges, NameARemovedMessageAlsoWhereItIsNested) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Remove(Account(set)->mutable_nested_type(), "Offer"); }),
              ElementsAre("school.v1.Account.Offer: message removed or renamed"));
  EXPECT_THAT(After([](FileDescriptorSet& set) { Remove(set.mutable_file(0)->mutable_message_type(), "Empty"); }),
              ElementsAre("school.v1.Empty: message removed or renamed"));
}

TEST(BreakingChanges, NameARemovedEnum) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { Account(set)->mutable_enum_type(0)->set_name("Sort"); }),
              ElementsAre("school.v1.Account.Kind: enum removed or renamed"));
}

TEST(BreakingChanges, NameARemovedRenumberedOrRenamedEnumValue) {
  EXPECT_THAT(
      After([](FileDescriptorSet& set) { Remove(Account(set)->mutable_enum_type(0)->mutable_value(), "NETWORK"); }),
      ElementsAre("school.v1.Account.Kind.NETWORK: enum value removed"));
  EXPECT_THAT(
      After([](FileDescriptorSet& set) { Account(set)->mutable_enum_type(0)->mutable_value(2)->set_number(7); }),
      ElementsAre("school.v1.Account.Kind.NETWORK: number changed from 2 to 7"));
  EXPECT_THAT(
      After([](FileDescriptorSet& set) { Account(set)->mutable_enum_type(0)->mutable_value(2)->set_name("CIRCLE"); }),
      ElementsAre("school.v1.Account.Kind.NETWORK: enum value renamed or replaced: number "
                  "2 is now CIRCLE"));
}

TEST(BreakingChanges, NameARemovedServiceAndARemovedRpc) {
  EXPECT_THAT(
      After([](FileDescriptorSet& set) {
        Remove(set.mutable_file(0)->mutable_service(), "Other");
        Remove(set.mutable_file(0)->mutable_service(0)->mutable_method(), "Watch");
      }),
      ElementsAre("school.v1.Catalog.Watch: RPC removed or renamed", "school.v1.Other: service removed or renamed"));
}

TEST(BreakingChanges, NameAnRpcWithOtherMessagesOrStreaming) {
  EXPECT_THAT(After([](FileDescriptorSet& set) {
                auto* get = set.mutable_file(0)->mutable_service(0)->mutable_method(0);
                get->set_input_type(".school.v1.Empty");
                get->set_output_type(".school.v1.Empty");
                get->set_client_streaming(true);
                get->set_server_streaming(true);
              }),
              ElementsAre(StartsWith("school.v1.Catalog.Get: request type changed"),
                          StartsWith("school.v1.Catalog.Get: response type changed"),
                          StartsWith("school.v1.Catalog.Get: request streaming changed"),
                          StartsWith("school.v1.Catalog.Get: response streaming changed")));
}

TEST(BreakingChanges, NameAChangedPackage) {
  EXPECT_THAT(After([](FileDescriptorSet& set) { set.mutable_file(0)->set_package("school.v2"); }),
              Contains("small.proto: package changed from school.v1 to school.v2"));
}

}  // namespace
}  // namespace staffroom
