#include "service/handlers/admin_handlers.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/base/mutex.h"
#include "service/converters/time_converter.h"
#include "service/engine/view.h"
#include "service/tokens/revision.h"
#include "service/views/read_view.h"
#include "service/views/views.h"
#include "staffroom/v1/admin_status.pb.h"

namespace staffroom {
namespace {

std::string Hex(uint64_t number) { return absl::StrCat(absl::Hex(number, absl::kZeroPad16)); }

}  // namespace

AdminHandlers::AdminHandlers(Parts parts) : parts_(std::move(parts)) {}

void AdminHandlers::GetStatus(const std::shared_ptr<const CallContext>&, const v1::GetStatusRequest&,
                              Reply<v1::GetStatusResponse> reply) {
  uint64_t revision = 0;
  parts_.views.Read([&revision](const ReadView& view) { revision = view.revision; });
  if (const std::shared_ptr<const Look> look = Remembered(revision); look != nullptr) return reply(Complete(*look));
  auto round = std::make_shared<Round>();
  {
    MutexLock lock(&mutex_);
    if (const std::shared_ptr<Round> pending = round_.lock(); pending != nullptr) {
      pending->waiting.push_back(std::move(reply));
      return;
    }
    round->waiting.push_back(std::move(reply));
    round_ = round;
  }
  parts_.engine.RunBetweenBatches([this, round = std::move(round)] { Answer(*round); });
}

// On the sequencer's thread. Nobody who joined before the end has seen a later revision than the look's: none can come to be
// meanwhile.
void AdminHandlers::Answer(Round& round) {
  std::shared_ptr<const Look> look = TakeLook();
  std::vector<Reply<v1::GetStatusResponse>> replies;
  {
    MutexLock lock(&mutex_);
    replies = std::move(round.waiting);
    round_.reset();
  }
  parts_.executor([this, replies = std::move(replies), look = std::move(look)]() mutable {
    const v1::GetStatusResponse response = Complete(*look);
    for (Reply<v1::GetStatusResponse>& reply : replies) reply(response);
  });
}

std::shared_ptr<const AdminHandlers::Look> AdminHandlers::Remembered(uint64_t revision) const {
  MutexLock lock(&mutex_);
  return look_ != nullptr && look_->revision == revision ? look_ : nullptr;
}

// On the sequencer's thread, the only one that changes the exact views, and so without their lock. What other threads change,
// the indexes and profiles of the vectors, has no digest; its size is asked for under the lock, shortly.
std::shared_ptr<const AdminHandlers::Look> AdminHandlers::TakeLook() {
  uint64_t revision = 0;
  parts_.views.ReadExact([&revision](const ExactView& view) { revision = view.revision; });
  if (std::shared_ptr<const Look> remembered = Remembered(revision); remembered != nullptr) return remembered;
  auto look = std::make_shared<Look>();
  v1::GetStatusResponse& response = look->response;
  for (const Views::Size& size : parts_.views.Sizes()) {
    v1::GetStatusResponse::View* const view = response.add_views();
    view->set_name(size.name);
    view->set_bytes(size.bytes);
  }
  parts_.views.ReadExact([&look, &response](const ExactView& view) {
    look->revision = view.revision;
    response.set_accounts(view.catalog.account_count());
    response.set_posts(view.catalog.post_count());
    response.set_resources(view.catalog.resource_count());
    response.set_interactions(view.graph.edge_count() + view.engagement.size());
    if (view.graph.follow_count() > 0) {
      response.set_bytes_per_follow(static_cast<double>(view.graph.follow_bytes()) /
                                    static_cast<double>(view.graph.follow_count()));
    }
    uint64_t total = 0;
    for (const View* exact : {static_cast<const View*>(&view.catalog), static_cast<const View*>(&view.engagement),
                              static_cast<const View*>(&view.graph), static_cast<const View*>(&view.models)}) {
      const uint64_t digest = exact->Digest();
      total += digest;
      for (v1::GetStatusResponse::View& listed : *response.mutable_views()) {
        if (listed.name() == exact->name()) listed.set_digest(Hex(digest));
      }
    }
    response.set_digest(Hex(total));
  });
  response.set_revision(FormatRevision({parts_.engine.epoch(), look->revision}));
  MutexLock lock(&mutex_);
  look_ = look;
  return look;
}

// Adds what is of the moment, or never changes.
v1::GetStatusResponse AdminHandlers::Complete(const Look& look) const {
  v1::GetStatusResponse response = look.response;
  AddModels(&response);
  response.set_epoch(Hex(parts_.engine.epoch()));
  response.mutable_build()->set_version(parts_.build.version);
  response.mutable_build()->set_compiler(parts_.build.compiler);
  response.mutable_build()->set_type(parts_.build.type);
  response.set_queue_depth(parts_.queue_depth());
  response.set_queue_capacity(parts_.queue_capacity);
  if (const int64_t purge_time = parts_.engine.oldest_purge_time(); purge_time != 0) {
    *response.mutable_oldest_pending_purge_time() = ToTimestamp(purge_time);
  }
  response.set_store_reads(parts_.store_reads());
  return response;
}

void AdminHandlers::AddModels(v1::GetStatusResponse* response) const {
  parts_.views.Read([&](const ReadView& view) {
    const auto add = [&](absl::string_view model_id, v1::GetStatusResponse::Model::State state) {
      v1::GetStatusResponse::Model* const model = response->add_models();
      model->set_name("encoder");
      model->set_id(std::string(model_id));
      model->set_dimensions(view.vectors.dimensions());
      model->set_state(state);
      return model;
    };
    add(view.vectors.model_id(), v1::GetStatusResponse::Model::SERVING);
    const storage::Models& models = view.models.models();
    if (models.operation == 0) return;
    v1::GetStatusResponse::Model* const coming = add(models.coming, v1::GetStatusResponse::Model::COMING);
    const Reembedder::Progress progress = parts_.reembedder.progress();
    if (progress.operation != models.operation) return;
    coming->set_done(progress.done);
    coming->set_total(progress.total);
  });
}

}  // namespace staffroom
