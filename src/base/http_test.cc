#include "base/http.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tongban {
namespace {

Route route(Method method, std::string pattern)
{
    return {
        .method = method, .pattern = std::move(pattern), .handler = [](Request&) { return Response{}; }, .upload = {}};
}

std::string matched(const Router& router, Method method, std::string_view path)
{
    const auto match = router.match(method, path);
    if (match.route == nullptr) return match.path_known ? "405" : "404";
    std::string text = match.route->pattern;
    for (const auto& [name, value] : match.path_values) text += " " + name + "=" + value;
    return text;
}

TEST(Router, FollowsTheTable)
{
    Router router;
    router.add(route(Method::get, "/api/cases/{number}"));
    router.add(route(Method::get, "/api/cases/search"));
    router.add(route(Method::put, "/api/cases/{number}/pages/{page}"));
    router.add(route(Method::get, "/"));

    const struct {
        Method method;
        std::string_view path;
        std::string_view expect;
    } rows[] = {
        {Method::get,  "/api/cases/7",         "/api/cases/{number} number=7"                    },
        {Method::get,  "/api/cases/search",    "/api/cases/search"                               },
        {Method::head, "/api/cases/7",         "/api/cases/{number} number=7"                    },
        {Method::put,  "/api/cases/7/pages/2", "/api/cases/{number}/pages/{page} number=7 page=2"},
        {Method::post, "/api/cases/7",         "405"                                             },
        {Method::get,  "/api/cases/",          "404"                                             },
        {Method::get,  "/api/cases/7/",        "404"                                             },
        {Method::get,  "/api//7",              "404"                                             },
        {Method::get,  "/",                    "/"                                               },
        {Method::get,  "/a/b/c/d/e/f/g/h",     "404"                                             },
    };
    for (const auto& row : rows) EXPECT_EQ(matched(router, row.method, row.path), row.expect) << row.path;
    EXPECT_THROW(router.add(route(Method::get, "/")), BrokenInvariant);
}

TEST(Request, ReadsQueryValues)
{
    Request request;
    request.query = "a=1&name=%E6%9D%8E+%E5%9B%9B&empty=&flag&bad=%zz";
    EXPECT_EQ(request.query_value("a"), "1");
    EXPECT_EQ(request.query_value("name"), "李 四");
    EXPECT_EQ(request.query_value("empty"), "");
    EXPECT_EQ(request.query_value("flag"), "");
    EXPECT_EQ(request.query_value("bad"), std::nullopt);
    EXPECT_EQ(request.query_value("absent"), std::nullopt);
}

TEST(Request, ReadsCookies)
{
    Request request;
    request.headers.add("Cookie", "session=abc=; csrf=x");
    request.headers.add("cookie", "second=2");
    EXPECT_EQ(request.cookie("session"), "abc=");
    EXPECT_EQ(request.cookie("csrf"), "x");
    EXPECT_EQ(request.cookie("second"), "2");
    EXPECT_EQ(request.cookie("sess"), "");
}

TEST(Headers, NamesHaveNoCase)
{
    Headers headers;
    headers.add("If-Match", "1");
    headers.add("IF-MATCH", "2");
    EXPECT_EQ(headers.find("if-match"), "1");
    headers.set("if-match", "3");
    EXPECT_EQ(headers.list().size(), 1U);
    EXPECT_EQ(headers.find("If-Match"), "3");
    EXPECT_FALSE(headers.has("If"));
}

TEST(PercentDecode, RefusesMalformedEscapes)
{
    EXPECT_EQ(percent_decode("/a%2fb"), "/a/b");
    EXPECT_EQ(percent_decode("%"), std::nullopt);
    EXPECT_EQ(percent_decode("%4"), std::nullopt);
    EXPECT_EQ(percent_decode("%g0"), std::nullopt);
    EXPECT_EQ(percent_decode("a+b"), "a+b");
}

TEST(ProblemResponse, IsAnRfc9457Document)
{
    Error error(base_problem::invalid_fields, "两处不正确",
                {
                    {"/name", "required", "必填"}
    });
    error.with("need", "name").with("status", "999");
    const Response response = problem_response(error, "7f3a");
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.headers.find("content-type"), "application/problem+json");
    const auto document = boost::json::parse(response.body).as_object();
    EXPECT_EQ(document.at("type"), "/problems/base.invalid_fields");
    EXPECT_EQ(document.at("status"), 422);
    EXPECT_EQ(document.at("instance"), "/requests/7f3a");
    EXPECT_EQ(document.at("retry"), "after_fix");
    EXPECT_EQ(document.at("need"), "name");
    EXPECT_EQ(document.at("errors").at(0).at("pointer"), "/name");
    EXPECT_EQ(problem_response(http_problem::method_not_allowed, "t", 405).status, 405);
}

}  // namespace
}  // namespace tongban
