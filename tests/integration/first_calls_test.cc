// The feed engineer's first quarter of an hour: an address, no proto file, and questions in JSON. No generated message of the
// contract is used here; all types come from the server.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/integration/described_api.h"
#include "tests/integration/live_server.h"
#include "tests/integration/subprocess.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

const std::vector<std::string> kServices = {"staffroom.v1.CatalogService", "staffroom.v1.InteractionService",
                                            "staffroom.v1.RecommendationService", "staffroom.v1.InsightService",
                                            "staffroom.v1.AdminService"};

// A JSON document, to look things up in without knowing its type.
google::protobuf::Struct ParseJson(const std::string& json) {
  google::protobuf::Struct document;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &document);
  EXPECT_TRUE(parsed.ok()) << parsed.ToString() << "\n" << json;
  return document;
}
std::string TextAt(const std::string& json, const std::string& field) {
  return ParseJson(json).fields().count(field) == 0 ? "" : ParseJson(json).fields().at(field).string_value();
}
// Clients differ in whether they print `accountId` or, as grpcurl does where a server's descriptors give no JSON names,
// `account_id`.
std::vector<std::string> RecommendedAccounts(const std::string& json) {
  std::vector<std::string> ids;
  const google::protobuf::Struct document = ParseJson(json);
  if (document.fields().count("results") == 0) return ids;
  for (const auto& result : document.fields().at("results").list_value().values()) {
    const auto& item = result.struct_value().fields().at("item").struct_value();
    for (const char* name : {"accountId", "account_id"}) {
      if (item.fields().count(name) > 0) ids.push_back(item.fields().at(name).string_value());
    }
  }
  return ids;
}

// What `grpcurl -plaintext ARGUMENTS…` prints; a failure of the test when it does not exit with 0.
std::string Grpcurl(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {"grpcurl", "-plaintext"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const absl::StatusOr<Ended> ended = RunProgram(command, absl::Seconds(20));
  EXPECT_THAT(ended.status(), IsOk());
  if (!ended.ok()) return "";
  EXPECT_EQ(ended->exit_code, 0) << arguments.back() << ": " << ended->err;
  return ended->out;
}

class FirstCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, LiveServer::Start(folder_.Join("data")));
    api_ = std::make_unique<DescribedApi>(server_->client());
  }

  DescribedApi::JsonAnswer Call(const std::string& method, const std::string& json) {
    const absl::StatusOr<DescribedApi::JsonAnswer> answer = api_->Call(method, json);
    EXPECT_THAT(answer, IsOk()) << method << " " << json;
    return answer.ok() ? *answer : DescribedApi::JsonAnswer{};
  }
  // The revision it answers.
  std::string Write(const std::string& method, const std::string& json) {
    const DescribedApi::JsonAnswer answer = Call(method, json);
    EXPECT_EQ(answer.code, absl::StatusCode::kOk) << method << ": " << answer.message << answer.details;
    const std::string revision = TextAt(answer.json, "revision");
    EXPECT_FALSE(revision.empty()) << answer.json;
    return revision;
  }
  std::string UpsertTeacher(const std::string& id) {
    return Write("staffroom.v1.CatalogService/UpsertAccount",
                 absl::StrCat(R"({"account": {"id": ")", id,
                              R"(", "kind": "TEACHER", "subjects": ["physics"], "gradeBands": ["PRIMARY"]}})"));
  }

  TempDir folder_;
  std::unique_ptr<LiveServer> server_;
  std::unique_ptr<DescribedApi> api_;
};

TEST_F(FirstCalls, TheServerSaysWhichServicesItHas) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> services, api_->ListServices());
  EXPECT_THAT(services, IsSupersetOf(kServices));
  EXPECT_THAT(services, Contains("grpc.health.v1.Health"));
  EXPECT_THAT(services, Contains("grpc.reflection.v1alpha.ServerReflection"));
}

TEST_F(FirstCalls, TheServerDescribesEveryServiceAndTheDetailsOfErrors) {
  for (const std::string& service : kServices) {
    ASSERT_THAT(api_->Learn(service), IsOk());
    EXPECT_NE(api_->pool().FindServiceByName(service), nullptr) << service;
  }
  for (const char* symbol : {"google.rpc.Status", "google.rpc.ErrorInfo", "google.rpc.BadRequest",
                             "google.rpc.ResourceInfo", "google.rpc.RetryInfo", "grpc.health.v1.HealthCheckRequest",
                             "staffroom.v1.CatalogService.UpsertAccount", "staffroom.v1.Reason.Kind"}) {
    EXPECT_THAT(api_->Learn(symbol), IsOk()) << symbol;
  }
  EXPECT_THAT(api_->Learn("staffroom.v1.NoSuchThing"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("NoSuchThing")));
}

TEST_F(FirstCalls, HealthIsServingAsAWholeAndForEachService) {
  std::vector<std::string> names = kServices;
  names.emplace_back("");
  for (const std::string& name : names) {
    const auto answer = Call("grpc.health.v1.Health/Check", absl::StrCat(R"({"service": ")", name, R"("})"));
    EXPECT_EQ(TextAt(answer.json, "status"), "SERVING") << "'" << name << "'";
  }
  EXPECT_EQ(Call("grpc.health.v1.Health/Check", R"({"service": "no.such"})").code, absl::StatusCode::kNotFound);
}

TEST_F(FirstCalls, AFollowedAccountIsGoneFromTheNextAnswer) {
  for (const char* id : {"ada", "ben", "cem"}) UpsertTeacher(id);
  const auto before = Call("staffroom.v1.RecommendationService/RecommendAccounts", R"({"accountId": "ada"})");
  EXPECT_THAT(RecommendedAccounts(before.json), AllOf(Contains("ben"), Contains("cem"), Not(Contains("ada"))));
  const std::string revision = Write("staffroom.v1.InteractionService/WriteInteraction",
                                     R"({"interaction": {"actorId": "ada", "kind": "FOLLOW", "accountId": "ben"}})");
  const auto after = Call("staffroom.v1.RecommendationService/RecommendAccounts",
                          absl::StrCat(R"({"accountId": "ada", "minRevision": ")", revision, R"("})"));
  EXPECT_EQ(after.code, absl::StatusCode::kOk) << after.message;
  EXPECT_THAT(RecommendedAccounts(after.json), AllOf(Contains("cem"), Not(Contains("ben"))));
}

TEST_F(FirstCalls, AWrongFieldIsNamedInReadableDetails) {
  const auto answer = Call("staffroom.v1.CatalogService/UpsertAccount",
                           absl::StrCat(R"({"account": {"id": "ada", "kind": "TEACHER", "interests": ["a", "b", ")",
                                        std::string(129, 'x'), R"("]}})"));
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(answer.details, HasSubstr(R"("@type":"type.googleapis.com/google.rpc.ErrorInfo")"));
  EXPECT_THAT(answer.details, HasSubstr(R"("reason":"FIELD_TOO_LONG","domain":"staffroom")"));
  EXPECT_THAT(answer.details, HasSubstr(R"("@type":"type.googleapis.com/google.rpc.BadRequest")"));
  EXPECT_THAT(answer.details, HasSubstr(R"("field":"account.interests[2]")"));
}

TEST_F(FirstCalls, AMissingAccountIsNamedInReadableDetails) {
  const auto answer = Call("staffroom.v1.CatalogService/GetAccount", R"({"id": "nobody"})");
  EXPECT_EQ(answer.code, absl::StatusCode::kNotFound);
  EXPECT_THAT(answer.details, HasSubstr(R"("reason":"ACCOUNT_NOT_FOUND")"));
  EXPECT_THAT(answer.details, HasSubstr(R"("@type":"type.googleapis.com/google.rpc.ResourceInfo")"));
  EXPECT_THAT(answer.details, HasSubstr(R"("resourceName":"nobody")"));
}

// A server with room for a single waiting call, and two hundred at once.
TEST_F(FirstCalls, AFullQueueSaysWhenToTryAgain) {
  ASSERT_OK_AND_ASSIGN(const auto small,
                       LiveServer::Start(folder_.Join("small"), {"--queue_capacity=1", "--request_threads=1"}));
  std::vector<std::unique_ptr<PendingCall>> calls;
  for (int i = 0; i < 200; ++i) {
    calls.push_back(small->client().Start("staffroom.v1.AdminService/GetStatus", ""));
  }
  int refused = 0;
  for (const auto& call : calls) {
    const Answer answer = call->Wait();
    if (answer.code == absl::StatusCode::kOk) continue;
    ++refused;
    EXPECT_EQ(answer.code, absl::StatusCode::kResourceExhausted) << answer.message;
    EXPECT_EQ(answer.Reason(), "QUEUE_FULL");
    EXPECT_GT(answer.RetryDelay(), absl::ZeroDuration());
  }
  EXPECT_GT(refused, 0) << "200 calls at once found room for all";
}

// The same with the program that people use. It is no Debian package, so it may be missing; what it needs of the server is
// asked above, too, through reflection.
class FirstGrpcurlCalls : public FirstCalls {
 protected:
  void SetUp() override {
    FirstCalls::SetUp();
    if (!IsOnPath("grpcurl")) {
      std::printf("skipped: no grpcurl\n");
      GTEST_SKIP() << "no grpcurl on PATH";
    }
  }
};

TEST_F(FirstGrpcurlCalls, NeedNoProtoFilesEither) {
  const auto describe = [&](const std::string& symbol) { return Grpcurl({server_->address(), "describe", symbol}); };
  EXPECT_THAT(Grpcurl({server_->address(), "list"}),
              AllOf(HasSubstr("staffroom.v1.CatalogService"), HasSubstr("grpc.health.v1.Health")));
  EXPECT_THAT(describe("staffroom.v1.CatalogService"), HasSubstr("rpc UpsertAccount ("));
  EXPECT_THAT(describe("google.rpc.BadRequest"), HasSubstr("message BadRequest"));
  for (const char* id : {"ada", "ben", "cem"}) {
    Grpcurl({"-d", absl::StrCat(R"({"account": {"id": ")", id, R"(", "kind": "TEACHER", "subjects": ["physics"]}})"),
             server_->address(), "staffroom.v1.CatalogService/UpsertAccount"});
  }
  const std::string written =
      Grpcurl({"-d", R"({"interaction": {"actor_id": "ada", "kind": "FOLLOW", "account_id": "ben"}})",
               server_->address(), "staffroom.v1.InteractionService/WriteInteraction"});
  const std::string answer =
      Grpcurl({"-d", absl::StrCat(R"({"account_id": "ada", "min_revision": ")", TextAt(written, "revision"), R"("})"),
               server_->address(), "staffroom.v1.RecommendationService/RecommendAccounts"});
  EXPECT_THAT(RecommendedAccounts(answer), AllOf(Contains("cem"), Not(Contains("ben"))));
}

TEST_F(FirstGrpcurlCalls, PrintTheDetailsOfAnError) {
  ASSERT_OK_AND_ASSIGN(const Ended ended, RunProgram({"grpcurl", "-plaintext", "-d", R"({"account": {"id": "ada"}})",
                                                      server_->address(), "staffroom.v1.CatalogService/UpsertAccount"},
                                                     absl::Seconds(20)));
  EXPECT_NE(ended.exit_code, 0);
  EXPECT_THAT(ended.out + ended.err, AllOf(HasSubstr("account.kind"), HasSubstr("FIELD_REQUIRED")));
}

}  // namespace
}  // namespace staffroom
