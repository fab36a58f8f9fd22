#ifndef STAFFROOM_SERVICE_CONVERTERS_ACCOUNT_CONVERTER_H_
#define STAFFROOM_SERVICE_CONVERTERS_ACCOUNT_CONVERTER_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/converters/mask_converter.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// What an update mask of an account may name.
absl::Span<const MaskField> AccountMaskFields();

// The mutation of a request, without vectors. INVALID_ARGUMENT with every wrong field. `now` bounds the times in it.
absl::StatusOr<storage::Mutation> ToMutation(const v1::UpsertAccountRequest& request, absl::Time now);
absl::StatusOr<storage::Mutation> ToMutation(const v1::DeleteAccountRequest& request);

// The account as callers read it: what was never said is answered as what it means. The counts of followers are left out.
v1::Account ToMessage(const storage::AccountRecord& record, storage::Exposure default_exposure);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_ACCOUNT_CONVERTER_H_
