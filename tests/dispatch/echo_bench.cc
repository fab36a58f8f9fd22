// What dispatch costs: echoes of one message through a plain callback server on bytes and through the whole path of dispatch
// (authentication, pool, parse, handler, serialise, counters). The client runs in a process of its own; CPU is the server's.
//   dispatch_echo_bench [payload bytes = 256] [calls in flight = 64] [rounds = 5]
// The two take turns, two seconds each, since a shared machine is never equally busy; medians of the rounds are printed:
// `plain.calls_per_second`, `plain.server_cpu_us` (a call), the same for `dispatch`, and `dispatch.ratio` of the rates.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/server_builder.h"
#include "prometheus/registry.h"
#include "service/base/clock.h"
#include "service/base/lock_graph.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/message_codec.h"
#include "service/dispatch/raw_service.h"
#include "tests/dispatch/testing.pb.h"

namespace staffroom {
namespace {

using testing::Parcel;

constexpr char kEcho[] = "/staffroom.testing.TestingService/Echo";

struct Load {
  size_t payload_bytes = 256;
  int in_flight = 64;
  absl::Duration duration = absl::Seconds(2);
};

struct Speed {
  double calls_per_second = 0;
  double server_cpu_us = 0;  // a call
};

Parcel MakeParcel(size_t payload_bytes) {
  Parcel parcel;
  parcel.set_text("teacher-4711");
  parcel.mutable_badge()->set_label("mathematics");
  while (parcel.ByteSizeLong() < payload_bytes) parcel.add_words("fractions for year five");
  return parcel;
}

struct ClientCall {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::ClientAsyncResponseReader<grpc::ByteBuffer>> reader;
};

// Keeps `in_flight` calls going; returns how many were answered.
int64_t RunClient(int port, const Load& load) {
  const auto channel = grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials());
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ByteBuffer request;
  if (!SerializeMessage(MakeParcel(load.payload_bytes), &request).ok()) std::abort();
  const auto start = [&] {
    auto* const call = new ClientCall;
    call->reader = stub.PrepareUnaryCall(&call->context, kEcho, request, &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  };
  const absl::Time end = absl::Now() + load.duration;
  for (int call = 0; call < load.in_flight; ++call) start();
  int64_t answered = 0;
  int open = load.in_flight;
  void* tag = nullptr;
  bool ok = false;
  while (open > 0 && queue.Next(&tag, &ok)) {
    const std::unique_ptr<ClientCall> call(static_cast<ClientCall*>(tag));
    if (!call->status.ok()) {
      std::fprintf(stderr, "call failed: %s\n", call->status.error_message().c_str());
      std::exit(1);
    }
    ++answered;
    if (absl::Now() < end) {
      start();
    } else {
      --open;
    }
  }
  return answered;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class PlainEcho : public RawService {
 public:
  PlainEcho() {
    const auto* const service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName("staffroom.testing.TestingService");
    AddUnary(*service->FindMethodByName("Echo"),
             [](grpc::CallbackServerContext* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
               *response = *request;
               grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
               reactor->Finish(grpc::Status::OK);
               return reactor;
             });
  }
};

// Sends the port, waits for the end of the load, sends the CPU time that was used.
void ServeUntilAsked(grpc::ServerBuilder& builder, int to_parent, int from_parent) {
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  const auto server = builder.BuildAndStart();
  char end = 0;
  if (write(to_parent, &port, sizeof port) < 0 || read(from_parent, &end, sizeof end) < 0) std::abort();
  const double cpu_seconds = CpuSeconds();
  if (write(to_parent, &cpu_seconds, sizeof cpu_seconds) < 0) std::abort();
  server->Shutdown();
}

void ServePlain(int to_parent, int from_parent) {
  PlainEcho echo;
  grpc::ServerBuilder builder;
  builder.RegisterService(&echo);
  ServeUntilAsked(builder, to_parent, from_parent);
}

void ServeDispatch(int to_parent, int from_parent) {
  const auto clock = NewSystemClock();
  JsonLog log(*clock, LogLevel::kInfo, 2);
  CallLog call_log(log, 0);
  prometheus::Registry registry;
  RpcMetrics metrics(registry);
  Readiness readiness;
  readiness.Set(Phase::kServing);
  const LoopbackAuthenticator authenticator;
  CallIds call_ids(1);
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  RequestPool interactive({"interactive", cores, 10'000}, log, &metrics.QueueDepth("interactive"));
  RequestPool slow({"slow", 1, 10}, log, nullptr);
  Dispatcher dispatcher({*clock, authenticator, readiness, {interactive, slow}, metrics, call_ids, call_log});
  dispatcher.AddService("staffroom.testing.TestingService");
  dispatcher.Handle<Parcel, Parcel>(
      "staffroom.testing.TestingService/Echo",
      [](const std::shared_ptr<const CallContext>&, const Parcel& request, Reply<Parcel> reply) { reply(request); });
  grpc::ServerBuilder builder;
  dispatcher.RegisterWith(builder);
  ServeUntilAsked(builder, to_parent, from_parent);
}

struct Child {
  pid_t pid;
  int from;  // what it writes
  int to;    // what it reads
};

// gRPC must not have run in a process that forks, so server and client have one each.
template <typename Run>
Child Fork(const Run& run) {
  int up[2];
  int down[2];
  if (pipe(up) != 0 || pipe(down) != 0) std::abort();
  const pid_t pid = fork();
  if (pid == 0) {
    run(up[1], down[0]);
    _exit(0);
  }
  close(up[1]);
  close(down[0]);
  return {pid, up[0], down[1]};
}

template <typename Value>
Value Receive(const Child& child) {
  Value value{};
  if (read(child.from, &value, sizeof value) != sizeof value) std::abort();
  return value;
}

void End(const Child& child) {
  waitpid(child.pid, nullptr, 0);
  close(child.from);
  close(child.to);
}

Speed Measure(void (*serve)(int, int), const Load& load) {
  const Child server = Fork(serve);
  const int port = Receive<int>(server);
  const Child client = Fork([port, &load](int to_parent, int) {
    const int64_t answered = RunClient(port, load);
    if (write(to_parent, &answered, sizeof answered) < 0) std::abort();
  });
  const auto answered = static_cast<double>(Receive<int64_t>(client));
  if (write(server.to, "", 1) < 0) std::abort();
  const double cpu_seconds = Receive<double>(server);
  End(client);
  End(server);
  return {answered / absl::ToDoubleSeconds(load.duration), 1e6 * cpu_seconds / answered};
}

Speed MedianOf(std::vector<Speed> rounds) {
  const auto median = [&rounds](double Speed::* member) {
    std::sort(rounds.begin(), rounds.end(), [member](const Speed& a, const Speed& b) { return a.*member < b.*member; });
    return rounds[rounds.size() / 2].*member;
  };
  return {median(&Speed::calls_per_second), median(&Speed::server_cpu_us)};
}

void Compare(const Load& load, int rounds) {
  std::vector<Speed> plain;
  std::vector<Speed> dispatch;
  for (int round = 0; round < rounds; ++round) {
    plain.push_back(Measure(ServePlain, load));
    dispatch.push_back(Measure(ServeDispatch, load));
  }
  const Speed plain_speed = MedianOf(plain);
  const Speed dispatch_speed = MedianOf(dispatch);
  std::printf("plain.calls_per_second %.0f\nplain.server_cpu_us %.2f\n", plain_speed.calls_per_second,
              plain_speed.server_cpu_us);
  std::printf("dispatch.calls_per_second %.0f\ndispatch.server_cpu_us %.2f\n", dispatch_speed.calls_per_second,
              dispatch_speed.server_cpu_us);
  std::printf("dispatch.ratio %.3f\n", dispatch_speed.calls_per_second / plain_speed.calls_per_second);
}

}  // namespace
}  // namespace staffroom

int main(int argc, char** argv) {
  staffroom::KeepNoLockGraph();  // before any child is started: both servers and the client alike
  staffroom::Load load;
  if (argc > 1) load.payload_bytes = static_cast<size_t>(std::atoi(argv[1]));
  if (argc > 2) load.in_flight = std::max(1, std::atoi(argv[2]));
  staffroom::Compare(load, argc > 3 ? std::max(1, std::atoi(argv[3])) : 5);
  return 0;
}
