#include "flows/case_sheets.h"

#include <boost/json.hpp>

#include "base/record.h"
#include "flows/change_json.h"
#include "flows/clock_json.h"
#include "flows/register_facts.h"
#include "flows/tax_facts.h"
#include "modules/access/core/api.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/cases/core/desk.h"
#include "sql/sheet_mark_sql.h"

namespace tongban {
namespace {

namespace json = boost::json;

// What allowed_actions() looks at.
Case outline_of(Agency agency, const ComposedSheet& sheet)
{
    Case outline;
    outline.agency = agency;
    outline.version = sheet.version;
    outline.state = sheet.state;
    // Not one expression: GCC 12 takes the temporary for uninitialised at -O3.
    if (!sheet.claimed_by.empty()) outline.claim.emplace().account = sheet.claimed_by;
    if (!sheet.acceptor.empty())
        outline.acceptance = CaseDecision{
            Stamp{0,   sheet.acceptor, {}},
            {  }
        };
    return outline;
}

bool may_have_bill(CaseState state)
{
    switch (state) {
    case CaseState::awaiting_payment:
    case CaseState::paid:
    case CaseState::suspended:
    case CaseState::registered:
    case CaseState::refused:
    case CaseState::withdrawn: return true;
    case CaseState::draft:
    case CaseState::collecting:
    case CaseState::expired:
    case CaseState::filed:
    case CaseState::supplement:
    case CaseState::not_accepted:
    case CaseState::accepted:
    case CaseState::cancelled: return false;
    }
    throw BrokenInvariant("a case state without a word on its bill");
}

void append(std::string& to, std::string_view name, const json::value& value)
{
    to += ",\"";
    to += name;
    to += "\":";
    to += json::serialize(value);
}

json::object tax_json(const PreparedSheet& sheet, const std::optional<TaxSettlement>& tax)
{
    if (!tax) {
        return {
            {"state", "undeclared"}
        };
    }
    const bool current = tax->basis == tax_basis_of(sheet.unit_number, sheet.facts, sheet.applicants);
    return to_json(*tax, current, is_final(sheet.state) && sheet.state != CaseState::registered);
}

Result<SheetMark> mark_of(Sql& sql, Agency agency, const std::string& number, std::string today)
{
    const std::optional<SqlRow> row = sql.find(sql::sheet_mark, {agency, number});
    if (!row) return Error{cases_problem::not_found};
    SheetMark mark{row->integer(0), row->integer(1), {}, {}, row->integer(4), std::move(today), {}};
    if (!row->is_null(2)) {
        mark.unit_version = row->integer(2);
        mark.unit_changed_at = row->integer(3);
    }
    if (!row->is_null(5)) mark.tax = {row->integer(5), row->integer(6)};
    return mark;
}

}  // namespace

// Most sheets were opened a moment ago: one look at the mark tells that nothing has changed since. Only what a reading
// transaction composed is kept: what a writing one composed may be rolled back and its versions used again.
Result<Response> CaseSheets::show(const Actor& actor, Agency agency, const std::string& number, const Gate& gate)
{
    Response response;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        const SheetMark mark = TRY(mark_of(sql, agency, number, china_date(clock_.now())));
        std::shared_ptr<const ComposedSheet> sheet = kept_.find(agency, number, mark);
        if (!sheet) {
            sheet = std::make_shared<ComposedSheet>(TRY(compose(sql, agency, number)));
            kept_.keep(agency, number, mark, sheet);
        }
        if (gate) TRY(gate(*sheet));
        response = complete(sql, *sheet, actor, agency, number);
        return {};
    }));
    return response;
}

std::vector<RuleResult> CaseSheets::judged(const PreparedSheet& sheet, const Item& item, const RegisterView& unit,
                                           const std::optional<TaxSettlement>& tax) const
{
    Facts facts = sheet.facts;
    const std::string today = china_date(clock_.now());
    add_register_facts(unit, sheet.other_cases, today, facts);
    add_applicant_facts(unit, sheet.applicants, today, facts);
    add_tax_facts(sheet.unit_number, sheet.applicants, tax, facts);
    return judge(item.rules, item.matter, facts, moment_of(sheet.state));
}

Result<Response> CaseSheets::respond(Sql& sql, const Actor& actor, Agency agency, const std::string& number)
{
    return complete(sql, TRY(compose(sql, agency, number)), actor, agency, number);
}

Result<ComposedSheet> CaseSheets::compose(Sql& sql, Agency agency, const std::string& number)
{
    PreparedSheet prepared = TRY(cases_.sheet(sql, agency, number));
    ComposedSheet sheet{prepared.version,
                        prepared.state,
                        std::move(prepared.acceptor),
                        std::move(prepared.json),
                        prepared.waiting_since,
                        std::move(prepared.clock),
                        nullptr,
                        std::move(prepared.claimed_by),
                        std::move(prepared.workers)};
    TONGBAN_ASSERT(sheet.json.size() > 2 && sheet.json.back() == '}');
    sheet.json.pop_back();
    const Result<const Item*> pinned = catalog_.item_version(prepared.item, prepared.catalog_version);
    if (pinned) sheet.pinned = *pinned;
    json::array checks;
    std::vector<RuleResult> results;
    if (!prepared.unit_number.empty()) {
        const RegisterView unit = register_book_.find_unit(sql, agency, prepared.unit_number);
        append(sheet.json, "register", to_json(unit));
        // After the entry the register holds the case's own right: the rules have been judged.
        const Item& item = *TRY(catalog_.item_version(prepared.item, prepared.catalog_version));
        const std::optional<TaxSettlement> tax = tax_of_case(sql, taxes_, item, agency, number);
        if (!is_final(sheet.state)) results = judged(prepared, item, unit, tax);
        checks = to_json(results);
        if (needs_tax(item)) append(sheet.json, "tax", tax_json(prepared, tax));
    }
    append(sheet.json, "checks", checks);
    if (!prepared.unit_number.empty()) {
        const Item& item = *TRY(catalog_.item_version(prepared.item, prepared.catalog_version));
        const auto asked = questions_.questions_for(item.matter, china_date(prepared.filed_at));
        append(sheet.json, "checklist", checklist_json(asked, prepared.findings, results));
    }
    return sheet;
}

Response CaseSheets::complete(Sql& sql, const ComposedSheet& sheet, const Actor& actor, Agency agency,
                              const std::string& number)
{
    std::string body;
    body.reserve(sheet.json.size() + 512);
    body += sheet.json;
    if (may_have_bill(sheet.state)) {
        if (const std::optional<Bill> bill = bills_.find_for_case(sql, agency, number))
            append(body, "bill", to_json(*bill));
    }
    if (sheet.state == CaseState::registered) {
        if (const std::optional<Certificate> made = certificates_.find_for_case(sql, agency, number)) {
            append(body, "certificate", to_json(*made));
        }
    }
    const ClockLedger ledger = record_from_text<ClockLedger>(sheet.clock);
    if (!ledger.empty()) append(body, "clock", clock_json(ledger, calendars_.of(agency), clock_.now()));
    if (sheet.waiting_since != 0)
        append(body, "answer", answer_json(sheet.waiting_since, calendars_.of(agency), clock_.now()));
    if (sheet.pinned != nullptr && !is_final(sheet.state)) {
        const Item* later = catalog_.later_for_running(agency, *sheet.pinned, china_date(clock_.now()));
        if (later != nullptr) append(body, "list_change", list_change_json(*sheet.pinned, *later));
    }
    json::array actions;
    for (const CaseAction action : allowed_actions(outline_of(agency, sheet), actor, false)) {
        actions.push_back(json::string(to_text(action)));
    }
    append(body, "allowed_actions", actions);
    json::array desk;
    for (const CaseAction action : desk_actions(outline_of(agency, sheet), actor)) {
        desk.push_back(json::string(to_text(action)));
    }
    append(body, "desk_actions", desk);
    body += '}';
    Response response = Response::json(200, std::move(body));
    response.headers.set("ETag", etag(sheet.version));
    return response;
}

}  // namespace tongban
