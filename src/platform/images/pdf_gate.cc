#include <array>
#include <cmath>
#include <exception>
#include <memory>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <set>
#include <string>

#include "platform/images/gate.h"
#include "platform/images/range_input.h"

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

bool has_end(ByteRanges& bytes)
{
    std::array<char, 2048> tail{};
    const std::uint64_t from = bytes.size() > tail.size() ? bytes.size() - tail.size() : 0;
    const std::size_t got = bytes.read(from, tail.data(), tail.size());
    return std::string_view(tail.data(), got).find("%%EOF") != std::string_view::npos;
}

// Counts what a stream unpacks to, and keeps nothing.
class Measure final : public Pipeline {
public:
    Measure() : Pipeline("measure", nullptr) {}
    void write(unsigned char const*, std::size_t count) override
    {
        bytes_ += count;
        if (bytes_ > pdf_structure_bytes_max) throw TooComplex{};
    }
    void finish() override {}

private:
    std::uint64_t bytes_ = 0;
};

// qpdf unpacks an object stream as a whole before it reads from it; a few KB may be GB.
void measure_object_streams(QPDF& pdf)
{
    std::set<int> numbers;
    for (const auto& [object, entry] : pdf.getXRefTable())
        if (entry.getType() == 2) numbers.insert(entry.getObjStreamNumber());
    Measure measure;
    for (const int number : numbers) {
        QPDFObjectHandle stream = pdf.getObjectByID(number, 0);
        if (stream.isStream()) stream.pipeStreamData(&measure, 0, qpdf_dl_specialized, true);
    }
}

Result<FileFacts> look_into(QPDF& pdf, const std::shared_ptr<RangeInput>& input)
{
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);  // a file that needs repair is shown differently by every viewer
    pdf.processInputSource(input);
    input->opened();
    if (pdf.isEncrypted()) return Error{imaging_problem::encrypted};
    measure_object_streams(pdf);
    const auto pages = pdf.getAllPages();
    if (pages.empty()) return Error{imaging_problem::damaged, "PDF 没有页面"};
    if (pages.size() > static_cast<std::size_t>(pdf_pages_max)) return Error{imaging_problem::too_many_pages};
    for (const QPDFObjectHandle& object : pdf.getAllObjects())
        if (is_active(object)) return Error{imaging_problem::active_content};
    if (pdf.anyWarnings()) return Error{imaging_problem::damaged};
    return facts_of(pages);
}

// qpdf jumps about in a file, from its end to its beginning: it reads the finished file, but only its structure. The
// contents of pages and pictures, nearly all bytes of a scan, are skipped.
class PdfGate final : public FileInspector {
public:
    Result<void> write(std::string_view) override { return {}; }
    Result<FileFacts> finish(ByteRanges& all) override { return inspect_pdf(all); }
};

}  // namespace

Result<FileFacts> inspect_pdf(ByteRanges& bytes)
{
    if (!has_end(bytes)) return Error{imaging_problem::truncated};
    const auto input = std::make_shared<RangeInput>(bytes);
    try {
        QPDF pdf;
        return look_into(pdf, input);
    } catch (const QPDFExc& e) {
        return Error{e.getErrorCode() == qpdf_e_password ? imaging_problem::encrypted : imaging_problem::damaged};
    } catch (const TooComplex&) {
        return Error{imaging_problem::too_complex};
    } catch (const CannotRead& e) {
        std::rethrow_exception(e.why);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        // qpdf says "no" to damage by logic_error, runtime_error and range_error alike.
        return Error{imaging_problem::damaged};
    }
}

std::unique_ptr<FileInspector> make_pdf_gate()
{
    return std::make_unique<PdfGate>();
}

}  // namespace tongban::images
