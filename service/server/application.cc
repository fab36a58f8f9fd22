#include "service/server/application.h"

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "embeddings/encoder/hashing_encoder.h"
#include "service/recommend/filter.h"
#include "service/recommend/source.h"
#include "service/tokens/sealing_key.h"

namespace staffroom {
namespace {

// The fallback's list of what is popular is made anew this often, or where making it takes long, so often that it takes a
// hundredth of a core.
constexpr absl::Duration kPopularityRefresh = absl::Seconds(2);
constexpr int kPopularityRest = 100;
// How soon a full segment of a vector index is given its graph; until then it is scanned.
constexpr absl::Duration kIndexBuildPause = absl::Milliseconds(500);
// How soon profiles that a batch left stale are refreshed where no later batch does it, and how long the lock is left to
// others between two slices of that.
constexpr absl::Duration kSettlePause = absl::Milliseconds(100);
constexpr absl::Duration kSlicePause = absl::Milliseconds(1);

// How soon an operation is begun that was asked for.
constexpr absl::Duration kEmbeddingPause = absl::Milliseconds(100);

BuildInfo ThisBuild() { return {STAFFROOM_VERSION, STAFFROOM_COMPILER, STAFFROOM_BUILD_TYPE}; }

uint64_t DrawEpoch() {
  std::random_device device;
  return (uint64_t{device()} << 32) | device();
}

Encoders::Maker WithHashing(Encoders::Maker maker) {
  return [maker = std::move(maker)](absl::string_view model_id) -> std::unique_ptr<embeddings::Encoder> {
    std::unique_ptr<embeddings::Encoder> hashing = embeddings::NewHashingEncoder();
    if (hashing->model_id() == model_id) return hashing;
    return maker ? maker(model_id) : nullptr;
  };
}

}  // namespace

absl::StatusOr<std::unique_ptr<Application>> Application::Open(const Options& options, const Surroundings& surroundings,
                                                               Encoding encoding) {
  std::unique_ptr<Application> application(new Application(options, surroundings));
  if (absl::Status status = application->Build(std::move(encoding)); !status.ok()) return status;
  return application;
}

Application::Application(const Options& options, const Surroundings& surroundings)
    : options_(options), surroundings_(surroundings), surfaces_(Surfaces::BuiltIn()) {}

Application::~Application() { Stop(); }

absl::Status Application::Build(Encoding encoding) {
  if (encoding.configured->dimensions() != embeddings::kDimensions) {
    return absl::InvalidArgumentError(absl::StrCat("the encoder \"", encoding.configured->model_id(), "\" has ",
                                                   encoding.configured->dimensions(), " dimensions, not ",
                                                   embeddings::kDimensions));
  }
  encoders_ = std::make_unique<Encoders>(std::move(encoding.configured), WithHashing(std::move(encoding.former)));
  storage::RocksDbStore::Options store_options;
  store_options.dir = options_.data_dir;
  store_options.relaxed_sync = options_.relaxed_sync;
  absl::StatusOr<std::unique_ptr<storage::RocksDbStore>> store = storage::RocksDbStore::Open(store_options);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);

  Views::Options view_options;
  view_options.default_exposure = options_.default_exposure;
  view_options.vectors.model_id = std::string(encoders_->configured().model_id());
  view_options.vectors.index.dimensions = static_cast<size_t>(embeddings::kDimensions);
  absl::StatusOr<std::unique_ptr<Views>> views = Views::Create(std::move(view_options));
  if (!views.ok()) return views.status();
  views_ = *std::move(views);
  engine_ = std::make_unique<Engine>(EngineOptions(), store_.get(), views_.get(), &surroundings_.clock);
  reembedder_ = std::make_unique<Reembedder>(encoding.reembedding, engine_.get(), store_.get(), encoders_.get());

  absl::StatusOr<std::unique_ptr<Recommender>> recommender =
      Recommender::Create({}, DefaultSources(&popular_), DefaultFilters(), &surroundings_.clock);
  if (!recommender.ok()) return recommender.status();
  recommender_ = *std::move(recommender);

  const absl::StatusOr<std::string> key = LoadOrCreateSealingKey(absl::StrCat(options_.data_dir, "/token.key"));
  if (!key.ok()) return key.status();
  absl::StatusOr<Sealer> sealer = Sealer::Create(*key);
  if (!sealer.ok()) return sealer.status();
  tokens_ = std::make_unique<TokenDesk>(*std::move(sealer), &surroundings_.clock, views_.get());
  return absl::OkStatus();
}

Engine::Options Application::EngineOptions() {
  Engine::Options options;
  options.completion_executor = [this](absl::AnyInvocable<void()> task) {
    surroundings_.lanes.interactive.Post(std::move(task));
  };
  options.on_read_only = [this](const absl::Status& why) {
    surroundings_.readiness.Set(Phase::kReadOnly);
    surroundings_.log.Write(LogLevel::kError, "read_only", JsonFields().Text("why", why.ToString()));
  };
  options.on_error = [this](absl::string_view doing, const absl::Status& why) {
    // Its message can hold a key, and so an id.
    surroundings_.log.Write(LogLevel::kWarning, "engine",
                            JsonFields().Text("doing", doing).Text("code", absl::StatusCodeToString(why.code())));
  };
  options.draw_epoch = DrawEpoch;
  options.renew_epoch = store_->may_have_lost_writes();
  return options;
}

absl::Status Application::Start() {
  if (absl::Status status = engine_->Start(); !status.ok()) return status;
  if (absl::Status status = BeginEmbedding(); !status.ok()) return status;
  RefreshPopularity();  // a visitor must find something from the first call on
  handlers_ = MakeHandlers();
  handler_slot_.Set(handlers_.get());
  StartBackground();
  return absl::OkStatus();
}

std::string Application::ServingModel() const {
  std::string serving;
  views_->Read([&serving](const ReadView& view) { serving = std::string(view.vectors.model_id()); });
  return serving;
}

// Before the handlers are set: no write may come that brings no vector of the coming model.
absl::Status Application::BeginEmbedding() {
  const std::string serving = ServingModel();
  if (absl::Status status = reembedder_->Begin(serving); !status.ok()) return status;
  if (const absl::string_view coming = encoders_->configured().model_id(); coming != ServingModel()) {
    surroundings_.log.Write(LogLevel::kInfo, "takeover_begins", JsonFields().Text("from", serving).Text("to", coming));
  }
  if (encoders_->serving() == nullptr) {
    surroundings_.log.Write(
        LogLevel::kWarning, "encoder_missing",
        JsonFields()
            .Text("model", serving)
            .Text("until", "the configured one has taken over, visitors' texts find nothing by content"));
  }
  return absl::OkStatus();
}

void Application::RefreshPopularity() {
  popular_.Rebuild([this](absl::FunctionRef<void(const ReadView&)> read) { views_->Read(read); },
                   surroundings_.clock.Now());
}

void Application::StartBackground() {
  popularity_refresh_ =
      std::make_unique<PeriodicTask>(kPopularityRefresh, [this, next = absl::InfinitePast()]() mutable {
        const absl::Time begin = surroundings_.clock.Now();
        if (begin < next) return;
        RefreshPopularity();
        next = begin + kPopularityRest * (surroundings_.clock.Now() - begin);
      });
  profile_settler_ = std::make_unique<PeriodicTask>(kSettlePause, [this] {
    while (!stopping_ && !views_->SettleSome()) absl::SleepFor(kSlicePause);
  });
  index_builder_ = std::make_unique<PeriodicTask>(kIndexBuildPause, [this] {
    if (const absl::StatusOr<bool> built = views_->BuildSegment(stopping_); !built.ok()) {
      surroundings_.log.Write(LogLevel::kWarning, "index_build", JsonFields().Text("why", built.status().ToString()));
    }
  });
  embedding_worker_ = std::make_unique<PeriodicTask>(kEmbeddingPause, [this] {
    const std::string before = ServingModel();
    const absl::Status status = reembedder_->Work(stopping_);
    if (const std::string now = ServingModel(); now != before) {
      surroundings_.log.Write(LogLevel::kInfo, "takeover_done", JsonFields().Text("from", before).Text("to", now));
    }
    if (!status.ok()) {  // its message can hold a key
      surroundings_.log.Write(LogLevel::kError, "embedding",
                              JsonFields().Text("code", absl::StatusCodeToString(status.code())));
    }
  });
}

std::unique_ptr<ServiceHandlers> Application::MakeHandlers() {
  const Clock& clock = surroundings_.clock;
  RequestPool& pool = surroundings_.lanes.interactive;
  const auto post = [&pool](absl::AnyInvocable<void()> task) { pool.Post(std::move(task)); };
  Log& log = surroundings_.log;
  const CatalogParts catalog{*engine_, *store_, *views_,        *encoders_,
                             clock,    log,     tokens_->lists, options_.default_exposure};
  // Each handler is made in its place: one that holds a lock cannot be moved. NOLINTNEXTLINE(modernize-make-unique)
  return std::unique_ptr<ServiceHandlers>(new ServiceHandlers{
      .accounts = AccountHandlers(catalog),
      .posts = PostHandlers(catalog),
      .resources = ResourceHandlers(catalog),
      .interactions = InteractionHandlers({*engine_, tokens_->attribution, clock, log}),
      .recommendations = RecommendationHandlers({*views_, *recommender_, *encoders_, surfaces_, tokens_->pages,
                                                 tokens_->answers, clock, engine_->gate(), engine_->epoch(), post}),
      .admin = AdminHandlers({*engine_, *views_, *reembedder_, ThisBuild(), options_.queue_capacity,
                              [&pool] { return static_cast<int64_t>(pool.waiting()); },
                              [this] { return store_->reads(); }, post}),
      .operations = OperationHandlers({*engine_, *views_, *encoders_, *reembedder_, clock, tokens_->lists}),
  });
}

void Application::Stop() {
  stopping_ = true;
  popularity_refresh_.reset();
  profile_settler_.reset();
  index_builder_.reset();
  embedding_worker_.reset();
  if (engine_ != nullptr) engine_->Stop();
}

}  // namespace staffroom
