#ifndef STAFFROOM_SERVICE_CONVERTERS_POST_CONVERTER_H_
#define STAFFROOM_SERVICE_CONVERTERS_POST_CONVERTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "service/converters/mask_converter.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/post.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

// What an update mask of a post may name.
absl::Span<const MaskField> PostMaskFields();

// The mutation of a request, without vectors. INVALID_ARGUMENT with every wrong field. `now` bounds the times in it.
absl::StatusOr<storage::Mutation> ToMutation(const v1::UpsertPostRequest& request, absl::Time now);
absl::StatusOr<storage::Mutation> ToMutation(const v1::DeletePostRequest& request);

// The ids behind the ordinals of a post's record; "" for what is gone.
struct PostNames {
  std::string author_id;
  std::vector<std::string> resource_ids;  // in the record's order
  std::string in_reply_to;
};

// The post as callers read it.
v1::Post ToMessage(const storage::PostRecord& record, const PostNames& names);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_POST_CONVERTER_H_
