#include "service/handlers/batch_write.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/rpc_status.h"
#include "service/dispatch/status_code.h"
#include "service/engine/engine.h"
#include "service/engine/mutation_result.h"
#include "service/handlers/own_errors.h"
#include "service/handlers/write_reply.h"
#include "service/tokens/revision.h"
#include "staffroom/v1/outcome.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

// Callers receive 4 MiB unless they ask for more: beyond half of that, statuses have code and message only.
constexpr size_t kDetailedBytes = 2 << 20;

// The response under construction: what was refused at once stands in it, the rest comes from the engine.
class AnswerBuilder {
 public:
  AnswerBuilder(std::vector<BatchItem> items, std::string call_id, Log& log) : call_id_(std::move(call_id)), log_(log) {
    for (BatchItem& item : items) {
      statuses_.push_back(item.mutation.status());
      outcomes_.push_back(v1::Outcome::OUTCOME_UNSPECIFIED);
      attributions_.push_back(item.attribution);
      if (item.mutation.ok()) mutations_.push_back(*std::move(item.mutation));
    }
  }

  std::vector<storage::Mutation> TakeMutations() { return std::move(mutations_); }

  // `results`: of the submitted ones, in order. `applied`: the revision that readers have in any case.
  BatchAnswer Build(uint64_t epoch, uint64_t applied, const std::vector<MutationResult>& results) {
    auto next = results.begin();
    for (size_t i = 0; i < statuses_.size(); ++i) {
      if (!statuses_[i].ok()) continue;
      const MutationResult& result = *next++;
      statuses_[i] = result.status;
      if (!result.status.ok()) continue;
      outcomes_[i] = ToMessage(result.outcome);
      applied = std::max(applied, result.revision);
    }
    BatchAnswer answer;
    size_t bytes = 0;
    for (size_t i = 0; i < statuses_.size(); ++i) {
      v1::BatchItemResult& result = *answer.results.Add();
      const absl::Status status = OnlyOwn(statuses_[i]);
      if (SentCode(status.code()) == absl::StatusCode::kInternal) LogFailure(i, status);
      *result.mutable_status() = ToRpcStatus(status, call_id_, bytes < kDetailedBytes);
      bytes += result.status().ByteSizeLong();
      result.set_outcome(outcomes_[i]);
      if (outcomes_[i] == v1::Outcome::APPLIED) result.set_attribution(attributions_[i]);
    }
    answer.revision = FormatRevision({epoch, applied});
    return answer;
  }

 private:
  // The item's answer shows nothing but the call's id.
  void LogFailure(size_t item, const absl::Status& status) {
    JsonFields fields;
    fields.Text("call_id", call_id_).Number("item", static_cast<int64_t>(item)).Text("message", status.message());
    log_.Write(LogLevel::kError, "batch_item", fields);
  }

  const std::string call_id_;
  Log& log_;
  std::vector<storage::Mutation> mutations_;
  std::vector<absl::Status> statuses_;
  std::vector<v1::Outcome::Value> outcomes_;
  std::vector<v1::AttributionState::Value> attributions_;
};

}  // namespace

void SubmitBatch(const BatchParts& parts, std::vector<BatchItem> items, const std::string& call_id,
                 std::function<void(BatchAnswer)> done) {
  Engine& engine = parts.engine;
  auto builder = std::make_shared<AnswerBuilder>(std::move(items), call_id, parts.log);
  std::vector<storage::Mutation> mutations = builder->TakeMutations();
  engine.SubmitAll(std::move(mutations),
                   [&engine, builder, done = std::move(done)](const std::vector<MutationResult>& results) {
                     done(builder->Build(engine.epoch(), engine.gate().applied(), results));
                   });
}

}  // namespace staffroom
