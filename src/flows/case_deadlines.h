#pragma once
// What time itself does to cases, without a person: a supplement that never came ends the case as not accepted, an
// application that waited for a party in vain expires, and a changed work calendar counts the promises again (H30,
// H55). Done in rounds by a worker; a round that ends early is taken up by the next one.

#include <functional>

#include "flows/case_steps.h"
#include "modules/calendar/core/calendars.h"

namespace tongban {

class CaseDeadlines {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        const Catalog& catalog;
        const Calendars& calendars;
        CaseStore& cases;
        CaseSteps& steps;
    };
    explicit CaseDeadlines(const Parts& parts) : parts_(parts) {}

    // One round over all registries. Gives how many cases moved.
    int round();

private:
    using Page = std::function<std::vector<std::string>(Sql&, const std::string& after)>;
    using Make = std::function<CaseCommand(const Case&, CaseFacts&)>;
    int go_through(Agency agency, const Page& page, const Make& make);

    Parts parts_;
};

}  // namespace tongban
