#pragma once
// GET /api/v1/public/guides, …/{registry}/{item}, …/{registry}/{item}/document, …/comparison: public.

#include "base/clock.h"
#include "base/documents.h"
#include "modules/access/core/api.h"
#include "modules/catalog/core/catalog.h"

namespace tongban {

// `public_base_url`: what stands before /guides in the QR code of a printed guide.
void add_guide_routes(Api& api, const Catalog& catalog, DocumentPress& press, Clock& clock,
                      std::string public_base_url);

}  // namespace tongban
