#include "flows/own_cases.h"

#include <charconv>
#include <limits>

#include "base/codes.h"
#include "flows/tracked_case.h"
#include "modules/access/core/access_problems.h"
#include "modules/cases/core/cases_problems.h"
#include "sql/own_case_sql.h"

namespace tongban {
namespace {

bool can_sign_in(const Party& party)
{
    return party.kind == PartyKind::person &&
           (party.document_type == DocumentType::citizen_card || party.document_type == DocumentType::residence_permit);
}

// The certificate is not known here; where it stands shows when the case is opened.
std::string words_of(const Case& subject)
{
    if (subject.state != CaseState::registered) return stage_text(subject, std::nullopt);
    const bool paper = subject.entry && !subject.entry->certificate_number.empty();
    return paper ? "已登簿，可以查看结果、下载电子证照。" : "已登簿，办理结束。";
}

// Everything at the level of a living face; below that the phone must fit too.
std::int64_t sees_all(const PortalPerson& person)
{
    return person.level == AssuranceLevel::liveness ? 1 : 0;
}

struct After {
    Millis changed_at = std::numeric_limits<Millis>::max();
    std::string number;
};

std::string cursor_text(const After& after)
{
    return std::to_string(after.changed_at) + "." + after.number;
}

Result<After> read_cursor(const std::string& cursor)
{
    After after;
    if (cursor.empty()) return after;
    const std::size_t dot = cursor.find('.');
    if (dot == std::string::npos || dot == 0) return Error{access_problem::page_invalid};
    const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + dot, after.changed_at);
    if (failed != std::errc{} || end != cursor.data() + dot) return Error{access_problem::page_invalid};
    after.number = cursor.substr(dot + 1);
    return after;
}

}  // namespace

CasePeopleMessage people_of(const Case& subject, const Catalog& catalog, Millis at)
{
    CasePeopleMessage message;
    message.number = subject.number;
    message.item = subject.item;
    const Result<const Item*> item = catalog.item_version(subject.item, subject.catalog_version);
    message.item_name = item.has_value() ? (*item)->name : subject.item;
    message.state = to_text(subject.state);
    message.turn = to_text(turn_of(subject));
    message.stage_text = words_of(subject);
    message.due_on = subject.due_on;
    message.location = subject.location;
    message.ended = is_final(subject.state);
    message.version = subject.version;
    message.changed_at = at;
    for (const Participant& participant : subject.dossier.parties) {
        const Party& party = participant.party;
        if (can_sign_in(party))
            message.people.push_back({party.id, party.name, party.number_sealed, party.phone_sealed});
    }
    return message;
}

Result<void> OwnCases::take(Sql& sql, const Message& message)
{
    const CasePeopleMessage told = TRY(read_message<CasePeopleMessage>(message));
    if (agency_of_number(told.number) != message.from) return Error{exchange_problem::body_wrong, "不是该机构的办件"};
    Vault& vault = parts_.vault;
    const std::string location = told.location.empty() ? "" : vault.seal(message.to, told.location);
    const auto digest_of = [&](const std::string& sealed) {
        return sealed.empty() ? std::string{} : vault.digest(message.to, vault.open(message.from, sealed));
    };
    for (const CasePerson& person : told.people) {
        sql.execute(sql::own_case_put,
                    {message.to, digest_of(person.number_sealed), told.number, message.from, person.party, person.name,
                     digest_of(person.phone_sealed), told.item, told.item_name, told.state, told.turn, told.stage_text,
                     told.due_on, location, std::int64_t{told.ended ? 1 : 0}, told.version, told.changed_at});
    }
    sql.execute(sql::own_case_forget, {message.to, told.number, told.version});
    return {};
}

Result<void> OwnCases::take_application(Sql& sql, const Message& message)
{
    const ApplicationTold told = TRY(read_message<ApplicationTold>(message));
    sql.execute(sql::own_application_put, {message.to, told.account, told.id, message.from, told.case_number, told.item,
                                           told.item_name, told.state, told.version, told.changed_at});
    return {};
}

std::string OwnCases::registry_name(Agency home) const
{
    const Registry* registry = parts_.catalog.find_registry(home);
    return registry == nullptr ? std::string{} : registry->name;
}

json::array OwnCases::applications(Sql& sql, const PortalPerson& person) const
{
    json::array rows;
    for (const SqlRow& row : sql.query(sql::own_application_list, {person.kept_by, person.account})) {
        const auto home = static_cast<Agency>(row.integer(1));
        json::object one{
            {"id",         row.text(0)             },
            {"home",       std::to_string(home)    },
            {"home_name",  registry_name(home)     },
            {"item",       row.text(3)             },
            {"item_name",  row.text(4)             },
            {"state",      row.text(5)             },
            {"changed_at", utc_text(row.integer(6))}
        };
        if (!row.text(2).empty()) one["case_number"] = row.text(2);
        rows.push_back(std::move(one));
    }
    return rows;
}

Result<std::string> OwnCases::list(const Actor& actor, const ApiRequest::Page& page)
{
    const PortalPerson person = TRY(parts_.persons.verified(actor, AssuranceLevel::real_name));
    After after = TRY(read_cursor(page.cursor));
    json::array rows;
    json::array begun;
    std::string next;
    bool hidden = false;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        rows.clear();
        next.clear();
        const Agency province = person.kept_by;
        if (page.cursor.empty()) begun = applications(sql, person);
        const SqlRows found =
            sql.query(sql::own_case_list, {province, person.number_digest, person.phone_digest, sees_all(person),
                                           after.changed_at, after.number, page.limit + 1});
        hidden = sees_all(person) == 0 &&
                 sql.find(sql::own_case_hidden, {province, person.number_digest, person.phone_digest}).has_value();
        for (const SqlRow& row : found) {
            if (rows.size() == static_cast<std::size_t>(page.limit)) {
                next = cursor_text(after);
                break;
            }
            after = {row.integer(10), row.text(0)};
            const auto home = static_cast<Agency>(row.integer(1));
            json::object one{
                {"number",     row.text(0)              },
                {"home",       std::to_string(home)     },
                {"home_name",  registry_name(home)      },
                {"item",       row.text(2)              },
                {"item_name",  row.text(3)              },
                {"state",      row.text(4)              },
                {"turn",       row.text(5)              },
                {"stage_text", row.text(6)              },
                {"ended",      row.integer(9) == 1      },
                {"changed_at", utc_text(row.integer(10))}
            };
            if (!row.text(7).empty()) one["due_on"] = row.text(7);
            if (!row.text(8).empty()) one["location"] = parts_.vault.open(province, row.text(8));
            rows.push_back(std::move(one));
        }
        return {};
    }));
    json::object out{
        {"cases",        std::move(rows) },
        {"applications", std::move(begun)},
        {"hidden",       hidden          }
    };
    if (!next.empty()) out["next_cursor"] = next;
    return json::serialize(out);
}

Result<OpenedSession> OwnCases::visit(const Actor& actor, const std::string& number)
{
    const PortalPerson person = TRY(parts_.persons.verified(actor, AssuranceLevel::real_name));
    std::optional<ApplicantSession> session;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        session.reset();
        const auto row = sql.find(
            sql::own_case_get, {person.kept_by, person.number_digest, number, person.phone_digest, sees_all(person)});
        if (row) session = ApplicantSession{static_cast<Agency>(row->integer(0)), number, row->text(1), row->text(2)};
        return {};
    }));
    if (!session) return Error{cases_problem::not_found};
    return parts_.sessions.open_for_applicant(*session);
}

void add_own_case_routes(Api& api, OwnCases& flow)
{
    api.add(Method::get, "/api/v1/portal/cases", Action::use_portal, [&flow](ApiRequest& request) -> Result<Response> {
        Response response = Response::json(200, TRY(flow.list(request.actor, TRY(request.page()))));
        response.headers.set("Cache-Control", "no-store");
        return response;
    });
    api.add(Method::post, "/api/v1/portal/cases/{number}/visits", Action::use_portal,
            [&flow](ApiRequest& request) -> Result<Response> {
                const OpenedSession opened = TRY(flow.visit(request.actor, request.path("number")));
                Response response = Response::no_content();
                response.headers.add("Set-Cookie", opened.set_cookie);
                response.headers.set("Cache-Control", "no-store");
                return response;
            },
            {.needs_idempotency_key = false});
}

}  // namespace tongban
