#include "flows/case_sheets.h"

#include <boost/json.hpp>

#include "flows/register_facts.h"
#include "modules/access/core/api.h"

namespace tongban {
namespace {

namespace json = boost::json;

// What allowed_actions() looks at.
Case outline_of(Agency agency, const PreparedSheet& sheet)
{
    Case outline;
    outline.agency = agency;
    outline.version = sheet.version;
    outline.state = sheet.state;
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
    case CaseState::registered:
    case CaseState::refused:
    case CaseState::withdrawn: return true;
    case CaseState::draft:
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

}  // namespace

Result<Response> CaseSheets::respond(Sql& sql, const Actor& actor, Agency agency, const std::string& number)
{
    PreparedSheet sheet = TRY(cases_.sheet(sql, agency, number));
    std::string body = std::move(sheet.json);
    TONGBAN_ASSERT(body.size() > 2 && body.back() == '}');
    body.pop_back();
    json::array checks;
    if (!sheet.unit_number.empty()) {
        const RegisterView unit = register_book_.find_unit(sql, agency, sheet.unit_number);
        append(body, "register", to_json(unit));
        // After the entry the register holds the case's own right: the rules have been judged.
        if (!is_final(sheet.state)) checks = to_json(judge(register_facts(unit, sheet.mortgagor_digests)));
    }
    append(body, "checks", checks);
    if (may_have_bill(sheet.state)) {
        if (const std::optional<Bill> bill = bills_.find_for_case(sql, agency, number))
            append(body, "bill", to_json(*bill));
    }
    if (sheet.state == CaseState::registered) {
        if (const std::optional<Certificate> made = certificates_.find_for_case(sql, agency, number)) {
            append(body, "certificate", to_json(*made));
        }
    }
    json::array actions;
    for (const CaseAction action : allowed_actions(outline_of(agency, sheet), actor, false)) {
        actions.push_back(json::string(to_text(action)));
    }
    append(body, "allowed_actions", actions);
    body += '}';
    Response response = Response::json(200, std::move(body));
    response.headers.set("ETag", etag(sheet.version));
    return response;
}

}  // namespace tongban
