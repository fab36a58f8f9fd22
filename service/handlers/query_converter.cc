#include "service/handlers/query_converter.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/errors.h"
#include "service/base/limits.h"
#include "service/converters/enum_numbers.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/recommend_checks.h"
#include "service/converters/time_converter.h"
#include "service/embedding/text_vectors.h"
#include "service/handlers/surfaces.h"
#include "service/recommend/query.h"
#include "service/tokens/revision.h"
#include "service/views/profile_formula.h"
#include "service/views/vector_sum.h"
#include "staffroom/v1/asker.pb.h"
#include "staffroom/v1/filter.pb.h"
#include "staffroom/v1/item.pb.h"
#include "staffroom/v1/recommend.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;
using Numbers = google::protobuf::RepeatedField<int>;

std::vector<std::string> ListOf(const Strings& strings) { return {strings.begin(), strings.end()}; }
std::vector<int> ListOf(const Numbers& numbers) { return {numbers.begin(), numbers.end()}; }

ItemRef ToItemRef(const v1::ItemRef& ref) {
  switch (ref.item_case()) {
    case v1::ItemRef::kPostId:
      return {storage::ITEM_POST, ref.post_id()};
    case v1::ItemRef::kResourceId:
      return {storage::ITEM_RESOURCE, ref.resource_id()};
    default:
      return {storage::ITEM_ACCOUNT, ref.account_id()};
  }
}

std::vector<ItemRef> ListOf(const google::protobuf::RepeatedPtrField<v1::ItemRef>& refs) {
  std::vector<ItemRef> items;
  items.reserve(static_cast<size_t>(refs.size()));
  for (const v1::ItemRef& ref : refs) items.push_back(ToItemRef(ref));
  return items;
}

ProfileAsker ToProfileAsker(const v1::AskerProfile& profile) {
  return {.interests = ListOf(profile.interests()),
          .subjects = ListOf(profile.subjects()),
          .grade_bands = ListOf(profile.grade_bands()),
          .languages = ListOf(profile.languages()),
          .region = profile.region()};
}

QueryFilter ToQueryFilter(const v1::Filter& filter) {
  QueryFilter query;
  for (const int kind : filter.account_kinds()) query.account_kinds.push_back(static_cast<storage::AccountKind>(kind));
  query.resource_kinds = ListOf(filter.resource_kinds());
  query.subjects = ListOf(filter.subjects());
  query.grade_bands = ListOf(filter.grade_bands());
  query.languages = ListOf(filter.languages());
  query.regions = ListOf(filter.regions());
  query.tags_any = ListOf(filter.tags().any());
  query.tags_all = ListOf(filter.tags().all());
  query.tags_none = ListOf(filter.tags().none());
  query.max_minutes = filter.max_minutes();
  if (filter.has_follower_count()) query.follower_count_min = filter.follower_count().min();
  if (filter.follower_count().has_max()) query.follower_count_max = filter.follower_count().max();
  if (filter.published().has_after()) query.published_after = ToTime(filter.published().after());
  if (filter.published().has_before()) query.published_before = ToTime(filter.published().before());
  query.mentors_only = filter.mentors_only();
  return query;
}

}  // namespace

template <typename Request>
absl::StatusOr<Query> ToQuery(const Request& request, storage::ItemKind wanted, const Surfaces& surfaces) {
  FieldErrors errors;
  FieldChecks checks(&errors);
  CheckRecommend(request, wanted, checks);
  Query query;
  query.surface = request.surface().empty() ? std::string(Surfaces::kDefault) : request.surface();
  const Knobs* const preset = surfaces.Find(query.surface);
  checks.Text(FieldPath("surface"), query.surface, limits::kSurfaceBytes);
  if (preset == nullptr && query.surface.size() <= limits::kSurfaceBytes) {
    checks.Add(FieldPath("surface"), reason::kFieldOutOfRange,
               absl::StrCat("is none of the known surfaces: ", surfaces.KnownNames()));
  }
  if (!request.min_revision().empty() && !ParseRevision(request.min_revision()).has_value()) {
    checks.Add(FieldPath("min_revision"), reason::kFieldOutOfRange, "is no revision: send one as a response gave it");
  }
  if (!errors.empty()) return errors.ToStatus();

  query.item_kind = wanted;
  query.account_id = request.account_id();
  query.profile = ToProfileAsker(request.profile());
  query.count = request.count() == 0 ? limits::kCountDefault : request.count();
  query.filter = ToQueryFilter(request.filter());
  query.exclude = ListOf(request.exclude());
  query.liked = ListOf(request.liked());
  query.disliked = ListOf(request.disliked());
  query.knobs = *preset;
  if (request.has_diversity()) query.knobs.diversity = request.diversity();
  if (request.has_exploration()) query.knobs.exploration = request.exploration();
  if (request.has_emerging_share()) query.knobs.emerging_share = request.emerging_share();
  query.explain = request.explain();
  return query;
}

template absl::StatusOr<Query> ToQuery(const v1::RecommendAccountsRequest&, storage::ItemKind, const Surfaces&);
template absl::StatusOr<Query> ToQuery(const v1::RecommendResourcesRequest&, storage::ItemKind, const Surfaces&);

std::vector<float> ProfileVector(const embeddings::Encoder& encoder, const v1::AskerProfile& profile) {
  std::vector<float> mixed(static_cast<size_t>(encoder.dimensions()));
  std::vector<float> one(mixed.size());
  for (const auto& [field, words] : {std::make_pair(storage::INTERESTS, &profile.interests()),
                                     std::make_pair(storage::SUBJECTS, &profile.subjects())}) {
    encoder.Encode(JoinWords(*words), embeddings::TextKind::kKeywords, absl::MakeSpan(one));
    const float weight = profile_formula::FieldWeight(field);
    for (size_t i = 0; i < mixed.size(); ++i) mixed[i] += weight * one[i];
  }
  if (!Normalize(absl::MakeSpan(mixed))) mixed.clear();
  return mixed;
}

}  // namespace staffroom
