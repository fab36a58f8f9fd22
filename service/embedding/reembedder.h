#ifndef STAFFROOM_SERVICE_EMBEDDING_REEMBEDDER_H_
#define STAFFROOM_SERVICE_EMBEDDING_REEMBEDDER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/embedding/encoders.h"
#include "service/embedding/item_pages.h"
#include "service/engine/engine.h"
#include "service/engine/mutation_result.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// Computes in the background what the configured encoder makes of all texts in the store, and has it take over.
//
// It holds no state that matters: what is to be done stands in the store (storage::Models), what was done too, and whether a
// step still fits is decided in journal order (decide_embedding.cc). So it may be stopped or killed at any moment, and goes on
// from the records: pages of a snapshot each, encoded outside every lock, one small mutation under way at a time. It goes
// through all records until a round finds nothing that lacks a vector; then the model is installed, and what the old one
// had made is dropped in the same manner.
//
// Begin, then Work on one thread; the rest is thread-safe. What it is given outlives it.
class Reembedder {
 public:
  struct Options {
    uint32_t page_items = 50;  // bounds a mutation, and with it a hold of the views' lock
    // Pause after each page, in times of what the page took: requests come first.
    double rest = 1.0;
    absl::Duration retry = absl::Milliseconds(250);  // when the queue of writes is full
  };
  // Records gone through in the present round.
  struct Progress {
    uint64_t operation = 0;  // 0: none is at work
    int64_t done = 0, total = 0;
  };

  Reembedder(Options options, Engine* engine, const storage::Store* store, Encoders* encoders)
      : options_(options), engine_(*engine), store_(*store), encoders_(*encoders) {}

  // After the engine has started and before anybody else writes: says in the store which model serves, where that is not said yet,
  // ends what another start began with another encoder, and begins what this one needs. `serving`: as the views found it.
  absl::Status Begin(absl::string_view serving);

  // An operation was begun or has ended: there may be something to do.
  void Wake() { due_ = true; }
  // Does what there is to do, if any. Returns early once `stop` says so. An error is of the store: nothing goes on before
  // the next start.
  absl::Status Work(const std::atomic<bool>& stop);

  Progress progress() const { return {operation_, done_, total_}; }

 private:
  // How a round ended.
  enum class Round { kChangedNothing, kChangedSome, kInterrupted };

  absl::StatusOr<bool> EndedInVain(absl::string_view configured) const;
  absl::Status RunOperation(const storage::Models& models, const std::atomic<bool>& stop);
  absl::StatusOr<Round> RunRound(const storage::OperationRecord& operation, const std::atomic<bool>& stop);
  absl::StatusOr<Round> RunKind(storage::ItemKind kind, uint32_t limit, const storage::OperationRecord& operation,
                                const std::atomic<bool>& stop);
  absl::StatusOr<storage::Mutation> ComputePage(const storage::Snapshot& snapshot, storage::ItemKind kind,
                                                uint32_t first, uint32_t count,
                                                const storage::OperationRecord& operation) const;
  absl::Status Finish(const storage::Models& models, const std::atomic<bool>& stop);
  absl::Status DropLeftovers(const std::atomic<bool>& stop);
  absl::Status Fail(uint64_t operation, const absl::Status& why, const std::atomic<bool>& stop);

  absl::StatusOr<storage::Meta> ReadMeta() const;
  // Submits and waits, again while the queue is full; CANCELLED once `stop` says so.
  absl::StatusOr<Outcome> Do(const storage::Mutation& mutation, const std::atomic<bool>& stop);
  void Rest(absl::Duration worked, const std::atomic<bool>& stop) const;

  const Options options_;
  Engine& engine_;
  const storage::Store& store_;
  Encoders& encoders_;
  std::atomic<bool> due_ = false;
  std::atomic<uint64_t> operation_ = 0;
  std::atomic<int64_t> done_ = 0, total_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_EMBEDDING_REEMBEDDER_H_
