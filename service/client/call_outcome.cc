#include "service/client/call_outcome.h"

#include <chrono>
#include <memory>
#include <ostream>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/client_context.h"
#include "service/client/commands.h"
#include "service/client/rpc_status.h"

namespace staffroom {

std::unique_ptr<grpc::ClientContext> NewCallContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  return context;
}

bool IsReachable(const Surroundings& surroundings) {
  if (surroundings.channel->WaitForConnected(absl::ToChronoTime(absl::Now() + surroundings.reach_within))) return true;
  surroundings.err << "staffroom: nobody listens at " << surroundings.server << " (--server=HOST:PORT says where)\n";
  return false;
}

int Fail(const Surroundings& surroundings, const google::rpc::Status& status) {
  surroundings.err << "staffroom: " << ErrorText(status) << "\n";
  return status.code() == google::rpc::UNAVAILABLE ? kExitUnreachable : kExitRefused;
}

std::string JsonText(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  return status.ok() ? text : "{}\n";
}

}  // namespace staffroom
