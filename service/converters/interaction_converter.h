#ifndef STAFFROOM_SERVICE_CONVERTERS_INTERACTION_CONVERTER_H_
#define STAFFROOM_SERVICE_CONVERTERS_INTERACTION_CONVERTER_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "staffroom/v1/interaction.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// The record's number of a kind: state kinds keep theirs, event kinds stand from 32 on disk.
// INTERACTION_KIND_UNSPECIFIED for one that this version does not know.
storage::InteractionKind ToRecordKind(v1::Interaction::Kind kind);

// The mutation of a request; whether it was attributed is left out. INVALID_ARGUMENT with every wrong field.
// `now` bounds the times in it.
absl::StatusOr<storage::Mutation> ToMutation(const v1::WriteInteractionRequest& request, absl::Time now);
absl::StatusOr<storage::Mutation> ToMutation(const v1::DeleteInteractionRequest& request, absl::Time now);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_INTERACTION_CONVERTER_H_
