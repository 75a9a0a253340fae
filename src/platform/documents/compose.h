#pragma once
// One composer per document: texts in, display list out. Internal to platform/documents.

#include "base/documents.h"
#include "platform/documents/sheet.h"

namespace tongban::documents {

Result<Drawing> compose(const FontBook& fonts, Marking marking, const CollectionReceipt& receipt);
Result<Drawing> compose(const FontBook& fonts, Marking marking, const AcceptanceReceipt& receipt);
Result<Drawing> compose(const FontBook& fonts, Marking marking, const Notice& notice);
Result<Drawing> compose(const FontBook& fonts, Marking marking, const InterviewRecord& record);
Result<Drawing> compose(const FontBook& fonts, Marking marking, const RegistrationProof& proof);
Result<Drawing> compose(const FontBook& fonts, Marking marking, const TitleCertificate& title);
Result<Drawing> compose(const FontBook& fonts, Marking marking, const ServiceGuide& guide);

// Shared blocks.
// Title, number and QR code at the top of the first page of a form; leaves the cursor below. `corner` is a short word
// in a box at the left ("申请人联"), or empty.
void put_form_head(Sheet& sheet, std::string_view office, std::string_view title, std::string_view number_label,
                   const DocumentHead& head, std::string_view corner);
// The office's round seal of 42 mm; it signs the file when the document has a hole for that.
void put_seal(Sheet& sheet, const DocumentHead& head, Spot center, std::string_view arc, std::string_view bottom,
              std::string_view reason);
void put_heading(Sheet& sheet, std::string_view text);
void put_parties(Sheet& sheet, const std::vector<DocumentParty>& parties);
void put_materials(Sheet& sheet, const std::vector<DocumentMaterial>& materials);
// Drawn signatures side by side at the cursor, `width` mm in all; moves the cursor below.
void put_signatures(Sheet& sheet, const std::vector<DrawnSignature>& signatures, double width);

}  // namespace tongban::documents
