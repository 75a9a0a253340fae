#include "flows/list_cases.h"

#include <charconv>

#include "flows/clock_json.h"
#include "modules/cases/core/return_reasons.h"
#include "sql/list_cases_sql.h"

namespace tongban {
namespace {

constexpr int found_max = 50;

std::string registry_name(const Catalog& catalog, Agency code)
{
    const Registry* registry = catalog.find_registry(code);
    return registry == nullptr ? std::to_string(code) : registry->name;
}

Error bad_query(std::string pointer, std::string detail)
{
    return Error{base_problem::invalid_fields, {}, {{std::move(pointer), "choice", std::move(detail)}}};
}

json::object counts_json(const InboxCounts& counts)
{
    json::object out;
    for (const auto& [queue, count] : counts.queues) out[queue] = count;
    out["mine"] = counts.mine;
    return out;
}

}  // namespace

Result<InboxFilter> ListCases::read_filter(const ApiRequest& request) const
{
    const auto given = [&](std::string_view name) { return request.http.query_value(name).value_or(""); };
    InboxFilter filter;
    const std::string owner = given("owner");
    if (owner == "free") filter.owner.clear();
    if (owner == "mine") filter.owner = request.actor.account;
    if (!owner.empty() && owner != "all" && owner != "free" && owner != "mine") filter.owner = owner;
    filter.item = given("item");
    if (const std::string code = given("collecting"); !code.empty()) {
        const auto [end, failed] = std::from_chars(code.data(), code.data() + code.size(), filter.collecting);
        if (failed != std::errc{} || end != code.data() + code.size() || !catalog_.find_registry(filter.collecting))
            return bad_query("/collecting", "没有这个登记机构");
    }
    const std::string due = given("due");
    const Due* asked = find_due(due.empty() ? "any" : due);
    if (asked == nullptr) return bad_query("/due", "没有这种期限条件");
    filter.due = due_range(*asked, clock_.now(), calendars_.of(request.actor.agency));
    return filter;
}

json::array ListCases::rows_json(const std::vector<CaseRow>& rows, const Actor& actor) const
{
    const Millis now = clock_.now();
    const std::string today = china_date(now);
    const WorkCalendar& calendar = calendars_.of(actor.agency);
    json::array out;
    for (const CaseRow& row : rows) {
        json::object one{
            {"number",          row.number                    },
            {"version",         row.version                   },
            {"state",           row.state                     },
            {"queue",           row.queue                     },
            {"item",            row.item                      },
            {"item_name",       row.item                      },
            {"collecting",      std::to_string(row.collecting)},
            {"collecting_name", registry_name(catalog_,         row.collecting)},
            {"unit_number",                 row.unit_number                                  },
            {"location",                 row.location   },
            {"parties",                 row.parties                                   },
            {"filed_at",                 utc_text(row.filed_at)  },
            {"changed_at",                 utc_text(row.changed_at)                                 },
            {"due_on",                 row.due_on      }
        };
        if (const Result<const Item*> item = catalog_.item_in_force(actor.agency, row.item, today)) {
            one["item_name"] = (*item)->name;
        }
        if (row.waiting_since != 0) one["answer"] = answer_json(row.waiting_since, calendar, now);
        if (!row.claimed_by.empty()) {
            one["claim"] = json::object{
                {"by",    row.claimed_name               },
                {"since", utc_text(row.claimed_at)       },
                {"mine",  row.claimed_by == actor.account}
            };
        }
        out.push_back(std::move(one));
    }
    return out;
}

Result<Response> ListCases::list(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::list_cases, actor.agency));
    const ApiRequest::Page asked = TRY(request.page());
    const std::string name = request.http.query_value("queue").value_or("");
    const bool mine = name == "mine";
    const CaseQueue* queue = find_case_queue(name);
    if (!mine && (queue == nullptr || *queue == CaseQueue::none)) return bad_query("/queue", "没有这个办件队列");
    const InboxFilter filter = TRY(read_filter(request));
    CasePage page;
    InboxCounts counts;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        counts = cases_.count(sql, actor.agency, filter, actor.account);
        page = TRY(mine ? cases_.list_claimed(sql, actor.agency, actor.account, filter, asked.cursor, asked.limit)
                        : cases_.list(sql, actor.agency, *queue, filter, asked.cursor, asked.limit));
        return {};
    }));
    json::object out{
        {"cases", rows_json(page.rows, actor)},
        {"counts",       counts_json(counts)                  }
    };
    if (!page.next_cursor.empty()) out["next_cursor"] = page.next_cursor;
    return Response::json(200, json::serialize(out));
}

Result<Response> ListCases::search(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::list_cases, actor.agency));
    const CaseSearch typed = TRY(read_search(request.http.query_value("q").value_or("")));
    std::vector<CaseRow> rows;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        CaseSearch wanted = typed;
        rows.clear();
        if (typed.kind == CaseSearch::Kind::certificate) {
            const auto found = sql.find(sql::case_of_certificate, {actor.agency, typed.text});
            if (!found) return {};
            wanted = {CaseSearch::Kind::case_number, found->text(0)};
        }
        rows = cases_.search(sql, actor.agency, wanted, found_max + 1);
        return {};
    }));
    const bool more = rows.size() > found_max;
    if (more) rows.resize(found_max);
    return Response::json(200, json::serialize(json::object{
                                   {"cases", rows_json(rows, actor)},
                                   {"more",       more               }
    }));
}

Result<Response> ListCases::team(ApiRequest& request)
{
    constexpr Millis day = 24LL * 60 * 60 * 1000;
    constexpr int returns_days = 30;
    const Agency agency = request.actor.agency;
    TRY(authorise(request.actor, Action::read_statistics, agency));
    const Millis now = clock_.now();
    const WorkCalendar& calendar = calendars_.of(agency);
    const LoadLimits limits{now, due_range(Due::overdue, now, calendar), due_range(Due::today, now, calendar)};
    std::vector<StaffMember> people;
    std::vector<DeskLoad> loads;
    std::vector<ReturnSource> sources;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        people = staff_.list(sql, agency);
        loads = cases_.load_of_desks(sql, agency, limits);
        sources = cases_.sources_of_returns(sql, agency, now - returns_days * day, now + 1);
        return {};
    }));
    json::array desks;
    for (const StaffMember& person : people) {
        json::array duties;
        for (const Duty duty : person.duties) duties.push_back(json::string(to_text(duty)));
        desks.push_back(json::object{
            {"account", person.account   },
            {"name",    person.name      },
            {"duties",  std::move(duties)},
            {"place",   person.place     },
            {"phone",   person.phone     }
        });
    }
    json::array open;
    for (const DeskLoad& load : loads) {
        open.push_back(json::object{
            {"account",         load.account            },
            {"queue",           load.queue              },
            {"open",            load.open               },
            {"older_than_day",  load.older_than_day     },
            {"older_than_week", load.older_than_week    },
            {"overdue",         load.overdue            },
            {"due_today",       load.today              },
            {"deemed_accepted", load.deemed             },
            {"oldest_at",       utc_text(load.oldest_at)}
        });
    }
    const std::string today = china_date(now);
    json::array returns;
    for (const ReturnSource& source : sources) {
        const ReturnReason* reason = find_return_reason(source.code);
        const Result<const Item*> item = catalog_.item_in_force(agency, source.item, today);
        returns.push_back(json::object{
            {"moment",          source.moment                         },
            {"code",            source.code                           },
            {"text",            reason == nullptr ? "" : reason->text },
            {"avoidable",       reason != nullptr && reason->avoidable},
            {"item",            source.item                           },
            {"item_name",       item ? (*item)->name : source.item    },
            {"collecting",      std::to_string(source.collecting)     },
            {"collecting_name", registry_name(catalog_,                 source.collecting)},
            {"count",                 source.count                                                }
        });
    }
    return Response::json(200, json::serialize(json::object{
                                   {"people",       std::move(desks)  },
                                   {"loads",        std::move(open)   },
                                   {"returns",      std::move(returns)},
                                   {"returns_days", returns_days      }
    }));
}

Result<Response> ListCases::rule_requests(ApiRequest& request)
{
    constexpr int newest_max = 200;
    TRY(authorise(request.actor, Action::read_statistics, request.actor.agency));
    std::vector<RuleRequest> found;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        found = cases_.rule_requests(sql, request.actor.agency, newest_max);
        return {};
    }));
    json::array rows;
    for (const RuleRequest& one : found) {
        const ReturnReason* reason = find_return_reason(one.code);
        rows.push_back(json::object{
            {"case_number", one.case_number                      },
            {"moment",      one.moment                           },
            {"code",        one.code                             },
            {"code_text",   reason == nullptr ? "" : reason->text},
            {"item",        one.item                             },
            {"text",        one.text                             },
            {"by",          one.by                               },
            {"at",          utc_text(one.at)                     }
        });
    }
    return Response::json(200, json::serialize(json::object{
                                   {"requests", std::move(rows)}
    }));
}

void add_inbox_routes(Api& api, ListCases& flow)
{
    api.add(Method::get, "/api/v1/team", Action::read_statistics,
            [&](ApiRequest& request) { return flow.team(request); });
    api.add(Method::get, "/api/v1/rule-requests", Action::read_statistics,
            [&](ApiRequest& request) { return flow.rule_requests(request); });
    api.add(Method::get, "/api/v1/cases", Action::list_cases, [&](ApiRequest& request) { return flow.list(request); });
    api.add(Method::get, "/api/v1/case-search", Action::list_cases,
            [&](ApiRequest& request) { return flow.search(request); });
}

}  // namespace tongban
