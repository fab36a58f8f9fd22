#ifndef STAFFROOM_SERVICE_CLIENT_CALL_OUTCOME_H_
#define STAFFROOM_SERVICE_CLIENT_CALL_OUTCOME_H_

#include <memory>
#include <string>

#include "google/protobuf/message.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/client_context.h"
#include "service/client/commands.h"

namespace staffroom {

// A context for one call of a person who waits: half a minute, and not longer than it takes to see that nobody listens.
std::unique_ptr<grpc::ClientContext> NewCallContext();

// Whether somebody listens at the other end, within `reach_within`; says on `err` if not.
bool IsReachable(const Surroundings& surroundings);

// Prints the error and says with which code to exit.
int Fail(const Surroundings& surroundings, const google::rpc::Status& status);

// The message in proto3 JSON, with fields that hold their default, on lines for people.
std::string JsonText(const google::protobuf::Message& message);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CLIENT_CALL_OUTCOME_H_
