#include "tests/bench/plain_echo_server.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "tests/bench/echo.grpc.pb.h"

namespace staffroom {
namespace {

class EchoService : public bench::EchoService::CallbackService {
 public:
  explicit EchoService(size_t payload_bytes) { answer_.set_payload(std::string(payload_bytes, 'e')); }

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const bench::EchoRequest* /*request*/,
                                 bench::EchoResponse* response) override {
    *response = answer_;
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  bench::EchoResponse answer_;
};

}  // namespace

struct PlainEchoServer::Parts {
  explicit Parts(size_t payload_bytes) : service(payload_bytes) {}

  EchoService service;
  int port = 0;
  std::unique_ptr<grpc::Server> server;
};

absl::StatusOr<std::unique_ptr<PlainEchoServer>> PlainEchoServer::Start(size_t payload_bytes) {
  auto parts = std::make_unique<Parts>(payload_bytes);
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &parts->port);
  builder.RegisterService(&parts->service);
  parts->server = builder.BuildAndStart();
  if (parts->server == nullptr || parts->port == 0) return absl::UnavailableError("the plain server does not start");
  return std::unique_ptr<PlainEchoServer>(new PlainEchoServer(std::move(parts)));
}

PlainEchoServer::PlainEchoServer(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)), address_(absl::StrCat("127.0.0.1:", parts_->port)) {}

PlainEchoServer::~PlainEchoServer() { parts_->server->Shutdown(); }

}  // namespace staffroom
