#include "platform/documents/press.h"

#include "platform/documents/compose.h"
#include "platform/documents/pdf_writer.h"

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

private:
    template <class Document>
    Result<std::string> write(const Document& document)
    {
        return write_pdf(TRY(compose(fonts_, marking_, document)), fonts_);
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
