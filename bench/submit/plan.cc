#include "submit/plan.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <map>
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

Submits::Submits(const Plan& plan)
    : plan_(plan), run_(static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()))
{
}

Submits::Submit Submits::next()
{
    const std::uint64_t number = count_++;
    std::map<std::string, std::string, std::less<>> named;
    // As the program's: 36 characters, rising with time, so that indexes grow at their end.
    const auto new_id = [&] {
        return fmt::format("{:08x}-{:04x}-7000-8000-{:012x}", run_ >> 32U, (run_ >> 16U) & 0xffffU, ++ids_);
    };
    // Rising within this run and above all runs before.
    const auto seq = static_cast<std::int64_t>(run_ / 1000 + number);
    Submit made;
    for (const Step& step : plan_.submit) {
        for (int k = 1; k <= step.times; ++k) {
            Call call{&step, step.values};
            for (SqlValue& value : call.values) {
                const auto* text = std::get_if<std::string>(&value);
                if (!text || !text->starts_with('@')) continue;
                if (text->starts_with("@id:")) {
                    std::string& id = named[*text];
                    if (id.empty()) id = new_id();
                    value = id;
                } else if (*text == "@seq") {
                    value = seq;
                } else if (*text == "@seq:1of2") {
                    value = 2 * seq;
                } else if (*text == "@seq:2of2") {
                    value = 2 * seq + 1;
                } else if (*text == "@k") {
                    value = std::int64_t{k};
                } else if (*text == "@hash") {
                    value = fmt::format("{:064x}", run_ ^ ++ids_);
                } else if (text->starts_with("@text:")) {
                    value = std::string(std::stoul(text->substr(6)), 'x');
                } else {
                    throw std::runtime_error("the plan has an unknown value " + *text);
                }
            }
            made.push_back(std::move(call));
        }
    }
    return made;
}

}  // namespace tongban::bench
