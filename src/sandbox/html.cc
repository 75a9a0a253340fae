#include "sandbox/html.h"

#include <fmt/format.h>

namespace tongban {

namespace {

constexpr std::string_view style = R"css(
body{font-family:"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;margin:0;background:#f4f6f9;color:#1d2733;line-height:1.6}
header{background:#0b4a8f;color:#fff;padding:.8rem 1.2rem;display:flex;gap:.8rem;align-items:center}
header a{color:#fff;text-decoration:none}
.mark{background:#c8102e;border-radius:.25rem;padding:.1rem .5rem;font-weight:700}
main{max-width:46rem;margin:1.5rem auto;padding:0 1rem}
.card{background:#fff;border:1px solid #dde3ea;border-radius:.5rem;padding:1rem 1.2rem;margin:0 0 1rem}
h1{font-size:1.3rem;margin:.2rem 0 1rem}
.amount{font-size:2.2rem;font-weight:700;margin:.5rem 0}
button{font-size:1.2rem;padding:.8rem 1.6rem;border:0;border-radius:.4rem;background:#0b4a8f;color:#fff;cursor:pointer;width:100%}
button:focus-visible{outline:3px solid #f2a900}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #e4e9ef;padding:.4rem;text-align:left;vertical-align:top}
code{background:#eef2f7;padding:.1rem .3rem;border-radius:.2rem;overflow-wrap:anywhere}
.quiet{color:#5b6875}
)css";

}  // namespace

std::string html_text(std::string_view plain)
{
    std::string out;
    for (const char c : plain) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

Response html_page(std::string_view title, std::string_view body, int status, int refresh_seconds)
{
    const std::string refresh =
        refresh_seconds == 0 ? "" : fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">", refresh_seconds);
    Response response;
    response.status = status;
    response.headers.set("Content-Type", "text/html; charset=utf-8");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.body = fmt::format(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">{}<title>{} · 演示</title><style>{}</style></head>"
        "<body><header><span class=\"mark\">演示</span><a href=\"/\">外部系统替身</a></header><main><h1>{}</h1>{}"
        "</main></body></html>",
        refresh, html_text(title), style, html_text(title), body);
    return response;
}

Response see_other(std::string location)
{
    Response response;
    response.status = 303;
    response.headers.set("Location", std::move(location));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace tongban
