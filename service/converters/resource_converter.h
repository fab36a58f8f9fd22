#ifndef STAFFROOM_SERVICE_CONVERTERS_RESOURCE_CONVERTER_H_
#define STAFFROOM_SERVICE_CONVERTERS_RESOURCE_CONVERTER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/converters/mask_converter.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/resource.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// What an update mask of a resource may name.
absl::Span<const MaskField> ResourceMaskFields();

// The mutation of a request, without vectors. INVALID_ARGUMENT with every wrong field. `now` bounds the times in it.
absl::StatusOr<storage::Mutation> ToMutation(const v1::UpsertResourceRequest& request, absl::Time now);
absl::StatusOr<storage::Mutation> ToMutation(const v1::DeleteResourceRequest& request);

// The ids behind the ordinals of a resource's record; "" for what is unset or gone.
struct ResourceNames {
  std::string author_id;
  std::string publisher_id;
};

// The resource as callers read it.
v1::Resource ToMessage(const storage::ResourceRecord& record, const ResourceNames& names);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_RESOURCE_CONVERTER_H_
