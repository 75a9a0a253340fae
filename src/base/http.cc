#include "base/http.h"

#include <algorithm>
#include <boost/json.hpp>

namespace tongban {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// "/a/{b}/c" → a, {b}, c. A trailing slash is a last empty segment: "/a/" is another address than "/a".
std::vector<std::string_view> split_path(std::string_view path)
{
    std::vector<std::string_view> parts;
    if (!path.empty() && path.front() == '/') path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        parts.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return parts;
        path.remove_prefix(slash + 1);
    }
}

bool is_value(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

std::string_view to_text(Method method)
{
    switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    }
    return "GET";
}

void Headers::set(std::string_view name, std::string value)
{
    std::erase_if(list_, [&](const auto& header) { return same_name(header.first, name); });
    list_.emplace_back(std::string(name), std::move(value));
}

std::string_view Headers::find(std::string_view name) const
{
    for (const auto& [key, value] : list_)
        if (same_name(key, name)) return value;
    return {};
}

bool Headers::has(std::string_view name) const
{
    return std::ranges::any_of(list_, [&](const auto& header) { return same_name(header.first, name); });
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

std::optional<std::string> Request::query_value(std::string_view name) const
{
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto equals = pair.find('=');
        const auto key = percent_decode(pair.substr(0, equals), true);
        if (!key || *key != name) continue;
        if (equals == std::string_view::npos) return std::string{};
        return percent_decode(pair.substr(equals + 1), true);
    }
    return std::nullopt;
}

std::string_view Request::cookie(std::string_view name) const
{
    for (const auto& [key, value] : headers.list()) {
        if (!same_name(key, "cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto end = rest.find(';');
            const std::string_view pair = trimmed(rest.substr(0, end));
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
        }
    }
    return {};
}

Response Response::json(int status, std::string body)
{
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
}

void Router::add(Route route)
{
    TONGBAN_ASSERT(!route.pattern.empty() && route.pattern.front() == '/');
    TONGBAN_ASSERT(static_cast<bool>(route.handler) != static_cast<bool>(route.upload));
    const bool is_new = std::ranges::none_of(
        routes_, [&](const Route& r) { return r.method == route.method && r.pattern == route.pattern; });
    TONGBAN_ASSERT(is_new);

    std::vector<std::string> segments;
    for (const std::string_view segment : split_path(route.pattern)) segments.emplace_back(segment);
    if (by_length_.size() <= segments.size()) by_length_.resize(segments.size() + 1);
    by_length_[segments.size()].push_back(routes_.size());
    segments_.push_back(std::move(segments));
    routes_.push_back(std::move(route));
}

Router::Match Router::match(Method method, std::string_view path) const
{
    Match match;
    const auto parts = split_path(path);
    if (parts.size() >= by_length_.size()) return match;

    // Among the patterns that fit, the one whose literals come first is the most exact: /cases/search before
    // /cases/{number}.
    const auto more_exact = [&](std::size_t a, std::size_t b) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool value_a = is_value(segments_[a][i]);
            const bool value_b = is_value(segments_[b][i]);
            if (value_a != value_b) return value_b;
        }
        return routes_[a].method == method && routes_[b].method != method;  // a HEAD route before GET
    };
    std::optional<std::size_t> best;
    for (const std::size_t index : by_length_[parts.size()]) {
        const auto& segments = segments_[index];
        bool fits = true;
        for (std::size_t i = 0; fits && i < parts.size(); ++i)
            fits = is_value(segments[i]) ? !parts[i].empty() : segments[i] == parts[i];
        if (!fits) continue;
        match.path_known = true;
        const Method offered = routes_[index].method;
        if (offered != method && !(method == Method::head && offered == Method::get)) continue;
        if (!best || more_exact(index, *best)) best = index;
    }
    if (!best) return match;
    match.route = &routes_[*best];
    const auto& segments = segments_[*best];
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (is_value(segments[i])) match.path_values[segments[i].substr(1, segments[i].size() - 2)] = parts[i];
    return match;
}

Response problem_response(const Error& error, std::string_view trace, int status)
{
    namespace js = boost::json;
    const auto text = [](std::string_view s) { return js::string_view(s.data(), s.size()); };
    const Problem& problem = *error.problem;

    js::object document;
    document["type"] = text("/problems/" + std::string(problem.code));
    document["title"] = text(problem.title);
    document["status"] = status;
    if (!error.detail.empty()) document["detail"] = text(error.detail);
    document["instance"] = text("/requests/" + std::string(trace));
    document["code"] = text(problem.code);
    document["retry"] = text(to_text(problem.retry));
    if (!error.fields.empty()) {
        js::array fields;
        for (const FieldError& field : error.fields)
            fields.push_back(js::object{
                {"pointer", text(field.pointer)},
                {"code",    text(field.code)   },
                {"detail",  text(field.detail) }
            });
        document["errors"] = std::move(fields);
    }
    // Standard members are not overwritten by a careless extra.
    for (const auto& [key, value] : error.extra)
        if (!document.contains(text(key))) document[text(key)] = text(value);

    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/problem+json");
    if (status == 503 || status == 429) response.headers.add("Retry-After", "1");
    response.body = js::serialize(document);
    return response;
}

Response problem_response(const Error& error, std::string_view trace)
{
    return problem_response(error, trace, http_status(error.problem->kind));
}

}  // namespace tongban
