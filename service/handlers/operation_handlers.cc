#include "service/handlers/operation_handlers.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "service/base/errors.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/request_identity.h"
#include "service/converters/time_converter.h"
#include "service/engine/engine_limits.h"
#include "service/handlers/list_page.h"
#include "service/tokens/fingerprint.h"
#include "service/tokens/revision.h"
#include "service/views/read_view.h"
#include "staffroom/v1/admin_operations.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

constexpr absl::string_view kIdPrefix = "embedding-";

std::string IdOf(uint64_t number) { return absl::StrCat(kIdPrefix, number); }

// 0: no operation has such an id.
uint64_t NumberOf(absl::string_view id) {
  uint64_t number = 0;
  if (!absl::ConsumePrefix(&id, kIdPrefix) || !absl::SimpleAtoi(id, &number)) return 0;
  return IdOf(number) == absl::StrCat(kIdPrefix, id) ? number : 0;
}

absl::Status CheckId(const std::string& id) {
  FieldErrors errors;
  FieldChecks(&errors).Id(FieldPath("id"), id);
  return errors.empty() ? absl::OkStatus() : errors.ToStatus();
}

}  // namespace

void OperationHandlers::Reembed(const std::shared_ptr<const CallContext>&, const v1::ReembedRequest& request,
                                Reply<v1::ReembedResponse> reply) const {
  FieldErrors errors;
  FieldChecks checks(&errors);
  CheckRequestId(request, checks);
  if (!errors.empty()) return reply(errors.ToStatus());
  storage::Mutation mutation = MutationOf(WriteRpc::kReembed, request);
  mutation.mutable_begin_embedding()->set_model_id(std::string(parts_.encoders.configured().model_id()));
  mutation.mutable_begin_embedding()->set_outdated_only(request.outdated_only());
  auto shared = std::make_shared<Reply<v1::ReembedResponse>>(std::move(reply));
  parts_.engine.Submit(std::move(mutation), [this, shared](const MutationResult& result) {
    if (!result.status.ok()) return (*shared)(result.status);
    parts_.reembedder.Wake();
    // Begun at this revision, or already running then, or both of the request that this one repeats.
    absl::StatusOr<v1::ReembedResponse> answer = absl::InternalError("an operation was begun and is not there");
    parts_.views.Read([&](const ReadView& view) {
      const auto& operations = view.models.operations();
      const auto after = operations.upper_bound(result.revision);
      if (after == operations.begin()) return;
      answer.emplace();
      *answer->mutable_operation() = ToMessage(std::prev(after)->second);
    });
    if (answer.ok()) answer->set_revision(FormatRevision({parts_.engine.epoch(), result.revision}));
    (*shared)(std::move(answer));
  });
}

template <typename Response>
absl::StatusOr<Response> OperationHandlers::Look(absl::string_view id) const {
  absl::StatusOr<Response> answer = OperationNotFound(id);
  parts_.views.Read([&](const ReadView& view) {
    const auto found = view.models.operations().find(NumberOf(id));
    if (found == view.models.operations().end() || IsForgotten(found->second)) return;
    answer.emplace();
    *answer->mutable_operation() = ToMessage(found->second);
    answer->set_revision(FormatRevision({parts_.engine.epoch(), view.revision}));
  });
  return answer;
}

void OperationHandlers::GetOperation(const std::shared_ptr<const CallContext>&, const v1::GetOperationRequest& request,
                                     Reply<v1::GetOperationResponse> reply) const {
  if (absl::Status status = CheckId(request.id()); !status.ok()) return reply(status);
  reply(Look<v1::GetOperationResponse>(request.id()));
}

void OperationHandlers::ListOperations(const std::shared_ptr<const CallContext>&,
                                       const v1::ListOperationsRequest& request,
                                       Reply<v1::ListOperationsResponse> reply) const {
  const absl::StatusOr<size_t> page_size = PageSize(request.page_size());
  if (!page_size.ok()) return reply(page_size.status());
  const uint64_t request_hash = Fingerprint(v1::ListOperationsRequest::descriptor()->full_name());
  uint64_t below = std::numeric_limits<uint64_t>::max();
  if (!request.page_token().empty()) {
    const absl::StatusOr<std::string> position = parts_.list_tokens.Open(request_hash, request.page_token());
    if (!position.ok()) return reply(position.status());
    below = NumberOf(*position);
  }
  v1::ListOperationsResponse response;
  parts_.views.Read([&](const ReadView& view) {
    const auto& operations = view.models.operations();
    auto next = std::make_reverse_iterator(operations.lower_bound(below));
    for (; next != operations.rend(); ++next) {
      if (IsForgotten(next->second)) continue;
      if (static_cast<size_t>(response.operations_size()) == *page_size) {
        const std::string& last = response.operations().rbegin()->id();
        response.set_next_page_token(parts_.list_tokens.Seal(request_hash, last));
        break;
      }
      *response.add_operations() = ToMessage(next->second);
    }
    response.set_revision(FormatRevision({parts_.engine.epoch(), view.revision}));
  });
  reply(std::move(response));
}

void OperationHandlers::CancelOperation(const std::shared_ptr<const CallContext>&,
                                        const v1::CancelOperationRequest& request,
                                        Reply<v1::CancelOperationResponse> reply) const {
  if (absl::Status status = CheckId(request.id()); !status.ok()) return reply(status);
  const absl::StatusOr<v1::CancelOperationResponse> before = Look<v1::CancelOperationResponse>(request.id());
  if (!before.ok() || before->operation().state() != v1::Operation::RUNNING) return reply(before);
  storage::Mutation mutation;
  mutation.mutable_end_embedding()->set_operation(NumberOf(request.id()));
  mutation.mutable_end_embedding()->set_state(storage::OPERATION_CANCELLED);
  mutation.mutable_end_embedding()->set_done(before->operation().done());
  mutation.mutable_end_embedding()->set_total(before->operation().total());
  auto shared =
      std::make_shared<std::pair<std::string, Reply<v1::CancelOperationResponse>>>(request.id(), std::move(reply));
  parts_.engine.Submit(std::move(mutation), [this, shared](const MutationResult& result) {
    if (!result.status.ok()) return shared->second(result.status);
    parts_.reembedder.Wake();
    shared->second(Look<v1::CancelOperationResponse>(shared->first));
  });
}

bool OperationHandlers::IsForgotten(const storage::OperationRecord& record) const {
  return record.end_time() != 0 && absl::FromUnixMicros(record.end_time()) + kOperationKept < parts_.clock.Now();
}

v1::Operation OperationHandlers::ToMessage(const storage::OperationRecord& record) const {
  v1::Operation operation;
  operation.set_id(IdOf(record.number()));
  operation.set_kind(static_cast<v1::Operation::Kind>(record.kind()));
  operation.set_state(static_cast<v1::Operation::State>(record.state()));
  operation.set_done(record.done());
  operation.set_total(record.total());
  if (const Reembedder::Progress progress = parts_.reembedder.progress();
      record.state() == storage::OPERATION_RUNNING && progress.operation == record.number()) {
    operation.set_done(progress.done);
    operation.set_total(progress.total);
  }
  if (record.state() == storage::OPERATION_FAILED) {
    operation.mutable_error()->set_code(record.error_code());
    operation.mutable_error()->set_message(record.error_message());
  }
  *operation.mutable_start_time() = ToTimestamp(record.start_time());
  if (record.end_time() != 0) *operation.mutable_end_time() = ToTimestamp(record.end_time());
  return operation;
}

}  // namespace staffroom
