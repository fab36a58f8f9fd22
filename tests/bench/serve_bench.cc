#include "tests/bench/serve_bench.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/slice.h"
#include "service/base/shared_mutex.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "staffroom/v1/recommendation_service.grpc.pb.h"
#include "tests/bench/bench_server.h"
#include "tests/bench/community.h"
#include "tests/bench/echo.pb.h"
#include "tests/bench/load_client.h"
#include "tests/bench/plain_echo_server.h"
#include "tests/support/figures.h"
#include "tests/support/record_writer.h"
#include "tests/support/rpc_status.h"
#include "tests/support/scratch_folder.h"

namespace staffroom {
namespace {

constexpr size_t kPayloadBytes = 2'048;
constexpr size_t kAskersMin = 5'000;
constexpr uint64_t kWriteEvery = 20;  // 5% of the calls
constexpr size_t kWrites = 20'000;
constexpr int kChannels = 2;
constexpr int kSliceSeconds = 2;
constexpr size_t kSample = 500;
constexpr absl::Duration kIndexBuildPause = absl::Seconds(15);  // the server seals and builds in the background

const std::string& AccountsMethod() {
  static const auto& name = *new std::string("/staffroom.v1.RecommendationService/RecommendAccounts");
  return name;
}
const std::string& WriteMethod() {
  static const auto& name = *new std::string("/staffroom.v1.InteractionService/WriteInteraction");
  return name;
}
const std::string& EchoMethod() {
  static const auto& name = *new std::string("/staffroom.bench.EchoService/Echo");
  return name;
}

grpc::ByteBuffer Serialize(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

// As a feed would ask.
v1::RecommendAccountsRequest Question(const std::string& account_id) {
  v1::RecommendAccountsRequest request;
  request.set_account_id(account_id);
  return request;
}

// Every request that the load sends, made beforehand.
struct Requests {
  Requests(const Community& community, uint64_t seed) {
    for (const std::string& id : community.account_ids) questions.push_back(Serialize(Question(id)));
    std::mt19937_64 random(seed);
    for (size_t i = 0; i < kWrites; ++i) {
      const size_t actor = random() % community.account_ids.size();
      const size_t followed =
          (actor + 1 + random() % (community.account_ids.size() - 1)) % community.account_ids.size();
      v1::WriteInteractionRequest write;
      write.mutable_interaction()->set_kind(v1::Interaction::FOLLOW);
      write.mutable_interaction()->set_actor_id(community.account_ids[actor]);
      write.mutable_interaction()->set_account_id(community.account_ids[followed]);
      writes.push_back(Serialize(write));
    }
    bench::EchoRequest request;
    request.set_text(community.account_ids.front());
    echo = Serialize(request);
  }

  LoadCall AccountsCall(uint64_t n) const {
    if (n % kWriteEvery == 0) return {&WriteMethod(), &writes[n / kWriteEvery % writes.size()], /*counts=*/false};
    const uint64_t question = n - n / kWriteEvery - 1;  // writes left out: every account gets its turn
    return {&AccountsMethod(), &questions[question % questions.size()], /*counts=*/true};
  }
  LoadCall EchoCall(uint64_t) const { return {&EchoMethod(), &echo, /*counts=*/true}; }

  std::vector<grpc::ByteBuffer> questions, writes;
  grpc::ByteBuffer echo;
};

std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& address) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < kChannels; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("staffroom.bench.channel", i);  // channels with equal arguments share a connection
    channels.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  }
  return channels;
}

CommunitySize SizeOf(int accounts) {
  return {.accounts = accounts,
          .resources = accounts / 5,
          .posts = accounts * 2,
          .follows = accounts * 20,
          .likes = accounts * 5,
          .impressions = accounts * 50,
          .views = accounts * 6,
          .clicks = accounts * 4,
          .hub_followers = accounts / 2};
}

// What single answers say of themselves: their size, and where their time goes.
class Sample {
 public:
  absl::Status Take(const std::shared_ptr<grpc::Channel>& channel, const Community& community) {
    const auto stub = v1::RecommendationService::NewStub(channel);
    const size_t step = std::max<size_t>(1, community.account_ids.size() / kSample);
    for (size_t i = 0; i < community.account_ids.size(); i += step) {
      v1::RecommendAccountsRequest request = Question(community.account_ids[i]);
      const absl::StatusOr<v1::RecommendAccountsResponse> plain = Ask(*stub, request);
      request.set_explain(true);
      const absl::StatusOr<v1::RecommendAccountsResponse> explained = Ask(*stub, request);
      if (!plain.ok()) return plain.status();
      if (!explained.ok()) return explained.status();
      ++answers_;
      bytes_ += static_cast<double>(plain->ByteSizeLong());
      for (const v1::Trace::Stage& stage : explained->trace().stages()) {
        stage_us_[stage.name()] += static_cast<double>(stage.microseconds());
      }
    }
    return absl::OkStatus();
  }

  void Print(Figures* figures) const {
    figures->Print("accounts_response_bytes", bytes_ / answers_);
    for (const auto& [name, sum] : stage_us_) figures->Print(absl::StrCat("stage.", name, "_us"), sum / answers_);
  }

 private:
  static absl::StatusOr<v1::RecommendAccountsResponse> Ask(v1::RecommendationService::Stub& stub,
                                                           const v1::RecommendAccountsRequest& request) {
    grpc::ClientContext context;
    v1::RecommendAccountsResponse response;
    const absl::Status status = FromRpc(stub.RecommendAccounts(&context, request, &response), "RecommendAccounts");
    if (!status.ok()) return status;
    return response;
  }

  int answers_ = 0;
  double bytes_ = 0;
  std::map<std::string, double> stage_us_;
};

// One of the three that take turns.
struct Contender {
  const char* name;
  LoadClient client;
  LoadPlan plan;
  std::vector<double> per_second = {};
  int64_t answered = 0;
};

void PrintHolds(absl::string_view when, const LongestHolds& holds, Figures* figures) {
  figures->Print(absl::StrCat(when, ".longest_shared_hold_us"), absl::ToDoubleMicroseconds(holds.shared));
  figures->Print(absl::StrCat(when, ".longest_exclusive_hold_us"), absl::ToDoubleMicroseconds(holds.exclusive));
}

absl::Status TakeTurns(const ServeBenchOptions& options, std::vector<Contender>* contenders) {
  const int rounds = std::max(1, options.seconds / (kSliceSeconds * static_cast<int>(contenders->size())));
  for (int round = 0; round <= rounds; ++round) {  // the first one warms up and is not counted
    for (Contender& contender : *contenders) {
      const LoadResult result = contender.client.Run(contender.plan, options.in_flight, absl::Seconds(kSliceSeconds));
      if (!result.status.ok()) return result.status;
      std::fprintf(stderr, "round %d: %s %.0f a second\n", round, contender.name, result.per_second());
      contender.answered += result.answered;
      if (round > 0) contender.per_second.push_back(result.per_second());
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status RunServeBench(const ServeBenchOptions& options) {
  const absl::StatusOr<std::unique_ptr<ScratchFolder>> folder = ScratchFolder::Make();
  if (!folder.ok()) return folder.status();
  const absl::StatusOr<std::unique_ptr<BenchServer>> server =
      BenchServer::Start((*folder)->Join("data"), kPayloadBytes);
  if (!server.ok()) return server.status();
  const absl::StatusOr<std::unique_ptr<PlainEchoServer>> plain = PlainEchoServer::Start(kPayloadBytes);
  if (!plain.ok()) return plain.status();

  const std::vector<std::shared_ptr<grpc::Channel>> channels = Connect((*server)->address());
  const Community community = MakeCommunity(SizeOf(options.accounts), options.seed, absl::Now());
  std::fprintf(stderr, "loading %zu records\n", community.records.size());
  if (absl::Status loaded = WriteRecords(channels[0], community.records, {}); !loaded.ok()) return loaded;
  absl::SleepFor(kIndexBuildPause);
  const LongestHolds loading = (*server)->TakeLongestHolds();
  Sample sample;
  if (absl::Status taken = sample.Take(channels[0], community); !taken.ok()) return taken;

  const Requests requests(community, options.seed);
  const LoadPlan ask = [&requests](uint64_t n) { return requests.AccountsCall(n); };
  const LoadPlan echo = [&requests](uint64_t n) { return requests.EchoCall(n); };
  std::vector<Contender> contenders;
  contenders.push_back({"accounts", LoadClient(channels), ask});
  contenders.push_back({"echo", LoadClient(channels), echo});
  contenders.push_back({"empty", LoadClient(Connect((*plain)->address())), echo});
  if (absl::Status turns = TakeTurns(options, &contenders); !turns.ok()) return turns;
  const size_t askers = std::min(static_cast<size_t>(contenders[0].answered), community.account_ids.size());
  if (askers < kAskersMin) return absl::FailedPreconditionError(absl::StrCat("only ", askers, " askers were answered"));

  Figures figures;
  const double accounts = Median(contenders[0].per_second);
  const double through_dispatch = Median(contenders[1].per_second);
  const double empty = Median(contenders[2].per_second);
  figures.Print("accounts_per_second", accounts);
  figures.Print("echo_per_second", through_dispatch);
  figures.Print("empty_per_second", empty);
  figures.Print("accounts_ratio_echo", accounts / through_dispatch);
  figures.Print("echo_ratio_empty", through_dispatch / empty);
  figures.Print("askers", static_cast<double>(askers));
  sample.Print(&figures);
  PrintHolds("loading", loading, &figures);
  PrintHolds("serving", (*server)->TakeLongestHolds(), &figures);
  return absl::OkStatus();
}

}  // namespace staffroom
