#ifndef STAFFROOM_TESTS_BENCH_TOPICS_H_
#define STAFFROOM_TESTS_BENCH_TOPICS_H_

#include <array>

// The words that made-up teachers write about.
namespace staffroom {

inline constexpr int kTopics = 20;
inline constexpr int kTopicWords = 10;

struct Topic {
  const char* subject;
  std::array<const char*, kTopicWords> words;
};

inline constexpr std::array<Topic, kTopics> kTopicTable = {{
    {"mathematics",
     {"fractions", "ratio", "proof", "algebra", "number lines", "estimation", "place value", "bar models",
      "misconceptions", "problem solving"}},
    {"physics",
     {"forces", "circuits", "waves", "energy", "momentum", "optics", "pendulum", "friction", "demonstrations",
      "uncertainty"}},
    {"chemistry",
     {"moles", "titration", "bonding", "acids", "equilibrium", "periodic table", "reaction rates", "crystals",
      "electrolysis", "safety goggles"}},
    {"biology",
     {"cells", "photosynthesis", "ecosystems", "genetics", "evolution", "microscopes", "pond dipping", "enzymes",
      "food webs", "dissection"}},
    {"history",
     {"sources", "chronology", "empire", "migration", "archives", "timelines", "causation", "local history",
      "oral history", "essays"}},
    {"geography",
     {"rivers", "maps", "glaciers", "urban growth", "climate", "fieldwork", "tectonics", "contours", "coasts",
      "trade"}},
    {"english",
     {"poetry", "novels", "reading aloud", "spelling", "grammar", "vocabulary", "drama", "paragraphs", "inference",
      "libraries"}},
    {"spanish",
     {"verbs", "listening", "pronunciation", "songs", "dialogue", "gender", "exchange trips", "film", "dictation",
      "idioms"}},
    {"french",
     {"conversation", "subjunctive", "menus", "pen friends", "flashcards", "phonics", "translation", "Quebec",
      "cartoons", "accents"}},
    {"art",
     {"drawing", "printmaking", "colour", "sketchbooks", "clay", "perspective", "collage", "portraits", "galleries",
      "critique"}},
    {"music",
     {"choir", "rhythm", "notation", "ukulele", "composition", "listening journals", "percussion", "harmony",
      "rehearsal", "recorders"}},
    {"physical education",
     {"warm ups", "swimming", "dance", "fair play", "orienteering", "gymnastics", "team games", "fitness", "inclusion",
      "playground"}},
    {"computing",
     {"loops", "debugging", "pseudocode", "robots", "binary", "networks", "pair programming", "turtles",
      "data structures", "online safety"}},
    {"religious education",
     {"festivals", "ethics", "pilgrimage", "symbols", "dialogue of faiths", "scripture", "meditation", "belief",
      "visitors", "stories"}},
    {"early years",
     {"sand tray", "story time", "mark making", "settling in", "outdoor play", "nursery rhymes", "snack time",
      "small world", "key person", "puppets"}},
    {"special education",
     {"sensory", "visual timetables", "communication boards", "regulation", "small steps", "advocacy", "dyslexia",
      "transitions", "autism", "support plans"}},
    {"newcomers",
     {"second language", "welcome", "interpreters", "picture dictionaries", "families", "trauma", "buddies",
      "home languages", "belonging", "asylum"}},
    {"careers",
     {"apprenticeships", "interviews", "mentoring", "work experience", "portfolios", "local business", "vocational",
      "applications", "finance", "alumni"}},
    {"leadership",
     {"timetables", "meetings", "appraisal", "governors", "budgets", "workload", "coaching", "behaviour policy",
      "inspection", "staff rooms"}},
    {"school library",
     {"picture books", "cataloguing", "book clubs", "author visits", "graphic novels", "research skills", "displays",
      "reading corners", "non-fiction", "borrowing"}},
}};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_BENCH_TOPICS_H_
