#include <boost/json.hpp>
#include <charconv>

#include "base/json.h"
#include "modules/access/core/access_problems.h"
#include "modules/access/core/api.h"

namespace tongban {
namespace {

constexpr int limit_max = 100;
constexpr std::size_t cursor_bytes_max = 200;

template <class Number>
std::optional<Number> whole_number(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

const std::string& ApiRequest::path(std::string_view name) const
{
    const auto found = http.path_values.find(std::string(name));
    TONGBAN_ASSERT(found != http.path_values.end());
    return found->second;
}

std::int64_t ApiRequest::version() const
{
    TONGBAN_ASSERT(if_match.has_value());
    return *if_match;
}

Result<boost::json::value> ApiRequest::json() const
{
    if (http.body.empty()) return boost::json::value(boost::json::object{});
    return parse_json(http.body);
}

Result<ApiRequest::Page> ApiRequest::page() const
{
    Page page;
    if (const auto limit = http.query_value("limit")) {
        const auto number = whole_number<int>(*limit);
        if (!number || *number < 1 || *number > limit_max) {
            return Error{access_problem::page_invalid, "limit 应为 1 到 100 的整数"};
        }
        page.limit = *number;
    }
    page.cursor = http.query_value("cursor").value_or("");
    if (page.cursor.size() > cursor_bytes_max) return Error{access_problem::page_invalid, "cursor 过长"};
    return page;
}

std::string etag(std::int64_t version)
{
    return "\"v" + std::to_string(version) + "\"";
}

std::optional<std::int64_t> version_of_etag(std::string_view value)
{
    if (value.starts_with("W/")) value.remove_prefix(2);
    if (value.size() < 4 || !value.starts_with("\"v") || !value.ends_with('"')) return std::nullopt;
    const auto version = whole_number<std::int64_t>(value.substr(2, value.size() - 3));
    if (!version || *version < 0) return std::nullopt;
    return version;
}

}  // namespace tongban
