#include "service/server/encoding.h"

#include "absl/status/statusor.h"
#include "service/server/application.h"
#include "service/server/flags.h"

namespace staffroom {

absl::StatusOr<Application::Encoding> ChooseEncoding(const ServerOptions&) { return Application::Encoding(); }

}  // namespace staffroom
