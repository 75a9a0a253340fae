#include "platform/documents/template_press.h"

#include <boost/json.hpp>

#include "platform/documents/pdf_writer.h"
#include "platform/documents/template.h"

namespace tongban {
namespace {

using namespace documents;

class BookPress final : public TemplatePress {
public:
    BookPress(const std::filesystem::path& cache, const std::string& folder, PressMode mode)
        : fonts_(cache),
          marking_(mode == PressMode::demo ? Marking::demo : Marking::live),
          book_(load_templates(folder))
    {
    }

    std::vector<TemplateFacts> list() const override
    {
        std::vector<TemplateFacts> all;
        for (const auto& [code, document] : book_) all.push_back({code, document.title, document.law});
        return all;
    }

    Result<std::string> print(std::string_view code, std::string_view values, Millis at) override
    {
        const auto found = book_.find(code);
        if (found == book_.end()) return Error{template_problem::unknown};
        boost::json::error_code fault;
        const boost::json::value read = boost::json::parse(values, fault);
        if (fault || !read.is_object()) return Error{template_problem::value_missing, "文书内容不是JSON对象"};
        const Drawing drawing = TRY(compose(fonts_, marking_, found->second, read.as_object(), at));
        return write_pdf(drawing, fonts_, make_plates(drawing, fonts_));
    }

private:
    const FontBook fonts_;
    const Marking marking_;
    const std::map<std::string, DocumentTemplate, std::less<>> book_;
};

}  // namespace

std::unique_ptr<TemplatePress> make_template_press(const std::filesystem::path& font_cache, const std::string& folder,
                                                   PressMode mode)
{
    return std::make_unique<BookPress>(font_cache, folder, mode);
}

}  // namespace tongban
