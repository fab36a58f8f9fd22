// The filter of a Recommend request (recommend_checks.h).
#include <cstdint>
#include <limits>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/errors.h"
#include "service/base/fold.h"
#include "service/base/limits.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/recommend_checks.h"
#include "service/converters/time_converter.h"
#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/filter.pb.h"
#include "staffroom/v1/resource.pb.h"
#include "staffroom/v1/vocabulary.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

void CheckTags(const FieldPath& path, const v1::Filter::Tags& tags, FieldChecks& checks) {
  checks.Words(path.Field("any"), tags.any(), limits::kTags, limits::kTagBytes);
  checks.Words(path.Field("all"), tags.all(), limits::kTags, limits::kTagBytes);
  checks.Words(path.Field("none"), tags.none(), limits::kTags, limits::kTagBytes);
  if (tags.none().empty() || tags.none_size() > limits::kTags) return;
  absl::flat_hash_set<std::string> wanted;
  for (const Strings* list : {&tags.any(), &tags.all()}) {
    if (list->size() > limits::kTags) return;
    for (const std::string& tag : *list) wanted.insert(FoldWord(tag));
  }
  const FieldPath none = path.Field("none");
  for (int i = 0; i < tags.none_size(); ++i) {
    if (!wanted.contains(FoldWord(tags.none(i)))) continue;
    checks.Add(none.At(i), reason::kContradictoryFilter, "is wanted by `any` or `all` as well");
  }
}

void CheckFollowerCount(const FieldPath& path, const v1::Filter::FollowerCount& bounds, FieldChecks& checks) {
  checks.Range(path.Field("min"), bounds.min(), 0, std::numeric_limits<int64_t>::max());
  if (!bounds.has_max()) return;
  checks.Range(path.Field("max"), bounds.max(), 0, std::numeric_limits<int64_t>::max());
  if (bounds.max() < bounds.min()) {
    checks.Add(path.Field("max"), reason::kContradictoryFilter, "is below `min`");
  }
}

void CheckPublished(const FieldPath& path, const v1::Filter::Published& bounds, FieldChecks& checks) {
  if (bounds.has_after()) CheckTimestamp(path.Field("after"), bounds.after(), checks);
  if (bounds.has_before()) CheckTimestamp(path.Field("before"), bounds.before(), checks);
  if (bounds.has_after() && bounds.has_before() && ToTime(bounds.before()) <= ToTime(bounds.after())) {
    checks.Add(path.Field("before"), reason::kContradictoryFilter, "is not later than `after`");
  }
}

// A part that was given, though things of the wanted kind have nothing that it could hold of.
void CheckConcerns(const FieldPath& path, bool given, bool concerns, FieldChecks& checks) {
  if (given && !concerns) {
    checks.Add(path, reason::kContradictoryFilter, "cannot hold of the kind of thing that is asked for");
  }
}

}  // namespace

void CheckFilter(const FieldPath& path, const v1::Filter& filter, storage::ItemKind wanted, FieldChecks& checks) {
  checks.Values<v1::Account::Kind>(path.Field("account_kinds"), filter.account_kinds(), limits::kFilterWords);
  checks.Values<v1::Resource::Kind>(path.Field("resource_kinds"), filter.resource_kinds(), limits::kFilterWords);
  checks.Words(path.Field("subjects"), filter.subjects(), limits::kSubjects, limits::kSubjectBytes);
  checks.Values<v1::GradeBand::Value>(path.Field("grade_bands"), filter.grade_bands(), limits::kGradeBands);
  checks.Languages(path.Field("languages"), filter.languages(), limits::kFilterWords);
  checks.Regions(path.Field("regions"), filter.regions());
  CheckTags(path.Field("tags"), filter.tags(), checks);
  checks.Range(path.Field("max_minutes"), filter.max_minutes(), 0, limits::kMinutes);
  CheckFollowerCount(path.Field("follower_count"), filter.follower_count(), checks);
  CheckPublished(path.Field("published"), filter.published(), checks);

  const bool accounts = wanted == storage::ITEM_ACCOUNT;
  const bool resources = wanted == storage::ITEM_RESOURCE;
  CheckConcerns(path.Field("account_kinds"), !filter.account_kinds().empty(), accounts, checks);
  CheckConcerns(path.Field("resource_kinds"), !filter.resource_kinds().empty(), resources, checks);
  CheckConcerns(path.Field("regions"), !filter.regions().empty(), accounts, checks);
  CheckConcerns(path.Field("max_minutes"), filter.max_minutes() != 0, resources, checks);
  CheckConcerns(path.Field("follower_count"), filter.has_follower_count(), accounts, checks);
  CheckConcerns(path.Field("published"), filter.has_published(), !accounts, checks);
  CheckConcerns(path.Field("mentors_only"), filter.mentors_only(), accounts, checks);
}

}  // namespace staffroom
