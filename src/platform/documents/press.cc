#include "platform/documents/press.h"

#include "platform/documents/compose.h"
#include "platform/documents/ofd_writer.h"
#include "platform/documents/pdf_writer.h"
#include "platform/documents/png.h"
#include "platform/documents/raster.h"
#include "platform/documents/seal.h"

namespace tongban {
namespace {

using namespace documents;

class PdfPress final : public DocumentPress {
public:
    PdfPress(const std::filesystem::path& cache, PressMode mode)
        : fonts_(cache), marking_(mode == PressMode::demo ? Marking::demo : Marking::live)
    {
    }

    Result<std::string> print(const CollectionReceipt& document) override { return write(document); }
    Result<std::string> print(const AcceptanceReceipt& document) override { return write(document); }
    Result<std::string> print(const Notice& document) override { return write(document); }
    Result<std::string> print(const InterviewRecord& document) override { return write(document); }
    Result<std::string> print(const RegistrationProof& document) override { return write(document); }
    Result<std::string> print(const TitleCertificate& document) override { return write(document); }
    Result<DocumentPair> print_pair(const RegistrationProof& document) override { return write_pair(document); }
    Result<DocumentPair> print_pair(const TitleCertificate& document) override { return write_pair(document); }

    Result<std::string> seal_picture(std::string_view office, std::string_view bottom) override
    {
        constexpr double diameter = 42;
        constexpr int pixels = 496;  // 300 a line inch
        const auto items =
            seal_items({diameter / 2, diameter / 2}, diameter, TRY(fonts_.glyphs(Style::serif_bold, office)),
                       TRY(fonts_.glyphs(Style::serif_bold, bottom)));
        return write_png(pixels, pixels, rasterise(items, fonts_, diameter, pixels), seal_red);
    }
    Result<std::string> print(const ServiceGuide& document) override { return write(document); }

private:
    template <class Document>
    Result<std::string> write(const Document& document)
    {
        const Drawing drawing = TRY(compose(fonts_, marking_, document));
        return write_pdf(drawing, fonts_, make_plates(drawing, fonts_));
    }
    template <class Document>
    Result<DocumentPair> write_pair(const Document& document)
    {
        const Drawing drawing = TRY(compose(fonts_, marking_, document));
        const Plates plates = make_plates(drawing, fonts_);
        return DocumentPair{write_pdf(drawing, fonts_, plates), write_ofd(drawing, fonts_, plates)};
    }

    const FontBook fonts_;
    const Marking marking_;
};

}  // namespace

std::unique_ptr<DocumentPress> make_document_press(const std::filesystem::path& font_cache, PressMode mode)
{
    return std::make_unique<PdfPress>(font_cache, mode);
}

}  // namespace tongban
