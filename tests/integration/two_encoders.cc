// A staffroomd for tests, whose encoder can be chosen: `--test_encoder=words` computes other vectors than the hashing encoder,
// and slowly, so that a test can meet it at work.
#include <memory>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "service/server/encoding.h"
#include "tests/support/word_encoder.h"

ABSL_FLAG(std::string, test_encoder, "hashing", "hashing or words.");
ABSL_FLAG(absl::Duration, test_encoder_pause, absl::ZeroDuration(), "Before each text.");

namespace staffroom {

absl::StatusOr<Application::Encoding> ChooseEncoding(const ServerOptions&) {
  const auto make_words = [] {
    auto words = std::make_unique<WordEncoder>("words", 3);
    words->Before([pause = absl::GetFlag(FLAGS_test_encoder_pause)] { absl::SleepFor(pause); });
    return words;
  };
  Application::Encoding encoding;
  if (absl::GetFlag(FLAGS_test_encoder) == "words") encoding.configured = make_words();
  encoding.former = [make_words](absl::string_view model_id) -> std::unique_ptr<embeddings::Encoder> {
    if (model_id == "words") return make_words();
    return nullptr;
  };
  encoding.reembedding.page_items = 5;
  return encoding;
}

}  // namespace staffroom
