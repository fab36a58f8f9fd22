#include <ostream>

#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "service/client/answer_text.h"
#include "service/client/call_outcome.h"
#include "service/client/commands.h"
#include "service/client/rpc_status.h"
#include "staffroom/v1/admin_service.grpc.pb.h"

namespace staffroom {

int RunStatus(const Surroundings& surroundings) {
  if (!IsReachable(surroundings)) return kExitUnreachable;
  v1::AdminService::Stub stub(surroundings.channel);
  v1::GetStatusResponse response;
  const google::rpc::Status status = RpcStatusOf(stub.GetStatus(NewCallContext().get(), {}, &response));
  if (status.code() != google::rpc::OK) return Fail(surroundings, status);
  surroundings.out << (surroundings.json ? JsonText(response) : StatusText(response));
  return kExitDone;
}

}  // namespace staffroom
