#include <cmath>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <set>
#include <string>

#include "platform/images/gate.h"

namespace tongban::images {
namespace {

// Keys and names that make a PDF act, or carry other files. /OpenAction is judged apart: as an array it only says
// which page to show first, and half of all PDFs have that.
const std::set<std::string>& active_words()
{
    static const std::set<std::string> words{
        "/JS",  "/JavaScript", "/AA",         "/Launch", "/EmbeddedFiles", "/EF",    "/EmbeddedFile", "/RichMedia",
        "/XFA", "/SubmitForm", "/ImportData", "/GoToR",  "/GoToE",         "/Movie", "/Sound",        "/Rendition"};
    return words;
}

constexpr int depth_max = 200;

bool is_active(QPDFObjectHandle object, int depth = 0)
{
    if (depth > depth_max) return true;  // no honest document nests like this
    if (object.isStream()) object = object.getDict();
    if (object.isDictionary()) {
        for (const std::string& key : object.getKeys()) {
            QPDFObjectHandle value = object.getKey(key);
            if (active_words().contains(key) && !value.isNull()) return true;
            if (value.isName() && active_words().contains(value.getName())) return true;
            if (key == "/OpenAction" && value.isDictionary()) return true;
            if (!value.isIndirect() && is_active(value, depth + 1)) return true;
        }
    } else if (object.isArray()) {
        for (QPDFObjectHandle item : object.getArrayAsVector())
            if (!item.isIndirect() && is_active(item, depth + 1)) return true;
    }
    return false;
}

FileFacts facts_of(std::vector<QPDFObjectHandle> pages)
{
    FileFacts facts{FileKind::pdf, static_cast<int>(pages.size()), 0, 0};
    QPDFPageObjectHelper first(pages.front());
    QPDFObjectHandle box = first.getMediaBox();
    if (box.isRectangle()) {
        const auto rectangle = box.getArrayAsRectangle();
        facts.width = static_cast<int>(std::lround(std::min(1e6, std::fabs(rectangle.urx - rectangle.llx))));
        facts.height = static_cast<int>(std::lround(std::min(1e6, std::fabs(rectangle.ury - rectangle.lly))));
    }
    QPDFObjectHandle turn = first.getAttribute("/Rotate", false);
    if (turn.isInteger() && (turn.getIntValueAsInt() / 90) % 2 != 0) std::swap(facts.width, facts.height);
    return facts;
}

bool has_end(std::string_view bytes)
{
    const std::size_t tail = bytes.size() > 2048 ? bytes.size() - 2048 : 0;
    return bytes.substr(tail).find("%%EOF") != std::string_view::npos;
}

}  // namespace

Result<FileFacts> inspect_pdf(std::string_view bytes)
{
    if (!has_end(bytes)) return Error{imaging_problem::truncated};
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.setAttemptRecovery(false);  // a file that needs repair is shown differently by every viewer
        pdf.processMemoryFile("upload", bytes.data(), bytes.size());
        if (pdf.isEncrypted()) return Error{imaging_problem::encrypted};
        const auto pages = pdf.getAllPages();
        if (pages.empty()) return Error{imaging_problem::damaged, "PDF 没有页面"};
        if (pages.size() > static_cast<std::size_t>(pdf_pages_max)) return Error{imaging_problem::too_many_pages};
        for (const QPDFObjectHandle& object : pdf.getAllObjects())
            if (is_active(object)) return Error{imaging_problem::active_content};
        if (pdf.anyWarnings()) return Error{imaging_problem::damaged};
        return facts_of(pages);
    } catch (const QPDFExc& e) {
        return Error{e.getErrorCode() == qpdf_e_password ? imaging_problem::encrypted : imaging_problem::damaged};
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        // qpdf says "no" to damage by logic_error, runtime_error and range_error alike.
        return Error{imaging_problem::damaged};
    }
}

}  // namespace tongban::images
