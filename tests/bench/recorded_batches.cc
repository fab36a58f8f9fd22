#include "tests/bench/recorded_batches.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "service/converters/account_converter.h"
#include "service/converters/interaction_converter.h"
#include "service/converters/post_converter.h"
#include "service/converters/resource_converter.h"
#include "service/embedding/text_vectors.h"
#include "service/engine/batch_decider.h"
#include "service/engine/engine_limits.h"
#include "service/views/views.h"
#include "storage/meta_io.h"
#include "storage/rocksdb_store.h"
#include "tests/bench/product_encoder.h"

namespace staffroom {
namespace {

class Recorder {
 public:
  static absl::StatusOr<std::unique_ptr<Recorder>> Make(const std::string& dir) {
    absl::StatusOr<std::unique_ptr<embeddings::Encoder>> encoder = ProductEncoder();
    if (!encoder.ok()) return encoder.status();
    auto recorder = std::unique_ptr<Recorder>(new Recorder(*std::move(encoder)));
    absl::StatusOr<std::unique_ptr<storage::RocksDbStore>> store =
        storage::RocksDbStore::Open({.dir = dir, .relaxed_sync = true});
    if (!store.ok()) return store.status();
    recorder->store_ = *std::move(store);
    Views::Options options;
    options.vectors.model_id = std::string(recorder->encoder_->model_id());
    options.vectors.index.dimensions = static_cast<size_t>(recorder->encoder_->dimensions());
    absl::StatusOr<std::unique_ptr<Views>> views = Views::Create(std::move(options));
    if (!views.ok()) return views.status();
    recorder->views_ = *std::move(views);
    return recorder;
  }

  absl::StatusOr<storage::WriteBatch> Record(absl::Span<const v1::ImportRecord> records) {
    std::vector<storage::Mutation> mutations;
    std::vector<const storage::Mutation*> pointers;
    for (const v1::ImportRecord& record : records) {
      absl::StatusOr<storage::Mutation> mutation = Convert(record);
      if (!mutation.ok()) return mutation.status();
      mutations.push_back(*std::move(mutation));
    }
    for (const storage::Mutation& mutation : mutations) pointers.push_back(&mutation);
    BatchDecider decider(store_->TakeSnapshot(), meta_, &views_->decision_reader());
    BatchDecider::Sweep sweep;
    if (absl::Status prepared = decider.Prepare(pointers, &sweep); !prepared.ok()) return prepared;
    for (const storage::Mutation& mutation : mutations) {
      if (const MutationResult result = decider.Decide(mutation); !result.status.ok()) return result.status;
    }
    decider.Finish();
    if (absl::Status written = store_->Write(decider.batch()); !written.ok()) return written;
    meta_ = decider.meta();
    views_->Apply(decider.changes(), meta_.revision);
    return decider.batch();
  }

 private:
  explicit Recorder(std::unique_ptr<embeddings::Encoder> encoder) : encoder_(std::move(encoder)), now_(absl::Now()) {
    meta_.epoch = 1;
  }

  absl::StatusOr<storage::Mutation> Convert(const v1::ImportRecord& record) const {
    absl::StatusOr<storage::Mutation> mutation = ConvertPlainly(record);
    if (!mutation.ok()) return mutation;
    mutation->set_mutation_time(absl::ToUnixMicros(now_));
    if (absl::Status encoded = AddVectors({encoder_.get()}, *store_, &*mutation); !encoded.ok()) return encoded;
    return mutation;
  }

  absl::StatusOr<storage::Mutation> ConvertPlainly(const v1::ImportRecord& record) const {
    switch (record.record_case()) {
      case v1::ImportRecord::kAccount: {
        v1::UpsertAccountRequest request;
        *request.mutable_account() = record.account();
        return ToMutation(request, now_);
      }
      case v1::ImportRecord::kPost: {
        v1::UpsertPostRequest request;
        *request.mutable_post() = record.post();
        return ToMutation(request, now_);
      }
      case v1::ImportRecord::kResource: {
        v1::UpsertResourceRequest request;
        *request.mutable_resource() = record.resource();
        return ToMutation(request, now_);
      }
      case v1::ImportRecord::kInteraction: {
        v1::WriteInteractionRequest request;
        *request.mutable_interaction() = record.interaction();
        return ToMutation(request, now_);
      }
      default:
        return absl::InvalidArgumentError("a record that is neither account, post, resource nor interaction");
    }
  }

  const std::unique_ptr<embeddings::Encoder> encoder_;
  const absl::Time now_;
  std::unique_ptr<storage::RocksDbStore> store_;
  std::unique_ptr<Views> views_;
  storage::Meta meta_;
};

}  // namespace

absl::StatusOr<std::vector<storage::WriteBatch>> RecordBatches(absl::Span<const v1::ImportRecord> records,
                                                               const std::string& dir) {
  const absl::StatusOr<std::unique_ptr<Recorder>> recorder = Recorder::Make(dir);
  if (!recorder.ok()) return recorder.status();
  std::vector<storage::WriteBatch> batches;
  for (size_t begin = 0; begin < records.size(); begin += kBatchMutations) {
    absl::StatusOr<storage::WriteBatch> batch = (*recorder)->Record(records.subspan(begin, kBatchMutations));
    if (!batch.ok()) return batch.status();
    batches.push_back(*std::move(batch));
  }
  return batches;
}

}  // namespace staffroom
