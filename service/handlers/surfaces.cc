#include "service/handlers/surfaces.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "service/recommend/query.h"

namespace staffroom {

Surfaces::Presets Surfaces::BuiltIn() {
  Presets presets;
  // Seen many times a day: what fits, in an order that is only nudged, and now and then somebody new. (Among teachers' replies
  // a diversity of 0.3 cost a tenth of the hidden partners found in ten places, 0.05 next to nothing.)
  presets["feed"] = {.diversity = 0.05f, .exploration = 0.05f, .emerging_share = 0.1f};
  // Nothing is known of the visitor's taste: show the breadth of the staffroom and learn from what is picked.
  presets["onboarding"] = {.diversity = 0.6f, .exploration = 0.2f, .emerging_share = 0.2f};
  // A few places that are read once and slowly: no experiments, but room for a voice that few know.
  presets["weekly_mail"] = {.diversity = 0.4f, .exploration = 0.0f, .emerging_share = 0.2f};
  // Beside somebody's page, "more like this" is what is asked.
  presets["profile_page"] = {.diversity = 0.1f, .exploration = 0.05f, .emerging_share = 0.1f};
  return presets;
}

const Knobs* Surfaces::Find(absl::string_view name) const {
  const auto found = presets_.find(std::string(name));
  return found == presets_.end() ? nullptr : &found->second;
}

std::string Surfaces::KnownNames() const {
  std::string names;
  for (const auto& [name, knobs] : presets_) absl::StrAppend(&names, names.empty() ? "" : ", ", name);
  return names;
}

}  // namespace staffroom
