#ifndef STAFFROOM_SERVICE_HANDLERS_ADMIN_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_ADMIN_HANDLERS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "service/base/mutex.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/embedding/reembedder.h"
#include "service/engine/engine.h"
#include "service/views/views.h"
#include "staffroom/v1/admin_status.pb.h"

namespace staffroom {

// How the running program was made.
struct BuildInfo {
  std::string version;   // `0.1.0`
  std::string compiler;  // `GNU 12.2.0`
  std::string type;      // `Release`
};

// AdminService. Thread-safe. What it is made from outlives it, and it outlives the engine's last task.
class AdminHandlers {
 public:
  struct Parts {
    Engine& engine;
    const Views& views;
    const Reembedder& reembedder;
    BuildInfo build;
    int64_t queue_capacity = 0;            // of the pool that requests wait for
    std::function<int64_t()> queue_depth;  // requests that wait now
    std::function<int64_t()> store_reads;  // see GetStatusResponse
    // Where an answer is finished: sums are taken on the sequencer's thread, which has other work.
    std::function<void(absl::AnyInvocable<void()>)> executor;
  };

  explicit AdminHandlers(Parts parts);

  // Sums everything up on the sequencer's thread, between two batches: readers go on meanwhile, writers wait. Once for all who
  // ask before it is done, and not again at the same revision: who polls an idle server gets the sums of the last time.
  void GetStatus(const std::shared_ptr<const CallContext>& context, const v1::GetStatusRequest& request,
                 Reply<v1::GetStatusResponse> reply);

 private:
  // All of a status that is of one revision: counts, sums, sizes.
  struct Look {
    uint64_t revision = 0;
    v1::GetStatusResponse response;
  };

  // Those who wait for one look. Whoever the engine does not run any more (it stops) is answered by Reply's destructor.
  struct Round {
    std::vector<Reply<v1::GetStatusResponse>> waiting;
  };

  void Answer(Round& round) ABSL_LOCKS_EXCLUDED(mutex_);
  std::shared_ptr<const Look> Remembered(uint64_t revision) const ABSL_LOCKS_EXCLUDED(mutex_);
  std::shared_ptr<const Look> TakeLook() ABSL_LOCKS_EXCLUDED(mutex_);
  v1::GetStatusResponse Complete(const Look& look) const;
  void AddModels(v1::GetStatusResponse* response) const;

  const Parts parts_;
  mutable Mutex mutex_;
  std::shared_ptr<const Look> look_ ABSL_GUARDED_BY(mutex_);
  std::weak_ptr<Round> round_ ABSL_GUARDED_BY(mutex_);  // that can still be joined; the engine's task owns it
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_ADMIN_HANDLERS_H_
