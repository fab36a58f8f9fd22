#ifndef STAFFROOM_TESTS_ENGINE_RUNNING_ENGINE_H_
#define STAFFROOM_TESTS_ENGINE_RUNNING_ENGINE_H_

#include <cstdint>
#include <cstdlib>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "service/base/clock.h"
#include "service/engine/engine.h"
#include "service/views/views.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// An engine with its views over a store of the test's, and calls that wait.
class RunningEngine {
 public:
  RunningEngine(storage::Store* store, const Clock* clock, Engine::Options options = {}) {
    Views::Options view_options;
    view_options.vectors.model_id = "test";
    view_options.vectors.index.dimensions = 4;
    view_options.vectors.index.exact_only = true;
    views_ = Must(Views::Create(std::move(view_options)));
    if (!options.draw_epoch) options.draw_epoch = [] { return uint64_t{7}; };
    engine_ = std::make_unique<Engine>(std::move(options), store, views_.get(), clock);
    if (!engine_->Start().ok()) std::abort();
  }

  MutationResult Do(storage::Mutation mutation) {
    std::promise<MutationResult> result;
    engine_->Submit(std::move(mutation), [&](const MutationResult& given) { result.set_value(given); });
    return result.get_future().get();
  }

  // In one submission: as many as fit share a batch.
  std::vector<MutationResult> DoTogether(std::vector<storage::Mutation> mutations) {
    std::promise<std::vector<MutationResult>> results;
    engine_->SubmitAll(std::move(mutations),
                       [&](std::vector<MutationResult> given) { results.set_value(std::move(given)); });
    return results.get_future().get();
  }

  uint64_t Digest() {
    std::promise<uint64_t> digest;
    engine_->RunBetweenBatches([&] { digest.set_value(views_->Digest()); });
    return digest.get_future().get();
  }

  // Until no deletion has anything left to purge.
  void FinishPurges() {
    while (engine_->oldest_purge_time() != 0) Digest();
    Digest();  // the last slice is on the disk before the views have it: wait for the batch to end
  }

  void Read(absl::FunctionRef<void(const ReadView&)> read) const { views_->Read(read); }
  Engine& engine() { return *engine_; }

 private:
  template <typename T>
  static T Must(absl::StatusOr<T> result) {
    if (!result.ok()) std::abort();
    return *std::move(result);
  }

  std::unique_ptr<Views> views_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_ENGINE_RUNNING_ENGINE_H_
