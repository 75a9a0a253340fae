#pragma once
// Files of pages as answers: originals as attachments. The same for the window and for the home registry. Pictures of
// pages are in page_previews.h.

#include "base/http.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "modules/access/core/api.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

FileKind file_kind(PageKind kind);
PageKind page_kind(FileKind kind);

// Streams the original; the type is given but never shown in place (attachment, nosniff).
Result<Response> original_file(ObjectStore& objects, const MaterialPage& page);
Result<Response> signature_picture(ObjectStore& objects, const DrawnMark& mark);
Response pdf_answer(std::string bytes, const std::string& file_name);
Response file_answer(std::string bytes, const std::string& file_name, const std::string& media_type);

}  // namespace tongban
