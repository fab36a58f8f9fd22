#ifndef STAFFROOM_SERVICE_SERVER_ENCODING_H_
#define STAFFROOM_SERVICE_SERVER_ENCODING_H_

#include "absl/status/statusor.h"
#include "service/server/application.h"
#include "service/server/flags.h"

namespace staffroom {

// The encoders of this start, as the operator wants them. Compiled into the program and not into a library, so that a test's
// server can have others.
absl::StatusOr<Application::Encoding> ChooseEncoding(const ServerOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_SERVER_ENCODING_H_
