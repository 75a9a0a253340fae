// The roll-out matrix: items × registries × channels. A registry sees its own row, the province all of them.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "flows/change_catalogue.h"
#include "modules/catalog/core/list_edits.h"

namespace tongban {
namespace {

struct Cell {
    const Registry* registry = nullptr;
    const Item* item = nullptr;
    bool on = false;
    std::vector<std::string> channels;  // open ones
    std::string next;                   // the next day on which something is switched
    std::int64_t waiting = 0;           // changes that are being written or reviewed
};

// Excel reads a leading = + - @ as a formula.
std::string csv_field(std::string text)
{
    if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) text = "'" + text;
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string csv_of(const std::vector<Cell>& cells)
{
    std::string out =
        "\xEF\xBB\xBF登记机构代码,登记机构,事项,事项名称,状态,渠道,版本,施行日期,本机构版本,下次变动,在办变更\r\n";
    for (const Cell& cell : cells) {
        out += fmt::format("{:06},{},{},{},{},{},{},{},{},{},{}\r\n", cell.registry->code,
                           csv_field(cell.registry->name), csv_field(cell.item->code), csv_field(cell.item->name),
                           cell.on ? "已开通" : "未开通", fmt::join(cell.channels, " "), cell.item->version,
                           cell.item->valid_from, cell.item->registries.empty() ? "否" : "是", cell.next, cell.waiting);
    }
    return out;
}

boost::json::object json_of(const Cell& cell)
{
    boost::json::array channels;
    for (const std::string& channel : cell.channels) channels.push_back(boost::json::string(channel));
    boost::json::object out;
    out["registry"] = fmt::format("{:06}", cell.registry->code);
    out["registry_name"] = cell.registry->name;
    out["city"] = cell.registry->city;
    out["item"] = cell.item->code;
    out["item_name"] = cell.item->name;
    out["on"] = cell.on;
    out["channels"] = std::move(channels);
    out["version"] = cell.item->version;
    out["valid_from"] = cell.item->valid_from;
    out["own"] = !cell.item->registries.empty();
    out["next"] = cell.next;
    out["waiting"] = cell.waiting;
    return out;
}

}  // namespace

Result<Response> ChangeCatalogue::rollout(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::read_rollout, actor.agency));
    const std::string only = request.http.query_value("item").value_or("");
    const std::string today = china_date(parts_.clock.now());
    std::map<std::pair<Agency, std::string>, std::int64_t> waiting;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        waiting = parts_.changes.waiting(sql);
        return {};
    }));
    const bool all = actor.agency == parts_.catalog.province();
    std::vector<Cell> cells;
    for (const Registry& registry : parts_.catalog.registries()) {
        if (!all && registry.code != actor.agency) continue;
        for (const Item* item : parts_.catalog.items_of(registry.code, today)) {
            if (!only.empty() && item->code != only) continue;
            Cell cell{&registry, item, parts_.catalog.is_on(registry.code, *item, today), {}, {}, 0};
            for (const std::string_view channel : known_channels()) {
                if (cell.on && parts_.catalog.is_on(registry.code, *item, today, channel)) {
                    cell.channels.emplace_back(channel);
                }
            }
            cell.next = parts_.catalog.next_switch(registry.code, item->code, today);
            const auto found = waiting.find({registry.code, item->code});
            if (found != waiting.end()) cell.waiting = found->second;
            cells.push_back(std::move(cell));
        }
    }
    if (request.http.query_value("format").value_or("") == "csv") {
        Response file;
        file.body = csv_of(cells);
        file.headers.set("Content-Type", "text/csv; charset=utf-8");
        file.headers.set("Content-Disposition", "attachment; filename=\"rollout-" + today + ".csv\"");
        return file;
    }
    boost::json::array rows;
    for (const Cell& cell : cells) rows.push_back(json_of(cell));
    boost::json::object out;
    out["date"] = today;
    out["cells"] = std::move(rows);
    return Response::json(200, boost::json::serialize(out));
}

}  // namespace tongban
