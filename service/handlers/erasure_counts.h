#ifndef STAFFROOM_SERVICE_HANDLERS_ERASURE_COUNTS_H_
#define STAFFROOM_SERVICE_HANDLERS_ERASURE_COUNTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "service/dispatch/call_context.h"
#include "service/handlers/record_reader.h"
#include "staffroom/v1/catalog_accounts.pb.h"

namespace staffroom {

// What erasing an account would take along, counted at the reader's moment by walking it, in memory that does not grow with
// the account. ACCOUNT_NOT_FOUND; CANCELLED once nobody waits.
absl::StatusOr<v1::DeleteAccountResponse::Counts> CountErasure(const RecordReader& reader,
                                                               const std::string& account_id,
                                                               const CallContext& context);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_ERASURE_COUNTS_H_
