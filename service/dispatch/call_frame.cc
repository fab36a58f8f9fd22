#include "service/dispatch/call_frame.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "service/dispatch/authenticator.h"
#include "service/dispatch/call_id.h"
#include "service/dispatch/call_log.h"
#include "service/dispatch/status_code.h"
#include "service/dispatch/status_mapper.h"

namespace staffroom {
namespace {

constexpr char kCallIdHeader[] = "x-request-id";
constexpr char kTraceHeader[] = "traceparent";

class GrpcCaller : public Caller {
 public:
  explicit GrpcCaller(const grpc::CallbackServerContext& context) : context_(context) {}
  std::string Peer() const override { return context_.peer(); }
  absl::optional<absl::string_view> Header(absl::string_view name) const override {
    const auto found = context_.client_metadata().find(grpc::string_ref(name.data(), name.size()));
    if (found == context_.client_metadata().end()) return absl::nullopt;
    return absl::string_view(found->second.data(), found->second.size());
  }

 private:
  const grpc::CallbackServerContext& context_;
};

absl::Time Deadline(const grpc::CallbackServerContext& context) {
  const std::chrono::system_clock::time_point deadline = context.deadline();
  const bool none = deadline == std::chrono::system_clock::time_point::max();
  return none ? absl::InfiniteFuture() : absl::FromChrono(deadline);
}

// When the caller may have given up at the earliest because its deadline had passed. A client cancels by its own clock, and what
// it sends of its deadline gRPC rounds up by as much as a hundredth; the way here takes time, too.
absl::Time EarliestDeadline(const CallContext& context) {
  if (context.deadline == absl::InfiniteFuture()) return context.deadline;
  return context.deadline - std::max((context.deadline - context.received) / 100, absl::Milliseconds(2));
}

absl::string_view RoleName(Role role) {
  return role == Role::kAdmin ? "admin" : role == Role::kWriter ? "writer" : "reader";
}

}  // namespace

CallFrame::CallFrame(const DispatchParts& parts, const RpcMethod& method, grpc::CallbackServerContext* server_context)
    : parts_(parts), method_(method), server_context_(server_context) {
  context_.received = stage_began_ = parts_.clock.Now();
  context_.deadline = Deadline(*server_context_);
  context_.call_id = parts_.call_ids.Next();
  if (const auto header = GrpcCaller(*server_context_).Header(kTraceHeader); header.has_value()) {
    context_.trace_id = std::string(TraceId(*header));
    if (!context_.trace_id.empty()) traceparent_ = std::string(*header);
  }
  parts_.metrics.in_flight().Increment();
}

absl::Status CallFrame::Admit() {
  const absl::StatusOr<Role> role = parts_.authenticator.Authenticate(GrpcCaller(*server_context_));
  if (!role.ok()) return role.status();
  context_.role = *role;
  if (!method_.options.while_not_serving) {
    if (absl::Status admits = parts_.readiness.AdmitsCalls(); !admits.ok()) return admits;
  }
  if (*role < method_.options.role) {
    return absl::PermissionDeniedError(
        absl::StrCat(method_.name, " needs the role of ", RoleName(method_.options.role)));
  }
  return CheckAlive();
}

absl::Status CallFrame::CheckAlive() const {
  if (parts_.clock.Now() >= context_.deadline) return absl::DeadlineExceededError("the deadline has passed");
  if (context_.IsCancelled()) return absl::CancelledError("the caller has cancelled");
  return absl::OkStatus();
}

void CallFrame::Enter(CallStage stage) {
  const absl::Time now = parts_.clock.Now();
  stage_times_[static_cast<size_t>(stage_)] += now - stage_began_;
  stage_ = stage;
  stage_began_ = now;
}

absl::Status CallFrame::AsTheCallerSaw(const absl::Status& status) const {
  if (!context_.IsCancelled() || SentCode(status.code()) == absl::StatusCode::kInternal) return status;
  if (parts_.clock.Now() >= EarliestDeadline(context_)) return absl::DeadlineExceededError("the deadline has passed");
  return status.ok() ? absl::CancelledError("the caller has cancelled") : status;
}

grpc::Status CallFrame::End(const absl::Status& status, size_t request_bytes, size_t response_bytes) {
  Enter(stage_);
  const absl::Status ended = AsTheCallerSaw(status);
  method_.metrics.Count(SentCode(ended.code()), stage_began_ - context_.received);
  parts_.metrics.in_flight().Decrement();
  parts_.call_log.Write({method_.name, context_.call_id, context_.trace_id, ended, stage_times_, request_bytes,
                         response_bytes, method_.options.log_failures});
  server_context_->AddTrailingMetadata(kCallIdHeader, context_.call_id);
  if (!traceparent_.empty()) server_context_->AddTrailingMetadata(kTraceHeader, traceparent_);
  return ToGrpcStatus(ended, context_.call_id);
}

}  // namespace staffroom
