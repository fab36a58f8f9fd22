#ifndef STAFFROOM_TESTS_HANDLERS_SERVICE_UNDER_TEST_H_
#define STAFFROOM_TESTS_HANDLERS_SERVICE_UNDER_TEST_H_

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "embeddings/encoder/encoder.h"
#include "gtest/gtest.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/embedding/encoders.h"
#include "service/embedding/reembedder.h"
#include "service/engine/engine.h"
#include "service/handlers/account_handlers.h"
#include "service/handlers/admin_handlers.h"
#include "service/handlers/attribution.h"
#include "service/handlers/interaction_handlers.h"
#include "service/handlers/operation_handlers.h"
#include "service/handlers/own_errors.h"
#include "service/handlers/post_handlers.h"
#include "service/handlers/recommendation_handlers.h"
#include "service/handlers/resource_handlers.h"
#include "service/handlers/surfaces.h"
#include "service/recommend/filter.h"
#include "service/recommend/recommender.h"
#include "service/recommend/source.h"
#include "service/tokens/attribution_token.h"
#include "service/tokens/list_token.h"
#include "service/tokens/page_token.h"
#include "service/tokens/sealer.h"
#include "service/views/views.h"
#include "storage/memory_store.h"
#include "tests/converters/messages.h"
#include "tests/support/capturing_log.h"
#include "tests/support/fault_store.h"
#include "tests/support/hand_clock.h"

namespace staffroom {

// A whole service without gRPC: every handler over a store in memory, exact indexes, a clock moved by hand. Calls wait for
// their answer.
class ServiceUnderTest {
 public:
  // How a service is to be, where a test minds.
  struct Setup {
    storage::Exposure default_exposure = storage::EVERYBODY;
    std::unique_ptr<embeddings::Encoder> encoder = embeddings::NewHashingEncoder();
    Encoders::Maker former_encoders = nullptr;
    storage::Store* memory = nullptr;  // another service's, which has ended; null: an empty one of its own
    bool begins_embedding = false;  // as the server does: says in the store which model serves, and begins what is due
    Reembedder::Options reembedding = {.page_items = 3, .rest = 0};
  };

  explicit ServiceUnderTest(storage::Exposure default_exposure = storage::EVERYBODY)
      : ServiceUnderTest(Setup{.default_exposure = default_exposure}) {}
  explicit ServiceUnderTest(Setup setup)
      : store(setup.memory != nullptr ? setup.memory : &memory),
        encoders_(std::move(setup.encoder), setup.former_encoders),
        views_(MakeViews(encoders_.configured(), setup.default_exposure)) {
    const storage::Exposure default_exposure = setup.default_exposure;
    Engine::Options options;
    options.draw_epoch = [] { return kEpoch; };
    engine_ = std::make_unique<Engine>(std::move(options), &store, views_.get(), &clock);
    if (!engine_->Start().ok()) std::abort();
    reembedder_ = std::make_unique<Reembedder>(setup.reembedding, engine_.get(), &store, &encoders_);
    if (setup.begins_embedding && !reembedder_->Begin(Serving()).ok()) std::abort();
    const CatalogParts catalog{*engine_, store, *views_, encoders_, clock, log, lists_, default_exposure};
    accounts_ = std::make_unique<AccountHandlers>(catalog);
    posts_ = std::make_unique<PostHandlers>(catalog);
    resources_ = std::make_unique<ResourceHandlers>(catalog);
    attribution_ = std::make_unique<Attribution>(&sealer, &clock, views_.get());
    interactions_ =
        std::make_unique<InteractionHandlers>(InteractionHandlers::Parts{*engine_, *attribution_, clock, log});
    recommendations_ = std::make_unique<RecommendationHandlers>(RecommendationParts());
    admin_ = std::make_unique<AdminHandlers>(AdminParts());
    operations_ = std::make_unique<OperationHandlers>(
        OperationHandlers::Parts{*engine_, *views_, encoders_, *reembedder_, clock, lists_});
  }
  ~ServiceUnderTest() { engine_->Stop(); }

  static constexpr uint64_t kEpoch = 7;

  // Calls the RPC whose request this is, with a request in text form: Call<v1::GetAccountRequest>("id: 'ada'").
  template <typename Request>
  auto Call(const std::string& text) {
    return Call(Parse<Request>(text));
  }
  template <typename Request>
  auto Call(const Request& request) {
    return Dispatch(request);
  }
  // The same where the answer must be OK.
  template <typename Request>
  auto Must(const std::string& text) {
    return Must(Parse<Request>(text));
  }
  template <typename Request>
  auto Must(const Request& request) {
    auto answer = Dispatch(request);
    EXPECT_TRUE(answer.ok()) << Request::descriptor()->name() << " " << request.ShortDebugString() << " answered "
                             << answer.status();
    return answer.ok() ? *std::move(answer) : typename decltype(answer)::value_type();
  }

  // Sum over all exact state: equal before and after what changed nothing.
  uint64_t Digest() {
    std::promise<uint64_t> digest;
    engine_->RunBetweenBatches([&] { digest.set_value(views_->Digest()); });
    return digest.get_future().get();
  }
  uint64_t Revision() const { return engine_->gate().applied(); }
  // Until no deletion has anything left to purge.
  void FinishPurges() {
    while (engine_->oldest_purge_time() != 0) Digest();
    Digest();  // the last slice is on the disk before the views have it: wait for the batch to end
  }
  template <typename Read>
  void ReadViews(Read read) const {
    views_->Read(read);
  }
  // Everything that RecommendationHandlers are made of, so that a test can put a part of its own in.
  RecommendationHandlers::Parts RecommendationParts() {
    return {*views_, *recommender_, encoders_, surfaces_, pages_, answers_, clock, engine_->gate(), kEpoch, AtOnce};
  }
  // The same of AdminHandlers.
  AdminHandlers::Parts AdminParts() {
    return {*engine_,
            *views_,
            *reembedder_,
            BuildInfo{"0.1.0", "GNU 12", "Debug"},
            1000,
            [] { return int64_t{3}; },
            [this] { return store.reads(); },
            AtOnce};
  }
  std::string Serving() const {
    std::string model_id;
    views_->Read([&](const ReadView& view) { model_id = std::string(view.vectors.model_id()); });
    return model_id;
  }
  // Until no profile is stale.
  void Settle() {
    while (!views_->SettleSome()) {
    }
  }
  Engine& engine() { return *engine_; }
  Reembedder& reembedder() { return *reembedder_; }
  const embeddings::Encoder& encoder() const { return encoders_.configured(); }
  const AttributionTokens& attribution_tokens() const { return answers_; }

  HandClock clock;
  CapturingLog log;
  storage::MemoryStore memory;
  FaultStore store;
  Sealer sealer = *Sealer::Create(std::string(Sealer::kKeyBytes, 'k'));
  const std::shared_ptr<CallContext> context = std::make_shared<CallContext>();

 private:
  static void AtOnce(absl::AnyInvocable<void()> task) { task(); }

  static std::unique_ptr<Views> MakeViews(const embeddings::Encoder& encoder, storage::Exposure default_exposure) {
    Views::Options options;
    options.default_exposure = default_exposure;
    options.vectors.model_id = std::string(encoder.model_id());
    options.vectors.index.dimensions = static_cast<size_t>(encoder.dimensions());
    options.vectors.index.exact_only = true;
    return *Views::Create(std::move(options));
  }

  template <typename Handlers, typename Request, typename Response, typename Method>
  absl::StatusOr<Response> Wait(Handlers& handlers, Method method, const Request& request) {
    std::promise<absl::StatusOr<Response>> promise;
    auto answer = promise.get_future();
    Serve(handlers, method, context, request,
          Reply<Response>::To([&promise](absl::StatusOr<Response> given) { promise.set_value(std::move(given)); }));
    return answer.get();
  }

#define STAFFROOM_RPC(rpc, handlers, type)                                                    \
  absl::StatusOr<v1::rpc##Response> Dispatch(const v1::rpc##Request& request) {               \
    return Wait<type, v1::rpc##Request, v1::rpc##Response>(*(handlers), &type::rpc, request); \
  }
  STAFFROOM_RPC(UpsertAccount, accounts_, AccountHandlers)
  STAFFROOM_RPC(BatchUpsertAccounts, accounts_, AccountHandlers)
  STAFFROOM_RPC(GetAccount, accounts_, AccountHandlers)
  STAFFROOM_RPC(DeleteAccount, accounts_, AccountHandlers)
  STAFFROOM_RPC(ListAccounts, accounts_, AccountHandlers)
  STAFFROOM_RPC(UpsertPost, posts_, PostHandlers)
  STAFFROOM_RPC(BatchUpsertPosts, posts_, PostHandlers)
  STAFFROOM_RPC(GetPost, posts_, PostHandlers)
  STAFFROOM_RPC(DeletePost, posts_, PostHandlers)
  STAFFROOM_RPC(ListPosts, posts_, PostHandlers)
  STAFFROOM_RPC(UpsertResource, resources_, ResourceHandlers)
  STAFFROOM_RPC(BatchUpsertResources, resources_, ResourceHandlers)
  STAFFROOM_RPC(GetResource, resources_, ResourceHandlers)
  STAFFROOM_RPC(DeleteResource, resources_, ResourceHandlers)
  STAFFROOM_RPC(ListResources, resources_, ResourceHandlers)
  STAFFROOM_RPC(WriteInteraction, interactions_, InteractionHandlers)
  STAFFROOM_RPC(BatchWriteInteractions, interactions_, InteractionHandlers)
  STAFFROOM_RPC(DeleteInteraction, interactions_, InteractionHandlers)
  STAFFROOM_RPC(RecommendAccounts, recommendations_, RecommendationHandlers)
  STAFFROOM_RPC(RecommendResources, recommendations_, RecommendationHandlers)
  STAFFROOM_RPC(GetStatus, admin_, AdminHandlers)
  STAFFROOM_RPC(Reembed, operations_, OperationHandlers)
  STAFFROOM_RPC(GetOperation, operations_, OperationHandlers)
  STAFFROOM_RPC(ListOperations, operations_, OperationHandlers)
  STAFFROOM_RPC(CancelOperation, operations_, OperationHandlers)
#undef STAFFROOM_RPC

  Encoders encoders_;
  const std::unique_ptr<Views> views_;
  const std::unique_ptr<Recommender> recommender_ =
      *Recommender::Create({}, DefaultSources(nullptr), DefaultFilters(), &clock);
  const Surfaces surfaces_{Surfaces::BuiltIn()};
  const ListTokens lists_{&sealer};
  const PageTokens pages_{&sealer, &clock};
  const AttributionTokens answers_{&sealer, &clock};
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Reembedder> reembedder_;
  std::unique_ptr<AccountHandlers> accounts_;
  std::unique_ptr<PostHandlers> posts_;
  std::unique_ptr<ResourceHandlers> resources_;
  std::unique_ptr<Attribution> attribution_;
  std::unique_ptr<InteractionHandlers> interactions_;
  std::unique_ptr<RecommendationHandlers> recommendations_;
  std::unique_ptr<AdminHandlers> admin_;
  std::unique_ptr<OperationHandlers> operations_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_HANDLERS_SERVICE_UNDER_TEST_H_
