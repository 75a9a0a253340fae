#include "modules/appointments/hall_files.h"

#include "base/data_file.h"

namespace tongban {
namespace {

HallPlan read_plan(DataTable& table)
{
    HallPlan plan;
    plan.slot_minutes = static_cast<int>(table.integer("slot_minutes", 5, 240));
    plan.capacity = static_cast<int>(table.integer("capacity", 1, 200));
    plan.days_ahead = static_cast<int>(table.integer("days_ahead", 0, 60));
    plan.cancel_minutes = static_cast<int>(table.integer("cancel_minutes", 0, 24 * 60));
    for (const std::string& span : table.texts("hours")) {
        const std::vector<std::string> slots = slots_within(span, plan.slot_minutes);
        if (slots.empty()) table.fail("hours", "holds a span that is not like 09:00-11:30 or is shorter than a slot");
        if (!slots.empty() && !plan.slots.empty() && slots.front() <= plan.slots.back()) {
            table.fail("hours", "must follow each other");
        }
        plan.slots.insert(plan.slots.end(), slots.begin(), slots.end());
    }
    if (plan.slots.empty()) table.fail("hours", "gives no slot");
    return plan;
}

}  // namespace

HallPlans load_halls(const std::string& path)
{
    DataFaults faults;
    const DataFile file = DataFile::open(path, faults);
    DataTable table = file.top(faults);
    HallPlan usual;
    std::map<Agency, HallPlan> own;
    table.table("usual", [&](DataTable& plan) { usual = read_plan(plan); });
    table.tables("halls", [&](DataTable& hall) {
        const auto code = static_cast<Agency>(hall.integer("registry", 100'000, 999'999));
        HallPlan plan = read_plan(hall);
        if (!own.emplace(code, std::move(plan)).second) hall.fail("registry", "occurs twice");
    });
    table.finish();
    faults.check();
    return {std::move(usual), std::move(own)};
}

}  // namespace tongban
