#include "flows/case_history.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "base/codes.h"
#include "base/json.h"
#include "base/record.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/evidence/core/capsule_extracts.h"

namespace tongban {
namespace {

constexpr std::size_t differences_max = 500;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count)
{
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data() + at, text.data() + at + count, number);
    const bool good = failed == std::errc{} && end == text.data() + at + count && text[at] != '-';
    return good ? std::optional<int>(number) : std::nullopt;
}

// Days since 1970-01-01 of a day of the Gregorian calendar.
std::int64_t days_of(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400;
    const int of_era = y - era * 400;
    const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return std::int64_t{era} * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void compare(const json::value& before, const json::value& after, const std::string& path, std::size_t count_max,
             std::vector<JsonDifference>& all)
{
    if (all.size() >= count_max || before == after) return;
    if (before.is_object() && after.is_object()) {
        std::set<std::string> keys;
        for (const auto& member : before.get_object()) keys.emplace(member.key());
        for (const auto& member : after.get_object()) keys.emplace(member.key());
        for (const std::string& key : keys) {
            const json::value* old = before.get_object().if_contains(key);
            const json::value* now = after.get_object().if_contains(key);
            compare(old == nullptr ? json::value() : *old, now == nullptr ? json::value() : *now, path + "/" + key,
                    count_max, all);
        }
    } else if (before.is_array() && after.is_array()) {
        const auto& old = before.get_array();
        const auto& now = after.get_array();
        for (std::size_t i = 0; i < std::max(old.size(), now.size()); ++i) {
            compare(i < old.size() ? old[i] : json::value(), i < now.size() ? now[i] : json::value(),
                    path + "/" + std::to_string(i), count_max, all);
        }
    } else {
        all.push_back(
            {path, before.is_null() ? "" : json::serialize(before), after.is_null() ? "" : json::serialize(after)});
    }
}

Result<std::optional<Millis>> query_time(const ApiRequest& request, std::string_view name)
{
    const auto text = request.http.query_value(name);
    if (!text || text->empty()) return std::optional<Millis>{};
    const auto at = millis_of_utc(*text);
    if (!at)
        return Error{base_problem::invalid_fields,
                     "时刻的写法应如 2026-11-23T06:05:09Z",
                     {{"/" + std::string(name), "time", "时刻格式不正确"}}};
    return at;
}

// The case then, and what it was judged by.
json::object standing(const std::vector<CapsuleEvent>& events, const Catalog& catalog)
{
    const Case subject = shown(folded(events));
    const auto item = catalog.item_version(subject.item, subject.catalog_version);
    json::object out;
    out["at"] = events.empty() ? json::value(nullptr) : json::value(utc_text(events.back().at));
    out["version"] = subject.version;
    out["state"] = events.empty() ? std::string_view{} : to_text(subject.state);
    out["state_name"] = events.empty() ? std::string_view{} : chinese(subject.state);
    out["catalog_version"] = subject.catalog_version;
    out["rules_version"] = item ? (*item)->rules_version : std::string{};
    out["calendar"] = subject.calendar;
    out["case"] = events.empty() ? json::value(nullptr) : record_value(subject);
    return out;
}

}  // namespace

std::optional<Millis> millis_of_utc(std::string_view text)
{
    constexpr std::string_view form = "0000-00-00T00:00:00";
    if (text.size() < form.size() + 1 || text.size() > form.size() + 5 || text.back() != 'Z') return std::nullopt;
    for (const std::size_t at : {4U, 7U, 10U, 13U, 16U})
        if (text[at] != form[at]) return std::nullopt;
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    std::optional<int> millis = 0;
    if (text.size() > form.size() + 1) {
        const std::size_t count = text.size() - form.size() - 2;
        if (text[form.size()] != '.' || count == 0) return std::nullopt;
        millis = digits(text, form.size() + 1, count);
        for (std::size_t i = count; millis && i < 3; ++i) *millis *= 10;
    }
    if (!year || !month || !day || !hour || !minute || !second || !millis || *hour > 23 || *minute > 59 ||
        *second > 59 || !is_date(text.substr(0, 10)))
        return std::nullopt;
    return (((days_of(*year, *month, *day) * 24 + *hour) * 60 + *minute) * 60 + *second) * 1000 + *millis;
}

std::vector<JsonDifference> differences(const json::value& before, const json::value& after, std::size_t count_max)
{
    std::vector<JsonDifference> all;
    compare(before, after, {}, count_max, all);
    return all;
}

Result<Response> CaseHistory::show(ApiRequest& request)
{
    const CheckedCode number = check_case_number(request.path("number"));
    if (!number) return Error{cases_problem::not_found};
    const Agency agency = agency_of_number(number.value);
    TRY(authorise(request.actor, Action::read_case, agency));
    const auto at = TRY(query_time(request, "at"));
    const auto other = TRY(query_time(request, "and"));
    std::vector<CapsuleEvent> events;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        events.clear();
        TRY(parts_.cases.load(sql, agency, number.value));
        for (const JournalEvent& event : parts_.journal.read(sql, agency, {"case", number.value})) {
            events.push_back({event.seq, event.aggregate, event.aggregate_id, event.version, event.type, event.body,
                              event.actor, event.at, event.prev_hash});
        }
        return {};
    }));
    json::object out;
    out["number"] = number.value;
    json::array instants;
    const Case whole = folded(events);
    for (std::size_t i = 0; i < whole.timeline.size(); ++i) {
        const CaseProgress& step = whole.timeline[i];
        instants.push_back(json::object{
            {"at",   utc_text(step.at)},
            {"what", step.what        },
            {"text", step.text        },
            {"by",   step.by          }
        });
    }
    out["instants"] = std::move(instants);
    constexpr Millis ever = std::numeric_limits<Millis>::max();
    const json::object then = standing(until(events, at.value_or(ever)), parts_.catalog);
    if (other) {
        const json::object later = standing(until(events, *other), parts_.catalog);
        json::array changed;
        for (const JsonDifference& one : differences(then.at("case"), later.at("case"), differences_max)) {
            changed.push_back(json::object{
                {"path",   one.path  },
                {"before", one.before},
                {"after",  one.after }
            });
        }
        out["differences"] = std::move(changed);
        out["and"] = later;
    }
    out["then"] = then;
    Response response = Response::json(200, json::serialize(out));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

void add_history_routes(Api& api, CaseHistory& flow)
{
    api.add(Method::get, "/api/v1/cases/{number}/history", Action::read_case,
            [&flow](ApiRequest& request) { return flow.show(request); });
}

}  // namespace tongban
