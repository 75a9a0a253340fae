#pragma once
// What a change would do, before it does (features.md B4): what the guide says differently, which open cases would need
// more or fail if they had to follow it (they do not: a case keeps its version), who is collecting under it right now.
// The reviewer sees it, and what he saw is part of the approval.

#include <boost/json/fwd.hpp>

#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

class ChangeImpact {
public:
    struct Parts {
        Clock& clock;
        const Catalog& catalog;
        CaseStore& cases;
        RegisterReader& register_book;
    };
    explicit ChangeImpact(const Parts& parts) : parts_(parts) {}

    // ChangeImpact of the API. `agency`: who changes, a registry or the province. Looks at no more than 500 cases and
    // says so when there are more.
    boost::json::object of_version(Sql& sql, Agency agency, const Item& before, const Item& after) const;

private:
    std::vector<Agency> concerned(Agency agency, const Item& after) const;

    Parts parts_;
};

// What a case that runs on `before` would have to bring or would fail on under `after`. Pure.
struct CaseImpact {
    std::vector<std::string> needs;  // codes of lines
    std::vector<std::string> fails;  // ids of rules that do not let it go on
};
CaseImpact impact_on(const Item& before, const Item& after, const Facts& facts);

}  // namespace tongban
