#ifndef STAFFROOM_SERVICE_HANDLERS_ANSWER_CONVERTER_H_
#define STAFFROOM_SERVICE_HANDLERS_ANSWER_CONVERTER_H_

#include "service/recommend/answer.h"
#include "service/recommend/query.h"
#include "service/recommend/recommender.h"
#include "staffroom/v1/result.pb.h"
#include "storage/records.pb.h"

// The recommender's answer in the contract's words.
namespace staffroom {

v1::Result ToMessage(const Result& result, storage::ItemKind kind, const Recommender& recommender,
                     v1::ResultView::Value view);

v1::EffectiveSettings EffectiveSettingsOf(const Query& query);

// `answer` of `query`, made with explain.
v1::Trace ToMessage(const Answer& answer, storage::ItemKind kind);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_ANSWER_CONVERTER_H_
