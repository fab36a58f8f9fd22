#ifndef STAFFROOM_SERVICE_VIEWS_VIEWS_H_
#define STAFFROOM_SERVICE_VIEWS_VIEWS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/index/segment_build.h"
#include "embeddings/index/vector_index.h"
#include "service/base/shared_mutex.h"
#include "service/engine/view.h"
#include "service/views/catalog.h"
#include "service/views/engagement.h"
#include "service/views/graph.h"
#include "service/views/models.h"
#include "service/views/read_view.h"
#include "service/views/vectors.h"
#include "storage/records.pb.h"

namespace staffroom {

// The views, in the order in which they depend on each other, behind one reader-writer lock. Thread-safe.
//
// There may be two sets of vectors: those of the model that serves, which are all that readers see, and beside them those of
// the model that is to take over. Both are loaded from what is stored and take every change, each what its own model made, so the
// second has nothing to catch up with: when ModelsChanged says that its model serves, the two change places at the end
// of the batch, under the lock that the writer holds anyway.
class Views : public ViewSet, private DecisionReader {
 public:
  struct Options {
    storage::Exposure default_exposure = storage::EVERYBODY;
    // Their model is the one that is to serve. Load finds out which one does: where it is another, the vectors of this one are
    // the coming ones. All models have the same dimensions.
    Vectors::Options vectors;
  };
  static absl::StatusOr<std::unique_ptr<Views>> Create(Options options);

  absl::Status Load(const storage::Snapshot& snapshot, uint64_t revision) override;
  void Apply(absl::Span<const Change> changes, uint64_t revision) noexcept override;
  uint64_t Digest() const override;
  const DecisionReader& decision_reader() const override { return *this; }

  // Runs `read` on all views at one revision, under the reader lock.
  void Read(absl::FunctionRef<void(const ReadView&)> read) const;
  // Runs `read` on the exact views, without the lock and for as long as it likes: under the lock even a reader would hold up
  // all others, because the next writer waits for it and they wait behind the writer. Only on the sequencer's thread.
  void ReadExact(absl::FunctionRef<void(const ExactView&)> read) const;

  // Refreshes, under one short hold of the lock, some of the profiles that batches left stale (see Vectors); true when none
  // is left. Takes no writer's lock when there is nothing to do.
  bool SettleSome();

  // Gives one full segment of the vector indexes its graph, or merges what should be merged first; true when there was
  // something to do. Slow, for a background thread: the lock is taken only to hand over and to move in, in slices. One call at a
  // time. Stops early, with false, once `stop` says so.
  absl::StatusOr<bool> BuildSegment(const std::atomic<bool>& stop);

  struct Size {
    std::string name;
    int64_t bytes = 0;
  };
  // Heap bytes of each view. Only on the sequencer's thread; holds the lock for the vectors alone, which add up quickly.
  std::vector<Size> Sizes() const;

  // How long anybody has held the lock since the last call.
  LongestHolds TakeLongestHolds() { return mutex_.TakeLongestHolds(); }

 private:
  explicit Views(Options options);
  uint32_t FindOrdinal(storage::ItemKind kind, absl::string_view id) const override;
  int MentorAcceptsSince(AccountOrdinal mentor, int64_t since_us) const override;
  absl::Span<const ResourceOrdinal> ResourcesOf(AccountOrdinal account) const override {
    return catalog_.ResourcesOf(account);
  }
  std::vector<View*> All();
  absl::StatusOr<std::unique_ptr<Vectors>> MakeVectors(const std::string& model_id) const;
  absl::Status LoadVectors(const storage::Snapshot& snapshot);
  // Which vectors are needed no more, now that the batch has changed the models from `before`.
  std::shared_ptr<const Vectors> FollowModels(const storage::Models& before);
  // An index, kept by the vectors that it belongs to: these may have ceased to serve before what is built for them is there.
  struct BuildPlace {
    std::shared_ptr<Vectors> owner;
    embeddings::VectorIndex* index = nullptr;
  };
  // What should be built next, of all indexes; null when nothing should.
  std::unique_ptr<embeddings::SegmentBuild> StartBuild(BuildPlace* place);

  const Vectors::Options vector_options_;
  mutable SharedMutex mutex_;
  // Everything is written under the exclusive lock only. These five, which are what a decision and a digest look at, by
  // nobody but the sequencer's thread, which may therefore read them without the lock.
  Catalog catalog_;
  EngagementView engagement_;
  Graph graph_;
  ModelsView models_;
  uint64_t revision_ = 0;
  // Also by the threads that settle profiles and build segments: whoever reads them holds the lock.
  std::shared_ptr<Vectors> serving_;
  std::shared_ptr<Vectors> coming_;  // null: nothing takes over
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_VIEWS_H_
