#include "service/server/encoding.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "embeddings/encoder/encoder.h"
#include "embeddings/encoder/static_encoder.h"
#include "embeddings/models/shipped_model.h"
#include "service/server/application.h"
#include "service/server/flags.h"

namespace staffroom {
namespace {

absl::StatusOr<std::unique_ptr<embeddings::Encoder>> ShippedEncoder() {
  const absl::StatusOr<std::string> path = embeddings::FindShippedModel();
  if (!path.ok()) return path.status();
  return embeddings::NewStaticEncoder(*path);
}

// For a store that was last served by another encoder than today's. Null where today's program has none of that id.
std::unique_ptr<embeddings::Encoder> ShippedEncoderOf(absl::string_view model_id) {
  absl::StatusOr<std::unique_ptr<embeddings::Encoder>> shipped = ShippedEncoder();
  return shipped.ok() && (*shipped)->model_id() == model_id ? *std::move(shipped) : nullptr;
}

}  // namespace

absl::StatusOr<Application::Encoding> ChooseEncoding(const ServerOptions& options) {
  Application::Encoding encoding;
  encoding.former = ShippedEncoderOf;
  if (options.encoder == ServerOptions::EncoderKind::kHashing) return encoding;
  absl::StatusOr<std::unique_ptr<embeddings::Encoder>> encoder =
      options.model.empty() ? ShippedEncoder() : embeddings::NewStaticEncoder(options.model);
  if (!encoder.ok()) {
    return absl::Status(encoder.status().code(),
                        absl::StrCat(encoder.status().message(), "; --encoder=hashing starts without a model"));
  }
  encoding.configured = *std::move(encoder);
  return encoding;
}

}  // namespace staffroom
