#include "service/converters/recommend_checks.h"

#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "staffroom/v1/asker.pb.h"
#include "staffroom/v1/item.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "staffroom/v1/vocabulary.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using ItemRefs = google::protobuf::RepeatedPtrField<v1::ItemRef>;

void CheckItemRef(const FieldPath& path, const v1::ItemRef& ref, FieldChecks& checks) {
  switch (ref.item_case()) {
    case v1::ItemRef::kAccountId:
      return checks.Id(path.Field("account_id"), ref.account_id());
    case v1::ItemRef::kPostId:
      return checks.Id(path.Field("post_id"), ref.post_id());
    case v1::ItemRef::kResourceId:
      return checks.Id(path.Field("resource_id"), ref.resource_id());
    case v1::ItemRef::ITEM_NOT_SET:
      break;
  }
  checks.Add(path.Field("item"), reason::kFieldRequired, "an account_id, a post_id or a resource_id is required");
}

void CheckItemRefs(const FieldPath& path, const ItemRefs& refs, int max, FieldChecks& checks) {
  if (!checks.Count(path, refs.size(), max)) return;
  for (int i = 0; i < refs.size(); ++i) CheckItemRef(path.At(i), refs[i], checks);
}

template <typename Request>
void CheckAsker(const Request& request, FieldChecks& checks) {
  switch (request.asker_case()) {
    case Request::kAccountId:
      return checks.Id(FieldPath("account_id"), request.account_id());
    case Request::kProfile:
      return CheckProfile(FieldPath("profile"), request.profile(), checks);
    case Request::ASKER_NOT_SET:
      break;
  }
  checks.Add(FieldPath("asker"), reason::kFieldRequired, "who asks is required: an account_id or a profile");
}

}  // namespace

void CheckProfile(const FieldPath& path, const v1::AskerProfile& profile, FieldChecks& checks) {
  if (profile.interests().empty() && profile.subjects().empty() && profile.grade_bands().empty() &&
      profile.languages().empty() && profile.region().empty()) {
    return checks.Add(path, reason::kFieldRequired, "a profile says at least one thing about the visitor");
  }
  checks.Words(path.Field("interests"), profile.interests(), limits::kInterests, limits::kInterestBytes);
  checks.Words(path.Field("subjects"), profile.subjects(), limits::kSubjects, limits::kSubjectBytes);
  checks.Values<v1::GradeBand::Value>(path.Field("grade_bands"), profile.grade_bands(), limits::kGradeBands);
  checks.Languages(path.Field("languages"), profile.languages());
  checks.Region(path.Field("region"), profile.region());
}

template <typename Request>
void CheckRecommend(const Request& request, storage::ItemKind wanted, FieldChecks& checks) {
  CheckAsker(request, checks);
  checks.Range(FieldPath("count"), request.count(), 0, limits::kCountMax);
  CheckFilter(FieldPath("filter"), request.filter(), wanted, checks);
  CheckItemRefs(FieldPath("exclude"), request.exclude(), limits::kExcludeMax, checks);
  CheckItemRefs(FieldPath("liked"), request.liked(), limits::kExamplesMax, checks);
  CheckItemRefs(FieldPath("disliked"), request.disliked(), limits::kExamplesMax, checks);
  if (request.has_diversity()) checks.Share(FieldPath("diversity"), request.diversity());
  if (request.has_exploration()) checks.Share(FieldPath("exploration"), request.exploration());
  if (request.has_emerging_share()) checks.Share(FieldPath("emerging_share"), request.emerging_share());
  checks.Text(FieldPath("experiment"), request.experiment(), limits::kLabelBytes);
  checks.Text(FieldPath("variant"), request.variant(), limits::kLabelBytes);
  checks.Known(FieldPath("view"), request.view());
}

template void CheckRecommend(const v1::RecommendAccountsRequest&, storage::ItemKind, FieldChecks&);
template void CheckRecommend(const v1::RecommendResourcesRequest&, storage::ItemKind, FieldChecks&);

}  // namespace staffroom
