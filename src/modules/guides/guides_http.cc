#include "modules/guides/guides_http.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "modules/calendar/core/calendar.h"
#include "modules/guides/core/guide.h"
#include "modules/guides/core/guides_problems.h"

namespace tongban {
namespace {

namespace json = boost::json;

constexpr std::size_t typed_max = 60;  // bytes of a search, some twenty characters

struct Guides {
    const Catalog& catalog;
    DocumentPress& press;
    Clock& clock;
    std::string base_url;

    Result<const Registry*> registry(const std::string& text) const
    {
        Agency code = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
        if (error != std::errc{} || end != text.data() + text.size()) return Error{catalog_problem::registry_not_found};
        return catalog.get_registry(code);
    }

    // In force today, on or not: people may read what will be possible.
    Result<const Item*> item(const Registry& at, const std::string& code) const
    {
        const Item* found = catalog.find_item(at.code, code, china_date(clock.now()));
        if (found == nullptr || found->version.empty()) return Error{catalog_problem::item_not_found};
        return found;
    }

    Result<Guide> guide(const ApiRequest& request) const
    {
        const Registry* at = TRY(registry(request.path("registry")));
        const Item* now = TRY(item(*at, request.path("item")));
        const std::string day_before = iso_date(day_of(now->valid_from) - std::chrono::days{1});
        const Item* previous = catalog.find_item(at->code, now->code, day_before);
        if (previous != nullptr && previous->version.empty()) previous = nullptr;
        return guide_of(*at, *now, catalog.is_on(at->code, *now, china_date(clock.now())), previous);
    }

    Result<Response> list(const ApiRequest& request) const
    {
        const Registry* at = TRY(registry(request.http.query_value("registry").value_or("")));
        const std::string typed{trimmed(request.http.query_value("q").value_or(""))};
        if (typed.size() > typed_max) return Error{guides_problem::search_too_long};
        const std::string today = china_date(clock.now());
        json::array items;
        for (const Item* item : catalog.items_of(at->code, today)) {
            if (item->version.empty() || !speaks_of(*item, typed)) continue;
            json::object row = head(*at, *item, today);
            row["item"] = item->code;
            row["name"] = item->name;
            row["summary"] = item->summary;
            items.push_back(std::move(row));
        }
        json::object out;
        out["registry_name"] = at->name;
        out["guides"] = std::move(items);
        return Response::json(200, json::serialize(out));
    }

    Result<Response> print(const ApiRequest& request) const
    {
        const Guide shown = TRY(guide(request));
        const std::string url = fmt::format("{}/guides/{:06}/{}", base_url, shown.registry.code, shown.item);
        // The day, not the moment: the same guide is the same file all day long.
        const std::string today = china_date(clock.now());
        constexpr Millis china_offset = 8LL * 60 * 60 * 1000;
        const Millis midnight =
            std::chrono::sys_time<std::chrono::milliseconds>(day_of(today)).time_since_epoch().count() - china_offset;
        Response answer;
        answer.body = TRY(press.print(printed_guide(shown, url, midnight)));
        answer.headers.set("Content-Type", "application/pdf");
        answer.headers.set("Content-Disposition", fmt::format("inline; filename=\"guide-{}-{:06}-{}.pdf\"", shown.item,
                                                              shown.registry.code, shown.version));
        answer.compress = false;
        return answer;
    }

    // F47: the same item at two registries. `before` of a difference is the first, `after` the second.
    Result<Response> compare(const ApiRequest& request) const
    {
        const Registry* one = TRY(registry(request.path("registry")));
        const Registry* other = TRY(registry(request.http.query_value("with").value_or("")));
        const Item* here = TRY(item(*one, request.path("item")));
        const Item* there = TRY(item(*other, request.path("item")));
        const std::string today = china_date(clock.now());
        json::object out;
        out["item"] = here->code;
        out["name"] = here->name;
        out["one"] = head(*one, *here, today);
        out["other"] = head(*other, *there, today);
        out["differences"] = to_json(differences(*here, *there));
        return Response::json(200, json::serialize(out));
    }

    json::object head(const Registry& at, const Item& item, std::string_view today) const
    {
        json::object out;
        out["registry"] = fmt::format("{:06}", at.code);
        out["registry_name"] = at.name;
        out["version"] = item.version;
        out["valid_from"] = item.valid_from;
        out["promised_working_days"] = item.promised_working_days;
        out["on"] = catalog.is_on(at.code, item, today);
        return out;
    }
};

}  // namespace

void add_guide_routes(Api& api, const Catalog& catalog, DocumentPress& press, Clock& clock, std::string public_base_url)
{
    const auto guides = std::make_shared<Guides>(Guides{catalog, press, clock, std::move(public_base_url)});
    api.add(Method::get, "/api/v1/public/guides", Action::read_public,
            [guides](ApiRequest& request) { return guides->list(request); });
    api.add(Method::get, "/api/v1/public/guides/{registry}/{item}", Action::read_public,
            [guides](ApiRequest& request) -> Result<Response> {
                return Response::json(200, json::serialize(to_json(TRY(guides->guide(request)))));
            });
    api.add(Method::get, "/api/v1/public/guides/{registry}/{item}/document", Action::read_public,
            [guides](ApiRequest& request) { return guides->print(request); });
    api.add(Method::get, "/api/v1/public/guides/{registry}/{item}/comparison", Action::read_public,
            [guides](ApiRequest& request) { return guides->compare(request); });
}

}  // namespace tongban
