#pragma once
// Documents of a case (domain.md 1.12), filled from its recorded state: the same state gives the same bytes, so they
// are printed when asked for and not stored.

#include <optional>

#include "base/documents.h"
#include "base/objects.h"
#include "modules/cases/core/case.h"
#include "modules/catalog/core/catalog.h"
#include "modules/fees/core/bill.h"

namespace tongban {

struct DocumentSource {
    const Case& subject;
    const Item& item;
    const Catalog& catalog;
    ObjectStore& objects;
};

AcceptanceReceipt acceptance_receipt(const DocumentSource& source);  // F04; the case has been accepted

// F02 of one person asked; `party` empty: the first one. cases.document_not_found when nobody was asked.
Result<InterviewRecord> interview_record(const DocumentSource& source, const std::string& party = {});

// F05 non-acceptance.pdf, F06 supplement.pdf, F08 fee-notice.pdf, F09 refusal.pdf, F10 withdrawal.pdf;
// cases.document_not_found for another name or when the case has not got that far.
Result<Notice> case_notice(const DocumentSource& source, const std::string& name, const std::optional<Bill>& bill);

}  // namespace tongban
