// A whole server whose encoder is changed, killed in the middle and changed back: what it answers is at every moment what one of
// the two encoders answers, nothing that was acknowledged is lost, and in the end the new one has taken over.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staffroom/v1/admin_operations.pb.h"
#include "staffroom/v1/admin_status.pb.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/import_record.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "tests/integration/live_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace staffroom {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);

std::unique_ptr<LiveServer> StartWith(const std::string& encoder, const std::string& data_dir,
                                      absl::string_view pause = "0") {
  auto server = LiveServer::Start(
      data_dir, {absl::StrCat("--test_encoder=", encoder), absl::StrCat("--test_encoder_pause=", pause)},
      ProgramBeside("staffroomd_two_encoders"));
  EXPECT_THAT(server, IsOk());
  return server.ok() ? *std::move(server) : nullptr;
}

std::string Serving(LiveServer& server) {
  const auto status = server.Status();
  EXPECT_THAT(status, IsOk());
  return status.ok() ? status->models(0).id() : "";
}

// Who and what is recommended to some of the community, by id.
std::string Answers(LiveServer& server, const std::vector<std::string>& askers) {
  std::string answers;
  for (const std::string& asker : askers) {
    v1::RecommendAccountsRequest accounts;
    accounts.set_account_id(asker);
    accounts.set_count(10);
    v1::RecommendResourcesRequest resources;
    resources.set_account_id(asker);
    resources.set_count(10);
    const auto people = server.Ask<v1::RecommendAccountsResponse>("RecommendationService/RecommendAccounts", accounts);
    const auto things =
        server.Ask<v1::RecommendResourcesResponse>("RecommendationService/RecommendResources", resources);
    EXPECT_THAT(people, IsOk());
    EXPECT_THAT(things, IsOk());
    if (!people.ok() || !things.ok()) return "";
    absl::StrAppend(&answers, asker, ":");
    for (const v1::Result& result : people->results()) absl::StrAppend(&answers, " ", result.item().account_id());
    for (const v1::Result& result : things->results()) absl::StrAppend(&answers, " ", result.item().resource_id());
    absl::StrAppend(&answers, "\n");
  }
  return answers;
}

std::vector<v1::Operation> Operations(LiveServer& server) {
  const auto listed =
      server.Ask<v1::ListOperationsResponse>("AdminService/ListOperations", v1::ListOperationsRequest());
  EXPECT_THAT(listed, IsOk());
  if (!listed.ok()) return {};
  return {listed->operations().begin(), listed->operations().end()};
}

TEST(ModelTakeover, SurvivesKillsAndChangesOfMind) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const std::vector<v1::ImportRecord> records, ReadSample());
  std::vector<std::string> askers;
  for (const v1::ImportRecord& record : records) {
    if (record.has_account() && record.account().exposure() != v1::Account::NOBODY && askers.size() < 8) {
      askers.push_back(record.account().id());
    }
  }
  // Imported and loaded anew, so that no row of an index is of an earlier moment.
  std::unique_ptr<LiveServer> references[2];
  for (const std::string encoder : {"hashing", "words"}) {
    auto& reference = references[encoder == "words" ? 1 : 0];
    reference = StartWith(encoder, folder.Join(encoder));
    ASSERT_THAT(reference->Import(records), IsOk());
    ASSERT_THAT(reference->process().Stop(kPatience), IsOk());
    reference = StartWith(encoder, folder.Join(encoder));
  }
  ASSERT_NE(Answers(*references[0], askers), Answers(*references[1], askers)) << "nothing to tell the encoders by";
  const auto expect_own_answers = [&](LiveServer& server, absl::string_view when) {
    const std::string serving = Serving(server);
    EXPECT_EQ(Answers(server, askers), Answers(*references[serving == "words" ? 1 : 0], askers)) << when;
  };

  {
    const auto server = StartWith("hashing", folder.Join("data"));
    ASSERT_THAT(server->Import(records), IsOk());
    ASSERT_THAT(server->process().Stop(kPatience), IsOk());
  }
  int interrupted = 0;
  const int milliseconds[] = {0, 150, 400, 50, 800};
  for (int cycle = 0; cycle < 5; ++cycle) {
    const std::string encoder = cycle == 3 ? "hashing" : "words";  // a change of mind
    const auto server = StartWith(encoder, folder.Join("data"), "2ms");
    ASSERT_EQ(Serving(*server), "hashing-256-v1") << "there is work for longer than this test lets it live";
    expect_own_answers(*server, absl::StrCat("in cycle ", cycle));
    absl::SleepFor(absl::Milliseconds(milliseconds[cycle]));
    // Acknowledged, then killed.
    v1::UpsertAccountRequest upsert;
    upsert.mutable_account()->set_id("newcomer");
    upsert.mutable_account()->set_kind(v1::Account::TEACHER);
    upsert.mutable_account()->set_exposure(v1::Account::NOBODY);
    upsert.mutable_account()->set_follows_visibility(v1::Account::HIDDEN);
    upsert.mutable_account()->set_bio(absl::StrCat("Cycle ", cycle));
    ASSERT_THAT(server->Ask<v1::UpsertAccountResponse>("CatalogService/UpsertAccount", upsert), IsOk());
    const std::vector<v1::Operation> operations = Operations(*server);
    interrupted += !operations.empty() && operations[0].state() == v1::Operation::RUNNING ? 1 : 0;
    server->process().Kill();
    const auto again = StartWith(encoder, folder.Join("data"), "2ms");
    v1::GetAccountRequest get;
    get.set_id("newcomer");
    ASSERT_OK_AND_ASSIGN(const auto found, again->Ask<v1::GetAccountResponse>("CatalogService/GetAccount", get));
    EXPECT_EQ(found.account().bio(), upsert.account().bio());
    again->process().Kill();
  }
  EXPECT_GE(interrupted, 3);

  const auto server = StartWith("words", folder.Join("data"));
  const absl::Time deadline = absl::Now() + kPatience;
  while (Serving(*server) != "words" && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(Serving(*server), "words");
  const std::vector<v1::Operation> operations = Operations(*server);
  ASSERT_FALSE(operations.empty());
  EXPECT_EQ(operations[0].state(), v1::Operation::SUCCEEDED);
  EXPECT_EQ(operations[0].done(), operations[0].total());
  ASSERT_THAT(server->process().Stop(kPatience), IsOk());
  const auto loaded = StartWith("words", folder.Join("data"));
  expect_own_answers(*loaded, "after it has taken over");
}

}  // namespace
}  // namespace staffroom
