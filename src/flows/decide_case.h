#pragma once
// What the people of the home registry decide: acceptance, non-acceptance, supplement, review, refusal, withdrawal; and
// what they read: the sheet, pages, signatures, documents. Registration is a flow of its own.

#include <functional>

#include "base/documents.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "flows/case_reads.h"
#include "flows/case_sheets.h"
#include "flows/case_steps.h"
#include "flows/page_previews.h"
#include "flows/standing_powers.h"
#include "modules/access/core/api.h"
#include "modules/access/core/staff.h"
#include "modules/calendar/core/calendars.h"
#include "modules/fees/core/tax_settlements.h"
#include "modules/journal/core/commands.h"

namespace tongban {

// Thread-safe.
class DecideCase {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        Commands& commands;
        ObjectStore& objects;
        Imaging& imaging;
        DocumentPress& press;
        const Catalog& catalog;
        const Calendars& calendars;
        CaseStore& cases;
        CaseSteps& steps;
        CaseSheets& sheets;
        RegisterReader& register_book;
        Bills& bills;
        Certificates& certificates;
        TaxSettlements& taxes;
        Staff& staff;
        CaseReads& reads;
        const ReviewQuestions& questions;
        StandingPowers& powers;
    };
    explicit DecideCase(const Parts& parts) : parts_(parts) {}

    Result<Response> show(ApiRequest& request);
    Result<Response> accept(ApiRequest& request);
    Result<Response> refuse_acceptance(ApiRequest& request);
    Result<Response> request_supplement(ApiRequest& request);
    Result<Response> approve(ApiRequest& request);
    Result<Response> refuse(ApiRequest& request);
    Result<Response> withdraw(ApiRequest& request);
    Result<Response> ask_withdrawal(ApiRequest& request);  // an applicant, for himself
    Result<Response> suspend(ApiRequest& request);
    Result<Response> resume(ApiRequest& request);
    Result<Response> extend(ApiRequest& request);
    // The notice that a decision would send, as the applicant would get it; nothing is decided.
    Result<Response> preview_notice(ApiRequest& request);
    Result<Response> returns(ApiRequest& request);  // how often cases were sent back, by code
    Result<Response> page(ApiRequest& request);
    Result<Response> preview(ApiRequest& request);
    Result<Response> signature(ApiRequest& request);
    Result<Response> document(ApiRequest& request);

private:
    // Makes the command inside the transaction; may add to the facts.
    using Make = std::function<Result<CaseCommand>(Sql&, const Case&, CaseFacts&)>;
    Result<Response> decide_with(ApiRequest& request, Action action, CaseAction step, const Make& make);
    struct Decision {
        Action action;
        CaseAction step;
        Make make;
    };
    Result<Decision> refusing_acceptance(const ApiRequest& request);
    Result<Decision> requesting_supplement(const ApiRequest& request);
    Result<Decision> refusing(const ApiRequest& request);
    Result<void> check_cites(const Case& subject, const std::vector<std::string>& cites) const;
    Result<Response> notice_picture(const std::string& pdf, const std::string& leaf);
    Result<Case> read(const ApiRequest& request);
    // The rules over the live register; none while there is no application, which no step but the platform's takes.
    Result<std::vector<RuleResult>> judged(Sql& sql, const Case& subject);
    Result<CaseCommand> approval(Sql& sql, const Case& subject, const CaseFacts& facts, const std::string& remark);
    // Puts the promise into the facts that follows from this act on the clock.
    void promise(const Case& subject, const ClockEntry& act, CaseFacts& facts) const;
    void release_bill(Sql& sql, const Case& subject, const CaseFacts& facts);
    Result<std::string> printed(const Case& subject, const std::string& name, const std::string& party);
    Result<Response> print(const Case& subject, const std::string& name, const std::string& party);

    Parts parts_;
    PagePreviews previews_{parts_.objects, parts_.imaging};
};

// Registers the routes of api/fragments/40-cases.yaml, except registration, lists and the desk.
void add_case_routes(Api& api, DecideCase& flow);

}  // namespace tongban
