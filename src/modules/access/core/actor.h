#pragma once
// The person (or nobody in particular) behind a call, and the judgement whether he may.

#include <string>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "modules/access/core/action.h"

namespace tongban {

struct Actor {
    // Account id; empty: nobody signed in. Of applicants who follow one case "applicant:<case number>:<party id>", of
    // those with an account of the portal "person:<id>".
    std::string account;
    std::string name;  // shown to people and printed on documents
    Agency agency =
        0;  // the registry whose post he holds; of applicants the case's home registry, of persons the province
    std::vector<Duty> duties;  // without `anyone`, which everybody holds
    std::string case_number;   // applicants who follow one case: which
    std::string party;         // applicants: the party id within the case; may be empty

    bool signed_in() const { return !account.empty(); }
    bool holds(Duty duty) const;
    bool is_person() const { return account.starts_with("person:"); }
};

// Whose record it is. Leave empty what the record has not got; an empty field never matches an own_… scope.
struct Owner {
    Agency agency = 0;
    std::string account;      // who opened the sitting, or whose own it is
    std::string case_number;  // the case it belongs to
};

// May he do this at all, to some record? (The router asks this before anything is read.)
bool may_at_all(const Actor& actor, Action action);
// The same by a duty of his own, not by what everybody may.
bool may_by_duty(const Actor& actor, Action action);

// May he do it to this record? Services ask this after loading the record. Answers access.not_signed_in,
// access.forbidden (no duty of his has the action) or access.out_of_scope (not his record).
Result<void> authorise(const Actor& actor, Action action, const Owner& owner);
// For records that belong to a registry as a whole. A permission of scope own_sitting or own_case never matches here.
Result<void> authorise(const Actor& actor, Action action, Agency owner);

}  // namespace tongban
