// Every RPC that can show somebody to somebody, taken from the descriptors: one that is built later fails here until it has
// questions below, and none may name whom its asker must not see.
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "staffroom/v1/import_record.pb.h"
#include "tests/integration/live_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::DescriptorPool;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::MethodDescriptor;
using ::google::protobuf::ServiceDescriptor;
using ::google::protobuf::TextFormat;

// What a RPC is asked, in text form. Those whose answers can show somebody must stand here once they are built.
const std::map<std::string, std::vector<std::string>>& Questions() {
  static const auto* const questions = new std::map<std::string, std::vector<std::string>>{
      {"RecommendAccounts",
       {"account_id: 'viewer' count: 500 explain: true",
        "account_id: 'viewer' count: 500 surface: 'onboarding' exploration: 1",
        "account_id: 'viewer' liked { account_id: 'quiet-reader' } disliked { account_id: 'blocked-one' }",
        "profile { interests: 'fractions' subjects: 'mathematics' } count: 500 explain: true"}},
      {"RecommendResources",
       {"account_id: 'viewer' count: 500 explain: true",
        "account_id: 'viewer' liked { resource_id: 'by-quiet-reader' }",
        "profile { interests: 'fractions' } count: 500 explain: true"}},
  };
  return *questions;
}

// Whom neither the viewer nor a visitor may see; their things are called by-ID.
const std::vector<std::string> kHidden = {"quiet-reader", "organization-only"};
// Whom the viewer may not see either.
const std::vector<std::string> kBlocked = {"blocked-one", "blocking-one"};
const std::vector<std::string> kShown = {"open-friend", "open-colleague"};

std::vector<v1::ImportRecord> World() {
  std::vector<v1::ImportRecord> records;
  const auto add = [&](const std::string& text) {
    v1::ImportRecord record;
    ASSERT_TRUE(TextFormat::ParseFromString(text, &record)) << text;
    records.push_back(record);
  };
  std::vector<std::string> everybody = {"viewer"};
  for (const auto* list : {&kHidden, &kBlocked, &kShown}) everybody.insert(everybody.end(), list->begin(), list->end());
  for (const std::string& id : everybody) {
    std::string extra;
    if (id == "quiet-reader") extra = "exposure: NOBODY follows_visibility: HIDDEN";
    if (id == "organization-only") extra = "exposure: MY_ORGANIZATIONS";
    add(absl::StrCat("account { id: '", id, "' kind: TEACHER display_name: '", id,
                     "' interests: 'fractions' subjects: 'mathematics' bio: 'fractions on a number line' ", extra,
                     " }"));
    add(absl::StrCat("resource { id: 'by-", id, "' kind: ARTICLE title: 'fractions by-", id, "' author_id: '", id,
                     "' tags: 'fractions' }"));
  }
  add("resource { id: 'common' kind: BOOK title: 'fractions for all' tags: 'fractions' }");
  for (const std::string& id : everybody) {
    add(absl::StrCat("interaction { actor_id: '", id, "' kind: SAVE resource_id: 'common' }"));
    for (const std::string& other : everybody) {
      if (id == other || id == "viewer") continue;  // the viewer follows one: the rest is left to be suggested
      add(absl::StrCat("interaction { actor_id: '", id, "' kind: FOLLOW account_id: '", other, "' }"));
      add(absl::StrCat("interaction { actor_id: '", id, "' kind: LIKE resource_id: 'by-", other, "' }"));
    }
  }
  add("interaction { actor_id: 'viewer' kind: FOLLOW account_id: 'open-friend' }");
  add("interaction { actor_id: 'viewer' kind: BLOCK account_id: 'blocked-one' }");
  add("interaction { actor_id: 'blocking-one' kind: BLOCK account_id: 'viewer' }");
  return records;
}

// Whether a message of this type can hold a Result.
bool CanShow(const Descriptor& message, std::set<const Descriptor*>& seen) {
  if (message.full_name() == "staffroom.v1.Result") return true;
  if (!seen.insert(&message).second) return false;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.message_type() != nullptr && CanShow(*field.message_type(), seen)) return true;
  }
  return false;
}

// The RPCs of RecommendationService, which all answer users, and whatever else can hold a Result.
std::vector<const MethodDescriptor*> RpcsThatShow() {
  std::vector<const MethodDescriptor*> rpcs;
  for (const char* name : {"Catalog", "Interaction", "Recommendation", "Insight", "Admin"}) {
    const ServiceDescriptor* service =
        DescriptorPool::generated_pool()->FindServiceByName(absl::StrCat("staffroom.v1.", name, "Service"));
    if (service == nullptr) {
      ADD_FAILURE() << "no " << name << "Service";
      continue;
    }
    for (int i = 0; i < service->method_count(); ++i) {
      std::set<const Descriptor*> seen;
      const bool shows =
          service->name() == "RecommendationService" || CanShow(*service->method(i)->output_type(), seen);
      if (shows) rpcs.push_back(service->method(i));
    }
  }
  return rpcs;
}

std::set<std::string> NotBuilt() {
  std::set<std::string> names;
  std::ifstream file(STAFFROOM_UNIMPLEMENTED_RPCS);
  for (std::string line; std::getline(file, line);) names.insert(line);
  return names;
}

std::unique_ptr<google::protobuf::Message> New(const Descriptor& type) {
  return std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

TEST(ShownEverywhere, EveryRpcThatIsBuiltHasQuestions) {
  const std::set<std::string> not_built = NotBuilt();
  ASSERT_FALSE(not_built.empty()) << "no list at " << STAFFROOM_UNIMPLEMENTED_RPCS;
  for (const MethodDescriptor* rpc : RpcsThatShow()) {
    const bool asked = Questions().count(rpc->name()) > 0;
    EXPECT_NE(asked, not_built.count(rpc->full_name()) > 0)
        << rpc->full_name() << ": once it is built, write questions for it in this file";
  }
}

TEST(ShownEverywhere, NobodyIsNamedToWhomTheyMayNotBeShown) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<LiveServer> server, LiveServer::Start(folder.Join("data")));
  ASSERT_THAT(server->Import(World()), IsOk());
  for (const MethodDescriptor* rpc : RpcsThatShow()) {
    const auto questions = Questions().find(rpc->name());
    if (questions == Questions().end()) continue;
    std::string all;
    for (const std::string& question : questions->second) {
      const std::unique_ptr<google::protobuf::Message> request = New(*rpc->input_type());
      ASSERT_TRUE(TextFormat::ParseFromString(question, request.get())) << question;
      const Answer answer = server->Send(absl::StrCat(rpc->service()->name(), "/", rpc->name()), *request);
      ASSERT_EQ(answer.code, absl::StatusCode::kOk) << question << ": " << answer.message;
      const std::unique_ptr<google::protobuf::Message> response = New(*rpc->output_type());
      ASSERT_TRUE(response->ParseFromString(answer.bytes));
      // An id that the request itself named comes back in unknown_ids, as one that does not exist would.
      if (const FieldDescriptor* unknown = rpc->output_type()->FindFieldByName("unknown_ids"); unknown != nullptr) {
        response->GetReflection()->ClearField(response.get(), unknown);
      }
      std::string text;
      TextFormat::PrintToString(*response, &text);
      for (const std::string& id : kHidden) {
        EXPECT_FALSE(absl::StrContains(text, id)) << rpc->name() << " { " << question << " } names " << id << ":\n"
                                                  << text;
      }
      for (const std::string& id : kBlocked) {
        const bool asked_by_viewer = absl::StrContains(question, "'viewer'");
        EXPECT_FALSE(asked_by_viewer && absl::StrContains(text, id))
            << rpc->name() << " { " << question << " } names " << id;
      }
      all += text;
    }
    for (const std::string& id : kShown) {
      EXPECT_TRUE(absl::StrContains(all, id)) << rpc->name() << " showed nobody, so it shows nothing";
    }
  }
}

}  // namespace
}  // namespace staffroom
