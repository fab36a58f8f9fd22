#ifndef STAFFROOM_SERVICE_SERVER_APPLICATION_H_
#define STAFFROOM_SERVICE_SERVER_APPLICATION_H_

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "embeddings/encoder/encoder.h"
#include "service/base/clock.h"
#include "service/base/shared_mutex.h"
#include "service/dispatch/dispatcher.h"
#include "service/dispatch/json_log.h"
#include "service/dispatch/readiness.h"
#include "service/dispatch/request_pool.h"
#include "service/embedding/encoders.h"
#include "service/embedding/reembedder.h"
#include "service/engine/engine.h"
#include "service/handlers/registration.h"
#include "service/handlers/surfaces.h"
#include "service/recommend/popular_items.h"
#include "service/recommend/recommender.h"
#include "service/server/periodic_task.h"
#include "service/server/token_desk.h"
#include "service/views/views.h"
#include "storage/records.pb.h"
#include "storage/rocksdb_store.h"

namespace staffroom {

// Everything behind the dispatcher, put together: store, views, engine, encoder, recommender, tokens and handlers. It owns
// nothing of the transport, so a bench or a test can put the same parts under a server of its own.
class Application {
 public:
  struct Options {
    std::string data_dir;
    storage::Exposure default_exposure = storage::EVERYBODY;
    bool relaxed_sync = false;
    int queue_capacity = 0;  // of the interactive pool, for GetStatus
  };
  // What texts are encoded with.
  struct Encoding {
    std::unique_ptr<embeddings::Encoder> configured = embeddings::NewHashingEncoder();  // whose vectors are to serve
    // Encoders that may have been configured at an earlier start, by model id, null where there is none (any more). The
    // hashing encoder is always there.
    Encoders::Maker former = nullptr;
    Reembedder::Options reembedding = {};
  };
  // What it borrows; all of it outlives the application.
  struct Surroundings {
    const Clock& clock;
    Log& log;
    Lanes lanes;
    Readiness& readiness;
  };

  // Takes the data folder. FAILED_PRECONDITION when it is not ours, is newer than this program, or is open already.
  // INVALID_ARGUMENT when the encoder's vectors are of another length than the service's.
  static absl::StatusOr<std::unique_ptr<Application>> Open(const Options& options, const Surroundings& surroundings) {
    return Open(options, surroundings, Encoding());
  }
  static absl::StatusOr<std::unique_ptr<Application>> Open(const Options& options, const Surroundings& surroundings,
                                                           Encoding encoding);
  ~Application();

  // Before the server starts; until Start has returned, calls are answered UNAVAILABLE.
  void RegisterHandlers(Dispatcher& dispatcher) const { RegisterServices(dispatcher, handler_slot_); }

  // Loads the views and begins to take writes.
  absl::Status Start();

  // After the last call has been answered: finishes what is queued. The pools must still run.
  void Stop();

  // Of the views' lock, since the last call.
  LongestHolds TakeLongestHolds() { return views_->TakeLongestHolds(); }

 private:
  Application(const Options& options, const Surroundings& surroundings);
  absl::Status Build(Encoding encoding);
  absl::Status BeginEmbedding();
  std::string ServingModel() const;
  void RefreshPopularity();
  void StartBackground();
  Engine::Options EngineOptions();
  std::unique_ptr<ServiceHandlers> MakeHandlers();

  const Options options_;
  const Surroundings surroundings_;
  // In the order of dependence: destroyed in reverse.
  std::unique_ptr<storage::RocksDbStore> store_;
  std::unique_ptr<Encoders> encoders_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Reembedder> reembedder_;
  PopularItems popular_;
  std::unique_ptr<Recommender> recommender_;
  const Surfaces surfaces_;
  std::unique_ptr<TokenDesk> tokens_;
  std::unique_ptr<ServiceHandlers> handlers_;
  HandlerSlot handler_slot_;
  std::unique_ptr<PeriodicTask> popularity_refresh_;
  std::atomic<bool> stopping_ = false;  // what runs in the background ends early
  std::unique_ptr<PeriodicTask> profile_settler_;
  std::unique_ptr<PeriodicTask> index_builder_;
  std::unique_ptr<PeriodicTask> embedding_worker_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_APPLICATION_H_
