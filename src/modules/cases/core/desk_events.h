#pragma once
// Commands and events of the desk: they move no case, so the table of steps does not list them.

#include "modules/cases/core/case_desk.h"

namespace tongban {

namespace case_command {
struct Claim {};
struct Release {
    std::string reason;  // a supervisor gives one
};
struct Assign {
    std::string account, name;
    bool fit = false;  // the account is active and holds the duty that the case waits for
    std::string place, phone;
    std::string reason;
};
struct AddNote {
    std::string text;
};
struct AnswerChecklist {
    std::vector<ChecklistAnswer> answers;  // stamp and duty are put in by decide()
};
}  // namespace case_command

namespace case_event {
struct Claimed {
    static constexpr std::string_view type = "claimed";
    Stamp stamp;
    std::string place, phone;
};
BOOST_DESCRIBE_STRUCT(Claimed, (), (stamp, place, phone))
struct Released {
    static constexpr std::string_view type = "released";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Released, (), (stamp, reason))
struct Assigned {
    static constexpr std::string_view type = "assigned";
    Stamp stamp;
    std::string account, name, place, phone, reason;
};
BOOST_DESCRIBE_STRUCT(Assigned, (), (stamp, account, name, place, phone, reason))
struct NoteAdded {
    static constexpr std::string_view type = "note_added";
    Stamp stamp;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(NoteAdded, (), (stamp, text))
struct ChecklistAnswered {
    static constexpr std::string_view type = "checklist_answered";
    Stamp stamp;
    std::vector<ChecklistAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(ChecklistAnswered, (), (stamp, answers))
}  // namespace case_event

}  // namespace tongban
