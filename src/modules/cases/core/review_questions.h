#pragma once
// The checklist of acceptance and review as data (data/review): what a person must judge, with its legal source, and
// what the machine can say about it beforehand. A machine's answer is a proposal until a person confirms it.

#include <array>
#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "modules/access/core/action.h"
#include "modules/cases/core/case_desk.h"
#include "modules/catalog/core/rules.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

struct ReviewQuestion {
    std::string id;      // CK-01; never used for another question
    std::string text;    // 人证一致…？
    std::string source;  // law and article
    bool required = true;
    std::vector<Duty> duties;        // who judges it: acceptor, reviewer
    std::vector<Matter> matters;     // empty: of every item
    std::string proposal;            // identity, interview, materials, rules, register, or nothing
    std::vector<std::string> rules;  // of the proposal "rules": all must have passed
    std::string lines;               // material lines where the evidence usually is: "M10 M11"; may be empty

    bool asks(Duty duty) const;
    bool concerns(Matter matter) const;
};

// What the machine found in the dossier when it came.
struct Finding {
    std::string about;  // identity, interview, materials
    Evidence evidence;
    bool good = false;
    std::string text;  // what was found, in words
};
BOOST_DESCRIBE_STRUCT(Finding, (), (about, evidence, good, text))
std::vector<Finding> findings_of(const Dossier& dossier, const Item& item, const Facts& facts);

// Immutable once loaded; shared by threads.
class ReviewQuestions {
public:
    struct Book {
        std::string version;
        std::string valid_from;
        std::vector<ReviewQuestion> questions;
    };
    explicit ReviewQuestions(std::vector<Book> books);  // by valid_from

    // Those of an item for a case filed on `date`, in the order of the file; none before the first book.
    std::vector<const ReviewQuestion*> questions_for(Matter matter, std::string_view date) const;

private:
    std::vector<Book> books_;
};

// Ids that a person of this duty must have answered.
std::vector<std::string> required_of(const std::vector<const ReviewQuestion*>& questions, Duty duty);

// Checklist of the API: every question, with the machine's proposal where there is one.
boost::json::array checklist_json(const std::vector<const ReviewQuestion*>& questions,
                                  const std::vector<Finding>& findings, const std::vector<RuleResult>& checks);

// Does what the answer rests on exist in the case? The pointer is below /answers/<i>.
std::vector<FieldError> faults_of(const ChecklistAnswer& answer, const Dossier& dossier,
                                  const std::vector<const ReviewQuestion*>& questions, const Item& item, Duty duty,
                                  const std::string& pointer);

}  // namespace tongban
