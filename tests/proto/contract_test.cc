// Holds the contract as it stands in proto/staffroom/v1 to its promises: complete comments, one
// shape of request and response, and nothing that breaks a client built against the golden set.
//
// The golden files are changed by the run that accepts an addition, and by nothing else:
//   STAFFROOM_ACCEPT_CONTRACT=1 build/debug/bin/contract_test
// It refuses to record a breaking change.

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/proto/breaking_changes.h"
#include "tests/proto/comment_lint.h"
#include "tests/proto/descriptor_sets.h"

namespace staffroom {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::SourceLocation;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kPackage[] = "staffroom.v1";
constexpr char kGoldenSet[] = STAFFROOM_GOLDEN_DIR "/staffroom_v1.binpb";
constexpr char kGoldenUnimplemented[] = STAFFROOM_GOLDEN_DIR "/unimplemented_rpcs.txt";
constexpr char kAccept[] =
    "Accept an addition with STAFFROOM_ACCEPT_CONTRACT=1 build/<preset>/bin/contract_test and "
    "commit tests/proto/golden.";

bool Accepting() { return std::getenv("STAFFROOM_ACCEPT_CONTRACT") != nullptr; }

std::string OnePerLine(const std::vector<std::string>& findings) { return absl::StrJoin(findings, "\n"); }

// The contract as protoc reads it now, comments included, linked in a pool of its own.
class Contract : public ::testing::Test {
 protected:
  void SetUp() override {
    auto set = ReadDescriptorSet(STAFFROOM_CONTRACT_SET);
    ASSERT_TRUE(set.ok()) << set.status();
    set_ = *std::move(set);
    for (const FileDescriptorProto& file : set_.file()) {
      const FileDescriptor* built = pool_.BuildFile(file);
      ASSERT_NE(built, nullptr) << file.name();
      if (built->package() == kPackage) files_.push_back(built);
    }
    ASSERT_THAT(files_, Not(IsEmpty())) << "no file of " << kPackage << " in the descriptor set";
  }

  std::vector<const MethodDescriptor*> Rpcs() const {
    std::vector<const MethodDescriptor*> rpcs;
    for (const FileDescriptor* file : files_) {
      for (int i = 0; i < file->service_count(); ++i) {
        const ServiceDescriptor* service = file->service(i);
        for (int j = 0; j < service->method_count(); ++j) rpcs.push_back(service->method(j));
      }
    }
    return rpcs;
  }

  FileDescriptorSet set_;
  DescriptorPool pool_;
  std::vector<const FileDescriptor*> files_;
};

TEST_F(Contract, CommentsEveryElement) {
  const std::vector<std::string> findings = LintComments(set_, kPackage);
  EXPECT_THAT(findings, IsEmpty()) << OnePerLine(findings)
                                   << "\nRemedy: say in proto/ what the name does not: unit, range, "
                                      "default, errors.";
}

TEST_F(Contract, BreaksNoClientOfTheGoldenSet) {
  const FileDescriptorSet present = OnlyPackage(set_, kPackage);
  const auto golden = ReadDescriptorSet(kGoldenSet);
  ASSERT_TRUE(golden.ok()) << golden.status() << "\n" << kAccept;
  const std::vector<std::string> findings = FindBreakingChanges(*golden, present);
  EXPECT_THAT(findings, IsEmpty())
      << OnePerLine(findings)
      << "\nRemedy: restore these in proto/staffroom/v1. What is no longer wanted stays, with a "
         "comment that says so; what is wanted otherwise gets a new name and number beside it.";
}

TEST_F(Contract, IsWhatTheGoldenSetRecords) {
  const FileDescriptorSet present = OnlyPackage(set_, kPackage);
  auto golden = ReadDescriptorSet(kGoldenSet);
  if (Accepting()) {
    ASSERT_TRUE(golden.ok()) << golden.status() << ": restore it, or nothing protects the clients of what it recorded";
    ASSERT_THAT(FindBreakingChanges(*golden, present), IsEmpty()) << "a breaking change is not recorded";
    const absl::Status written = WriteDescriptorSet(present, kGoldenSet);
    ASSERT_TRUE(written.ok()) << written;
    return;
  }
  ASSERT_TRUE(golden.ok()) << golden.status() << "\n" << kAccept;
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  EXPECT_TRUE(differencer.Compare(*golden, present))
      << "proto/staffroom/v1 has grown, and what is new is not protected yet:\n"
      << difference << kAccept;
}

TEST_F(Contract, ListsTheRpcsThatAreNotBuiltYet) {
  std::set<std::string> names;
  for (const MethodDescriptor* rpc : Rpcs()) {
    SourceLocation location;
    ASSERT_TRUE(rpc->GetSourceLocation(&location)) << rpc->full_name();
    if (absl::StrContains(location.leading_comments, "UNIMPLEMENTED")) {
      EXPECT_TRUE(absl::StrContains(location.leading_comments, "Not built yet: answers UNIMPLEMENTED."))
          << rpc->full_name() << " says it in other words than the others";
      names.insert(rpc->full_name());
    }
  }
  std::string unimplemented;
  for (const std::string& name : names) absl::StrAppend(&unimplemented, name, "\n");
  if (Accepting()) {
    std::ofstream(kGoldenUnimplemented, std::ios::trunc) << unimplemented;
  }
  const auto golden = ReadText(kGoldenUnimplemented);
  ASSERT_TRUE(golden.ok()) << golden.status() << "\n" << kAccept;
  EXPECT_EQ(*golden, unimplemented)
      << "An RPC's comment says UNIMPLEMENTED and the list does not, or the other way round. " << kAccept;
}

TEST_F(Contract, DeclaresTheFiveServices) {
  std::set<std::string> services;
  for (const MethodDescriptor* rpc : Rpcs()) services.insert(rpc->service()->name());
  EXPECT_THAT(services, UnorderedElementsAre("CatalogService", "InteractionService", "RecommendationService",
                                             "InsightService", "AdminService"));
}

TEST_F(Contract, GivesEveryRpcMessagesOfItsOwnName) {
  for (const MethodDescriptor* rpc : Rpcs()) {
    EXPECT_EQ(rpc->input_type()->name(), rpc->name() + "Request");
    EXPECT_EQ(rpc->output_type()->name(), rpc->name() + "Response");
  }
}

TEST_F(Contract, CarriesARevisionInEveryResponse) {
  for (const MethodDescriptor* rpc : Rpcs()) {
    const FieldDescriptor* revision = rpc->output_type()->FindFieldByName("revision");
    ASSERT_NE(revision, nullptr) << rpc->output_type()->full_name() << " has no revision";
    EXPECT_EQ(revision->type(), FieldDescriptor::TYPE_STRING) << revision->full_name();
    EXPECT_FALSE(revision->is_repeated()) << revision->full_name();
  }
}

TEST_F(Contract, GivesEqualFieldsOfTheRecommendFamilyEqualNumbersAndTypes) {
  const std::vector<std::string> family = {"RecommendAccountsRequest",
                                           "RecommendResourcesRequest",
                                           "RecommendPostsRequest",
                                           "FindSimilarRequest",
                                           "SearchRequest",
                                           "ComposeDigestRequest",
                                           "BatchRecommendRequest.Settings"};
  std::map<std::string, const FieldDescriptor*> by_name;
  std::map<int, const FieldDescriptor*> by_number;
  for (const std::string& name : family) {
    const Descriptor* request = pool_.FindMessageTypeByName(absl::StrCat(kPackage, ".", name));
    ASSERT_NE(request, nullptr) << name;
    for (int i = 0; i < request->field_count(); ++i) {
      const FieldDescriptor* field = request->field(i);
      const FieldDescriptor* same_name = by_name.emplace(field->name(), field).first->second;
      EXPECT_EQ(field->number(), same_name->number()) << field->full_name() << " and " << same_name->full_name();
      EXPECT_EQ(field->cpp_type(), same_name->cpp_type()) << field->full_name() << " and " << same_name->full_name();
      EXPECT_EQ(field->has_presence(), same_name->has_presence())
          << field->full_name() << " and " << same_name->full_name();
      const FieldDescriptor* same_number = by_number.emplace(field->number(), field).first->second;
      EXPECT_EQ(field->name(), same_number->name())
          << field->full_name() << " and " << same_number->full_name() << " share a number";
    }
  }
}

void ExpectZeroIsUnspecified(const EnumDescriptor& declared) {
  EXPECT_EQ(declared.value(0)->number(), 0) << declared.full_name();
  EXPECT_TRUE(absl::EndsWith(declared.value(0)->name(), "_UNSPECIFIED"))
      << declared.value(0)->full_name() << " should end in _UNSPECIFIED";
}

void ExpectZerosAreUnspecified(const Descriptor& message) {
  for (int i = 0; i < message.enum_type_count(); ++i) ExpectZeroIsUnspecified(*message.enum_type(i));
  for (int i = 0; i < message.nested_type_count(); ++i) {
    ExpectZerosAreUnspecified(*message.nested_type(i));
  }
}

TEST_F(Contract, NestsEveryEnumAndStartsItWithUnspecified) {
  for (const FileDescriptor* file : files_) {
    EXPECT_EQ(file->enum_type_count(), 0) << file->name() << " declares an enum outside a message";
    for (int i = 0; i < file->message_type_count(); ++i) {
      ExpectZerosAreUnspecified(*file->message_type(i));
    }
  }
}

// Reflection answers from this pool, so that grpcurl needs no proto files: not for the contract, not
// for health, and not for the details inside an error.
TEST_F(Contract, IsLinkedWholeWithAllThatItBuildsOn) {
  for (const FileDescriptorProto& file : set_.file()) {
    EXPECT_NE(DescriptorPool::generated_pool()->FindFileByName(file.name()), nullptr)
        << file.name() << " is not linked; see proto/CMakeLists.txt";
  }
  EXPECT_NE(DescriptorPool::generated_pool()->FindMessageTypeByName("google.rpc.BadRequest"), nullptr);
  EXPECT_NE(DescriptorPool::generated_pool()->FindServiceByName("grpc.health.v1.Health"), nullptr);
}

}  // namespace
}  // namespace staffroom
