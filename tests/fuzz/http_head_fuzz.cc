// sources: src/platform/http/http_head.cc src/base/http.cc src/base/problem.cc
// libraries: boost_json
// The beginning of a request: whatever bytes come, in whatever pieces, what is accepted keeps these promises.
#include <cstdint>
#include <cstdlib>

#include "platform/http/http_head.h"

namespace {

void promise(bool kept)
{
    if (!kept) std::abort();
}

void check(const tongban::Head& head)
{
    const tongban::Request& request = head.request;
    promise(!request.path.empty() && request.path.front() == '/');
    promise(request.path.find('\0') == std::string::npos && request.path.find('\n') == std::string::npos);
    promise(request.query.find('#') == std::string::npos && request.query.find(' ') == std::string::npos);
    promise(!(head.chunked && head.content_length));
    int hosts = 0;
    for (const auto& [name, value] : request.headers.list()) {
        hosts += name == "Host" || name == "host";
        promise(name.find_first_of("\r\n: ") == std::string::npos);
        promise(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
    promise(hosts <= 1);
    (void)request.query_value("a");
    (void)request.cookie("session");
}

const tongban::Router& router()
{
    static const tongban::Router made = [] {
        tongban::Router r;
        for (const char* pattern : {"/", "/api/cases/{number}", "/api/cases/search", "/api/{a}/{b}/{c}"})
            r.add({tongban::Method::get, pattern, [](tongban::Request&) { return tongban::Response{}; }, {}});
        return r;
    }();
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::size_t piece = std::size_t{data[0]} + 1;  // as the network would cut it
    const char* bytes = reinterpret_cast<const char*>(data) + 1;
    --size;
    tongban::RequestParser parser;
    parser.header_limit(16 * 1024);
    parser.body_limit(boost::none);
    std::size_t begin = 0;
    std::size_t end = 0;
    while (!parser.is_header_done()) {
        if (end == size) return 0;
        end = std::min(size, end + piece);
        boost::beast::error_code error;
        begin += parser.put(boost::asio::buffer(bytes + begin, end - begin), error);
        if (parser.is_header_done()) break;
        if (error && error != boost::beast::http::error::need_more) {
            promise(tongban::refusal_for(error).status >= 400);
            return 0;
        }
    }
    const auto read = tongban::read_head(parser, {});
    if (const auto* head = std::get_if<tongban::Head>(&read)) {
        check(*head);
        const auto match = router().match(head->request.method, head->request.path);
        promise(match.route == nullptr || match.path_known);
        for (const auto& [name, value] : match.path_values)
            promise(!value.empty() && value.find('/') == std::string::npos);
    } else {
        promise(std::get<tongban::HeadRefusal>(read).status >= 400);
    }
    return 0;
}
