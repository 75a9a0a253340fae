#include "submit/plan.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tongban::bench {

namespace json = boost::json;

namespace {

std::vector<Step> read_steps(const json::value* list, std::string_view prefix)
{
    std::vector<Step> steps;
    if (!list) return steps;
    for (const json::value& item : list->as_array()) {
        const json::object& object = item.as_object();
        Step step{.name = fmt::format("{}_{}", prefix, steps.size()),
                  .sql = std::string(object.at("sql").as_string()),
                  .times = object.contains("times") ? static_cast<int>(object.at("times").as_int64()) : 1,
                  .values = {}};
        for (const json::value& value : object.at("values").as_array()) {
            if (value.is_null())
                step.values.emplace_back(nullptr);
            else if (value.is_int64())
                step.values.emplace_back(std::int64_t{value.as_int64()});
            else
                step.values.emplace_back(std::string(value.as_string()));
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

}  // namespace

Plan read_plan(const std::string& path)
{
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read the plan " + path);
    std::stringstream text;
    text << file.rdbuf();
    const json::value plan = json::parse(text.str());
    return {read_steps(plan.as_object().if_contains("setup"), "setup"),
            read_steps(plan.as_object().if_contains("submit"), "submit")};
}

Submits::Submits(const Plan& plan, int agencies)
    : plan_(plan),
      agencies_(agencies),
      run_(static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()))
{
}

Submits::Submit Submits::next()
{
    const std::uint64_t number = count_++;
    const auto id_of = [&](std::uint64_t n) { return fmt::format("{:016x}-7000-8000-{:012x}", run_, n); };
    const auto agencies = static_cast<std::uint64_t>(agencies_);
    Submit made{.agency = static_cast<Agency>(370101 + number % agencies), .calls = {}};
    const std::string id = id_of(++ids_);
    // Rising for each registry within this run and above all runs before.
    const auto seq = static_cast<std::int64_t>(run_ / 1000 + number / agencies);
    for (const Step& step : plan_.submit) {
        for (int k = 1; k <= step.times; ++k) {
            Call call{&step, step.values};
            for (SqlValue& value : call.values) {
                const auto* text = std::get_if<std::string>(&value);
                if (!text || !text->starts_with('@')) continue;
                if (*text == "@agency")
                    value = std::int64_t{made.agency};
                else if (*text == "@id")
                    value = id;
                else if (*text == "@new")
                    value = id_of(++ids_);
                else if (*text == "@seq")
                    value = seq;
                else if (*text == "@k")
                    value = std::int64_t{k};
                else if (*text == "@hash")
                    value = fmt::format("{:064x}", run_ ^ ++ids_);
                else if (text->starts_with("@text:"))
                    value = std::string(std::stoul(text->substr(6)), 'x');
                else
                    throw std::runtime_error("the plan has an unknown value " + *text);
            }
            made.calls.push_back(std::move(call));
        }
    }
    return made;
}

}  // namespace tongban::bench
