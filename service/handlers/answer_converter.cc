#include "service/handlers/answer_converter.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "service/recommend/answer.h"
#include "service/recommend/query.h"
#include "service/recommend/recommender.h"
#include "staffroom/v1/item.pb.h"
#include "staffroom/v1/reason.pb.h"
#include "staffroom/v1/result.pb.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

static_assert(static_cast<int>(ReasonKind::kFollowedByPeopleYouFollow) == v1::Reason::FOLLOWED_BY_PEOPLE_YOU_FOLLOW);
static_assert(static_cast<int>(ReasonKind::kFollowsYou) == v1::Reason::FOLLOWS_YOU);
static_assert(static_cast<int>(ReasonKind::kRepliedToYou) == v1::Reason::REPLIED_TO_YOU);
static_assert(static_cast<int>(ReasonKind::kSharesInterests) == v1::Reason::SHARES_INTERESTS);
static_assert(static_cast<int>(ReasonKind::kPostsAbout) == v1::Reason::POSTS_ABOUT);
static_assert(static_cast<int>(ReasonKind::kEngagedBySimilarTeachers) == v1::Reason::ENGAGED_BY_SIMILAR_TEACHERS);
static_assert(static_cast<int>(ReasonKind::kSimilarTo) == v1::Reason::SIMILAR_TO);
static_assert(static_cast<int>(ReasonKind::kSameSubjectAndGrade) == v1::Reason::SAME_SUBJECT_AND_GRADE);
static_assert(static_cast<int>(ReasonKind::kSameOrganization) == v1::Reason::SAME_ORGANIZATION);
static_assert(static_cast<int>(ReasonKind::kNearby) == v1::Reason::NEARBY);
static_assert(static_cast<int>(ReasonKind::kOffersMentoring) == v1::Reason::OFFERS_MENTORING);
static_assert(static_cast<int>(ReasonKind::kNew) == v1::Reason::NEW);
static_assert(static_cast<int>(ReasonKind::kPopular) == v1::Reason::POPULAR);

constexpr int kSourceBits = 32;

v1::ItemRef RefOf(const Result& result, storage::ItemKind kind) {
  v1::ItemRef ref;
  switch (kind) {
    case storage::ITEM_POST:
      ref.set_post_id(result.id);
      break;
    case storage::ITEM_RESOURCE:
      ref.set_resource_id(result.id);
      break;
    default:
      ref.set_account_id(result.id);
  }
  return ref;
}

v1::Reason ToMessage(const Reason& reason) {
  v1::Reason message;
  message.set_kind(static_cast<v1::Reason::Kind>(reason.kind));
  message.mutable_account_ids()->Add(reason.account_ids.begin(), reason.account_ids.end());
  message.mutable_post_ids()->Add(reason.post_ids.begin(), reason.post_ids.end());
  message.mutable_resource_ids()->Add(reason.resource_ids.begin(), reason.resource_ids.end());
  message.set_count(reason.count);
  message.set_topic(reason.topic);
  message.set_text(reason.text);
  return message;
}

}  // namespace

v1::Result ToMessage(const Result& result, storage::ItemKind kind, const Recommender& recommender,
                     v1::ResultView::Value view) {
  v1::Result message;
  *message.mutable_item() = RefOf(result, kind);
  message.set_score(result.score);
  for (const Reason& reason : result.reasons) *message.add_reasons() = ToMessage(reason);
  for (int source = 0; source < kSourceBits; ++source) {
    if ((result.sources >> source & 1) != 0) message.add_sources(std::string(recommender.source_name(source)));
  }
  if (view == v1::ResultView::IDS) return message;
  if (kind == storage::ITEM_RESOURCE) {
    message.mutable_summary()->set_title(result.label);
  } else {
    message.mutable_summary()->set_display_name(result.label);
  }
  return message;
}

v1::EffectiveSettings EffectiveSettingsOf(const Query& query) {
  v1::EffectiveSettings settings;
  settings.set_surface(query.surface);
  settings.set_count(query.count);
  settings.set_diversity(query.knobs.diversity);
  settings.set_exploration(query.knobs.exploration);
  settings.set_emerging_share(query.knobs.emerging_share);
  return settings;
}

v1::Trace ToMessage(const Answer& answer, storage::ItemKind kind) {
  v1::Trace trace;
  for (const Trace::Count& source : answer.trace.sources) {
    v1::Trace::Source* const message = trace.add_sources();
    message->set_name(std::string(source.name));
    message->set_candidates(source.candidates);
  }
  for (const Trace::Count& drop : answer.trace.drops) {
    v1::Trace::Drop* const message = trace.add_drops();
    message->set_filter(std::string(drop.name));
    message->set_candidates(drop.candidates);
  }
  // Later pages were ranked with the first one and have no features.
  for (size_t i = 0; i < answer.results.size() && i < answer.trace.features.size(); ++i) {
    v1::Trace::Features* const message = trace.add_features();
    *message->mutable_item() = RefOf(answer.results[i], kind);
    for (const Trace::Number& number : answer.trace.features[i]) {
      v1::Trace::Feature* const feature = message->add_features();
      feature->set_name(std::string(number.name));
      feature->set_value(number.value);
    }
  }
  for (const Trace::Stage& stage : answer.trace.stages) {
    v1::Trace::Stage* const message = trace.add_stages();
    message->set_name(std::string(stage.name));
    message->set_microseconds(absl::ToInt64Microseconds(stage.time));
  }
  return trace;
}

}  // namespace staffroom
