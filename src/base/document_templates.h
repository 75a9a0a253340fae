#pragma once
// Statutory documents as templates in data (data/documents/F01.toml …): what a person may reword without a release. The
// values come as JSON; a place that a template names and the values do not have stops the document by name.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace tongban {

namespace template_problem {
inline constexpr Problem unknown{"documents.template_unknown", Kind::not_found, Retry::never, "没有这种文书模板"};
inline constexpr Problem value_missing{"documents.value_missing", Kind::unprocessable, Retry::after_fix,
                                       "文书模板需要的内容没有填写"};
inline constexpr const Problem* all[] = {&unknown, &value_missing};
}  // namespace template_problem

struct TemplateFacts {
    std::string code;  // F01
    std::string title;
    std::string law;  // the article that demands it
};

// Thread-safe.
class TemplatePress {
public:
    virtual ~TemplatePress() = default;
    virtual std::vector<TemplateFacts> list() const = 0;
    // The bytes of a PDF. `values`: a JSON object; `at`: dates of the file.
    virtual Result<std::string> print(std::string_view code, std::string_view values, Millis at) = 0;
};

}  // namespace tongban
