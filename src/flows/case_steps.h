#pragma once
// One step of a case at its home registry, whoever takes it: the case moves, every visit of it is told by a message
// (case.progress), and the parties by SMS and in their list of own cases — all in the caller's transaction, which is a
// unit of the home registry's lane. Every flow that moves a case goes through here (decisions, payment, registration,
// issuing), so no step can be silent.

#include "flows/case_codes.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/exchange/core/exchange.h"
#include "modules/notify/core/notices.h"

namespace tongban {

struct CalledParty {
    std::string code;     // in clear, kept by nobody
    std::string until;    // the last day
    std::string sent_to;  // masked phones; empty when there is none
};

class CaseSteps {
public:
    CaseSteps(CaseStore& cases, Outbox& outbox, Notices& notices, CaseCodes& codes, const Catalog& catalog)
        : cases_(cases), outbox_(outbox), notices_(notices), codes_(codes), catalog_(catalog)
    {
    }

    // Queues the SMS of the step as well: case_paid for RecordPayment, case_registered for Enter, none for
    // NoteCertificate, fee_due for Approve …
    Result<Case> take(Sql& sql, const Case& loaded, const CaseCommand& command, const CaseFacts& facts);

    // A new code for the party, sent to it and to those who act for it.
    CalledParty call_party(Sql& sql, const Case& subject, const std::string& principal, Millis now);

    // Call after the commit: messages written by take() leave at once instead of with the next sweep.
    void wake() { outbox_.wake(); }

private:
    void tell_visits(Sql& sql, const Case& now, Millis at);
    void call_parties(Sql& sql, const Case& now, CaseAction action, Millis at);
    void tell_people(Sql& sql, const Case& now, Millis at);
    void tell_parties(Sql& sql, const Case& before, const Case& now, CaseAction action);

    CaseStore& cases_;
    Outbox& outbox_;
    Notices& notices_;
    CaseCodes& codes_;
    const Catalog& catalog_;
};

// Facts for what no person does.
CaseFacts platform_facts(Millis now);

}  // namespace tongban
