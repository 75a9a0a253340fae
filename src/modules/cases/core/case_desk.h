#pragma once
// Who has a case on the desk, what was found there question by question, and what colleagues tell each other about it.
// Parts of the state of a case; none of it is shown to applicants.

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "base/stamp.h"

namespace tongban {

// 领取. Lapses when the case leaves the queue it was taken from.
struct CaseClaim {
    Stamp stamp;                // who put it there: the owner himself, or the supervisor who assigned it
    std::string account, name;  // the owner
    std::string place, phone;   // where he sits; may be empty
};
BOOST_DESCRIBE_STRUCT(CaseClaim, (), (stamp, account, name, place, phone))

struct CaseNote {
    Stamp stamp;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(CaseNote, (), (stamp, text))

// What an answer rests on. `ref` by kind: page = page id; answer = "<party>/<question>"; identity = party id; rule =
// rule id; register = "" (the unit as it stands) or the id of a right.
struct Evidence {
    std::string kind;
    std::string ref;
    int leaf = 0;        // of a page, from 1; 0: all of it
    std::string region;  // of the leaf, "x,y,width,height" in thousandths of its sides; empty: all of it
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (kind, ref, leaf, region))

// One answered line of the checklist. The last answer of a duty counts; the journal keeps the others.
struct ChecklistAnswer {
    Stamp stamp;
    std::string duty;      // acceptor, reviewer
    std::string question;  // id of review_questions
    std::string answer;    // yes, no, not_applicable
    std::string remark;
    std::vector<Evidence> evidence;
    bool proposed = false;  // the machine had proposed this answer
};
BOOST_DESCRIBE_STRUCT(ChecklistAnswer, (), (stamp, duty, question, answer, remark, evidence, proposed))

}  // namespace tongban
