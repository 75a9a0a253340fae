#pragma once
// An application that several visits make whole (domain.md 5.4 multi-place joint, S10–S13): what each brought, made one
// dossier at the home registry, and the board that tells who is still missing. Pure.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "modules/materials/core/dossier.h"

namespace tongban {

// 窗口代收 · 线上自助
BOOST_DEFINE_ENUM_CLASS(VisitChannel, window, online)
std::string_view to_text(VisitChannel channel);

// Is anybody still to be verified at another place?
bool has_parties_elsewhere(const Dossier& dossier);

// `whole` after the visit `part` brought its own; may be repeated, the last push of a visit counts. A party, his
// answers and his signature come from the visit where he was here; pages are added beside those of other visits. The
// form stays as the first visit gave it, for others have signed it.
Dossier merged(const Dossier& whole, const Dossier& brought, const std::string& part);

// The visit alone is the whole application: it replaces what it brought before.
Dossier brought_by(Dossier dossier, const std::string& part);

struct GivenAnswer {
    std::string party;  // id
    std::string name;
    std::string answer;
};

// A question that several people are asked (InterviewQuestion::shared) and answered differently (domain.md 8.4).
struct AnswerDifference {
    std::string question;
    std::string text;
    std::vector<GivenAnswer> answers;
};
std::vector<AnswerDifference> answer_differences(const Dossier& dossier, const Item& item);
// Two answers say the same but for blanks and punctuation.
bool same_answer(std::string_view a, std::string_view b);

// --- the board ---

struct BoardParty {
    std::string id;
    std::string name;  // masked
    std::string role;
    bool verified = false;
    std::string place;        // where he was verified or is expected, in Chinese
    std::string expected_at;  // of those missing
};
BOOST_DESCRIBE_STRUCT(BoardParty, (), (id, name, role, verified, place, expected_at))

struct BoardLine {
    std::string code;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(BoardLine, (), (code, title))

struct BoardQuestion {
    std::string question;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(BoardQuestion, (), (question, text))

struct Board {
    std::string applied_on;  // capacity is judged on this day (H04)
    std::string last_day;    // empty when nothing is waited for
    std::vector<BoardParty> parties;
    std::vector<BoardLine> missing_lines;
    std::vector<BoardQuestion> differences;
};
BOOST_DESCRIBE_STRUCT(Board, (), (applied_on, last_day, parties, missing_lines, differences))

// Names of places: of the visit `part`, and of a registry or "online" where somebody is expected.
struct PlaceNames {
    std::function<std::string(const std::string& part)> of_visit;
    std::function<std::string(const std::string& expected_at)> expected;
};
Board board_of(const Dossier& dossier, const Item& item, const std::string& applied_on, const std::string& last_day,
               const PlaceNames& places);

}  // namespace tongban
