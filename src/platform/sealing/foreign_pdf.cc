// A signature field at the end of somebody else's PDF, as an incremental update (ISO 32000-1, 7.5.6): the signature
// then covers the bytes as they were handed in, and whoever kept the original finds it again as the beginning of the
// file. qpdf only reads. The update's cross-reference is of the kind that the file has: readers do not like both.
#include <fmt/format.h>

#include <charconv>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "platform/crypto/pdf_hole.h"
#include "platform/sealing/foreign_documents.h"

namespace tongban {
namespace {

constexpr int objects_max = 1'000'000;

using Changed = std::map<std::string, std::string>;

// A dictionary as PDF text, some of its entries given anew.
std::string dictionary_text(QPDFObjectHandle dictionary, const Changed& changed)
{
    std::string text = "<<";
    for (const std::string& key : dictionary.getKeys())
        if (!changed.contains(key))
            text += QPDFObjectHandle::newName(key).unparse() + " " + dictionary.getKey(key).unparse() + "\n";
    for (const auto& [key, value] : changed) text += key + " " + value + "\n";
    return text + ">>";
}

// An array as PDF text with one more reference at its end.
std::string array_text(QPDFObjectHandle array, int reference)
{
    std::string text = "[";
    if (array.isArray())
        for (int i = 0; i < array.getArrayNItems(); ++i) text += array.getArrayItem(i).unparse() + " ";
    return text + fmt::format("{} 0 R]", reference);
}

std::optional<std::size_t> last_index(std::string_view pdf)
{
    const std::size_t key = pdf.rfind("startxref");
    if (key == std::string_view::npos) return std::nullopt;
    const std::size_t from = pdf.find_first_of("0123456789", key);
    if (from == std::string_view::npos) return std::nullopt;
    std::size_t at = 0;
    const auto [end, fault] = std::from_chars(pdf.data() + from, pdf.data() + pdf.size(), at);
    if (fault != std::errc{} || at >= pdf.size()) return std::nullopt;
    return at;
}

bool has_signature_fields(QPDFObjectHandle form, int depth = 0)
{
    constexpr int depth_max = 50;
    if (!form.isDictionary()) return false;
    if (depth > depth_max) return true;  // no honest form nests like this
    QPDFObjectHandle kind = form.getKey("/FT");
    if (kind.isName() && kind.getName() == "/Sig") return true;
    for (const char* key : {"/Fields", "/Kids"}) {
        QPDFObjectHandle fields = form.getKey(key);
        if (!fields.isArray()) continue;
        for (int i = 0; i < fields.getArrayNItems(); ++i)
            if (has_signature_fields(fields.getArrayItem(i), depth + 1)) return true;
    }
    return false;
}

std::string pdf_time(Millis at)
{
    std::string text = utc_text(at).substr(0, 19);  // 2026-11-23T06:05:09
    std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
    return "(D:" + text + "Z)";
}

// The objects of an update, written behind `file`, and the index of them.
class Update {
public:
    explicit Update(std::string& file) : file_(file) {}

    void add(int number, int generation, const std::string& body)
    {
        places_[number] = {file_.size(), generation};
        file_ += fmt::format("{} {} obj\n{}\nendobj\n", number, generation, body);
    }

    void end_with_table(const std::string& trailer)
    {
        const std::size_t index = file_.size();
        file_ += "xref\n";
        for (const auto& [number, place] : places_)
            file_ += fmt::format("{} 1\n{:010} {:05} n \n", number, place.offset, place.generation);
        file_ += fmt::format("trailer\n<<{}>>\nstartxref\n{}\n%%EOF\n", trailer, index);
    }

    void end_with_stream(int number, const std::string& trailer)
    {
        const std::size_t index = file_.size();
        places_[number] = {index, 0};
        std::string numbers;
        std::string rows;
        for (const auto& [object, place] : places_) {
            numbers += fmt::format("{} 1 ", object);
            rows += '\1';
            for (int shift = 32; shift >= 0; shift -= 8) rows += static_cast<char>((place.offset >> shift) & 0xFF);
            rows += static_cast<char>((place.generation >> 8) & 0xFF);
            rows += static_cast<char>(place.generation & 0xFF);
        }
        file_ += fmt::format(
            "{} 0 obj\n<</Type/XRef/W[1 5 2]/Index[{}]/Length {}{}>>\nstream\n{}\nendstream\nendobj\nstartxref\n{}\n"
            "%%EOF\n",
            number, numbers, rows.size(), trailer, rows, index);
    }

private:
    struct Place {
        std::size_t offset = 0;
        int generation = 0;
    };
    std::string& file_;
    std::map<int, Place> places_;
};

Result<std::string> updated(QPDF& pdf, std::string_view bytes, Millis at)
{
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    pdf.processMemoryFile("file", bytes.data(), bytes.size());
    QPDFObjectHandle root = pdf.getRoot();
    const auto pages = pdf.getAllPages();
    const auto previous = last_index(bytes);
    QPDFObjectHandle trailer = pdf.getTrailer();
    if (pdf.isEncrypted() || pages.empty() || !previous || !root.isIndirect() || !trailer.getKey("/Size").isInteger())
        return Error{foreign_file_problem::damaged};
    QPDFObjectHandle form = root.getKey("/AcroForm");
    if (has_signature_fields(form)) return Error{foreign_file_problem::already_signed};

    // Above every number that the file uses, whatever its trailer says.
    int next = trailer.getKey("/Size").getIntValueAsInt();
    for (const auto& [object, entry] : pdf.getXRefTable()) next = std::max(next, object.getObj() + 1);
    if (next <= 0 || next > objects_max) return Error{foreign_file_problem::damaged};
    const int signature = next++;
    const int field = next++;

    QPDFObjectHandle page = pages.front();
    std::string file(bytes);
    if (!file.ends_with('\n')) file += '\n';
    Update update(file);
    update.add(signature, 0,
               fmt::format("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M{}{}>>", pdf_time(at),
                           crypto::blank_signature()));
    // F 132: printed and locked; the rectangle is empty, so nothing is shown.
    update.add(
        field, 0,
        fmt::format("<</Type/Annot/Subtype/Widget/FT/Sig/T(TongbanSeal)/F 132/P {} {} R/Rect[0 0 0 0]/V {} 0 R>>",
                    page.getObjectID(), page.getGeneration(), signature));
    update.add(page.getObjectID(), page.getGeneration(),
               dictionary_text(page, {
                                         {"/Annots", array_text(page.getKey("/Annots"), field)}
    }));
    const std::string fields = array_text(form.isDictionary() ? form.getKey("/Fields") : form, field);
    const Changed in_form{
        {"/Fields",   fields},
        {"/SigFlags", "3"   }
    };
    const std::string new_form =
        form.isDictionary() ? dictionary_text(form, in_form) : fmt::format("<</Fields {}/SigFlags 3>>", fields);
    update.add(root.getObjectID(), root.getGeneration(),
               dictionary_text(root, {
                                         {"/AcroForm", new_form}
    }));

    std::string facts = fmt::format("/Root {} {} R/Prev {}", root.getObjectID(), root.getGeneration(), *previous);
    for (const char* key : {"/Info", "/ID"})
        if (!trailer.getKey(key).isNull()) facts += std::string(key) + " " + trailer.getKey(key).unparse();
    if (bytes.substr(*previous).starts_with("xref")) {
        update.end_with_table(facts + fmt::format("/Size {}", next));
    } else {
        const int index = next++;
        update.end_with_stream(index, facts + fmt::format("/Size {}", next));
    }
    return file;
}

}  // namespace

Result<std::string> pdf_with_hole(std::string_view pdf, Millis at)
{
    if (!pdf.starts_with("%PDF-")) return Error{foreign_file_problem::damaged};
    // One signature covers the whole file, and a verifier must not find two places that could be it.
    for (const std::string_view mark : {"/ByteRange", "ETSI.CAdES.detached"})
        if (pdf.find(mark) != std::string_view::npos) return Error{foreign_file_problem::already_signed};
    try {
        QPDF reader;
        return updated(reader, pdf, at);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        // qpdf says "no" to damage by QPDFExc, logic_error, runtime_error and range_error alike.
        return Error{foreign_file_problem::damaged};
    }
}

}  // namespace tongban
