#include "tests/eval/teachers.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "staffroom/v1/admin_service.grpc.pb.h"
#include "staffroom/v1/recommendation_service.grpc.pb.h"
#include "tests/eval/held_back.h"
#include "tests/eval/popularity.h"
#include "tests/eval/teacher_posts.h"
#include "tests/eval/teachers_converter.h"
#include "tests/support/figures.h"
#include "tests/support/record_writer.h"
#include "tests/support/rpc_status.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/server_process.h"

namespace staffroom {
namespace {

constexpr int kCount = 10;
constexpr absl::Duration kNewestPostAge = absl::Minutes(1);
constexpr absl::Duration kStartTimeout = absl::Minutes(1);
constexpr absl::Duration kStopTimeout = absl::Seconds(30);

struct Recalls {
  double staffroom = 0;
  double popularity = 0;
  size_t askers = 0;
};

absl::Status CheckIsEmpty(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  v1::GetStatusResponse status;
  if (const absl::Status asked =
          FromRpc(v1::AdminService::NewStub(channel)->GetStatus(&context, {}, &status), "GetStatus");
      !asked.ok()) {
    return asked;
  }
  if (status.accounts() + status.posts() + status.resources() + status.interactions() == 0) return absl::OkStatus();
  return absl::FailedPreconditionError("the server's store is not empty");
}

absl::StatusOr<std::vector<std::string>> Recommend(v1::RecommendationService::Stub& stub, const std::string& asker) {
  grpc::ClientContext context;
  v1::RecommendAccountsRequest request;
  request.set_account_id(asker);
  request.set_count(kCount);
  v1::RecommendAccountsResponse response;
  if (absl::Status status = FromRpc(stub.RecommendAccounts(&context, request, &response), "RecommendAccounts");
      !status.ok()) {
    return status;
  }
  std::vector<std::string> ids;
  for (const v1::Result& result : response.results()) ids.push_back(result.item().account_id());
  return ids;
}

absl::StatusOr<Recalls> EvaluateSeed(const std::shared_ptr<grpc::Channel>& channel,
                                     const std::vector<TeacherPost>& posts, uint64_t seed) {
  const std::vector<Asker> askers = DrawAskers(posts, seed);
  const std::vector<v1::ImportRecord> records = ConvertTeachers(posts, PairsOf(askers), absl::Now() - kNewestPostAge);
  if (absl::Status written = WriteRecords(channel, records, {}); !written.ok()) return written;
  const Popularity popularity(records);
  const auto stub = v1::RecommendationService::NewStub(channel);
  Recall recall(kCount);
  Recall popularity_recall(kCount);
  for (const Asker& asker : askers) {
    const absl::StatusOr<std::vector<std::string>> list = Recommend(*stub, asker.id);
    if (!list.ok()) return list.status();
    recall.Add(*list, asker.partner);
    popularity_recall.Add(popularity.Recommend(asker.id, kCount), asker.partner);
  }
  return Recalls{recall.value(), popularity_recall.value(), askers.size()};
}

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

absl::StatusOr<Recalls> EvaluateSeedOnServerOfItsOwn(const std::vector<TeacherPost>& posts, uint64_t seed) {
  absl::StatusOr<std::unique_ptr<ScratchFolder>> folder = ScratchFolder::Make();
  if (!folder.ok()) return folder.status();
  absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start({.data_dir = (*folder)->Join("data")});
  if (!server.ok()) return server.status();
  if (absl::Status serving = (*server)->WaitServing(kStartTimeout); !serving.ok()) return serving;
  absl::StatusOr<Recalls> recalls = EvaluateSeed(Connect((*server)->address()), posts, seed);
  if (absl::Status stopped = (*server)->Stop(kStopTimeout); recalls.ok() && !stopped.ok()) return stopped;
  return recalls;
}

absl::StatusOr<Recalls> EvaluateSeedOnGivenServer(const std::string& address, const std::vector<TeacherPost>& posts,
                                                  uint64_t seed) {
  const std::shared_ptr<grpc::Channel> channel = Connect(address);
  if (absl::Status empty = CheckIsEmpty(channel); !empty.ok()) return empty;
  return EvaluateSeed(channel, posts, seed);
}

}  // namespace

absl::Status EvaluateTeachers(const TeachersOptions& options) {
  const absl::StatusOr<std::vector<TeacherPost>> posts = ReadTeacherPosts(options.posts);
  if (!posts.ok()) return posts.status();
  const int seeds = options.server.empty() ? std::max(options.seeds, 1) : 1;
  Recalls sum;
  for (int i = 0; i < seeds; ++i) {
    const uint64_t seed = options.first_seed + static_cast<uint64_t>(i);
    const absl::StatusOr<Recalls> recalls = options.server.empty()
                                                ? EvaluateSeedOnServerOfItsOwn(*posts, seed)
                                                : EvaluateSeedOnGivenServer(options.server, *posts, seed);
    if (!recalls.ok()) return recalls.status();
    std::fprintf(stderr, "seed %d: recall@10 %.4f, popularity %.4f\n", static_cast<int>(seed), recalls->staffroom,
                 recalls->popularity);
    sum.staffroom += recalls->staffroom;
    sum.popularity += recalls->popularity;
    sum.askers = recalls->askers;  // the same for every seed
  }
  Figures figures;
  figures.Print("recall@10", sum.staffroom / seeds);
  figures.Print("popularity.recall@10", sum.popularity / seeds);
  figures.Print("askers", static_cast<double>(sum.askers));
  return absl::OkStatus();
}

absl::Status ConvertTeachersFile(const std::string& posts, const std::string& out) {
  const absl::StatusOr<std::vector<TeacherPost>> read = ReadTeacherPosts(posts);
  if (!read.ok()) return read.status();
  std::ofstream file(out);
  for (const v1::ImportRecord& record : ConvertTeachers(*read, AccountPairs(), absl::Now() - kNewestPostAge)) {
    std::string line;
    if (!google::protobuf::util::MessageToJsonString(record, &line).ok()) {
      return absl::InternalError("a record does not convert to JSON");
    }
    file << line << '\n';
  }
  file.close();
  return file ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", out));
}

}  // namespace staffroom
