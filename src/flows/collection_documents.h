#pragma once
// Documents of a sitting, filled from its state.

#include "base/documents.h"
#include "base/objects.h"
#include "modules/catalog/core/catalog.h"
#include "modules/collections/core/collection.h"

namespace tongban {

// Shared by the documents of sitting and case.
std::vector<DocumentParty> document_parties(const Dossier& dossier);
std::vector<DocumentMaterial> document_materials(const Dossier& dossier, const Item& item, bool list_pages);
Result<std::vector<DrawnSignature>> drawn_signatures(const Dossier& dossier, ObjectStore& objects);

// F03 异地代收材料清单. Printable at any time; before the push it lists what was taken so far.
Result<CollectionReceipt> collection_receipt(const Collection& sitting, const Item& item, const Catalog& catalog,
                                             ObjectStore& objects);

}  // namespace tongban
