#include "server/problem_page.h"

#include <boost/json.hpp>
#include <span>

#include "base/archive.h"
#include "base/document_templates.h"
#include "base/documents.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "base/time_stamps.h"
#include "base/verdict.h"
#include "flows/track_case.h"
#include "modules/access/core/access_problems.h"
#include "modules/appointments/core/slots.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/catalog/core/catalog.h"
#include "modules/catalog/core/change.h"
#include "modules/certificates/certificates_problems.h"
#include "modules/collections/core/collections_problems.h"
#include "modules/evidence/core/evidence_problems.h"
#include "modules/exchange/core/exchange.h"
#include "modules/fees/fees_problems.h"
#include "modules/guides/core/guides_problems.h"
#include "modules/journal/journal_problems.h"
#include "modules/parties/core/identity_port.h"
#include "modules/persons/core/assurance.h"
#include "modules/register_book/register_problems.h"
#include "modules/seals/core/seals_problems.h"

namespace tongban {
namespace {

// Every list of the program; docs/problems.md is the same on paper.
constexpr std::span<const Problem* const> lists[] = {
    base_problem::all,         http_problem::all,     object_problem::all,   imaging_problem::all,
    archive_problem::all,      document_problem::all, template_problem::all, verdict_problem::all,
    time_stamp_problem::all,   access_problem::all,   journal_problem::all,  catalog_problem::all,
    change_problem::all,       parties_problem::all,  persons_problem::all,  collections_problem::all,
    cases_problem::all,        exchange_problem::all, fees_problem::all,     register_problem::all,
    certificates_problem::all, seals_problem::all,    guides_problem::all,   appointments_problem::all,
    tracking_problem::all,     capsule_problem::all};

}  // namespace

Response problem_page(std::string_view code)
{
    for (const auto list : lists)
        for (const Problem* problem : list)
            if (problem->code == code) {
                const boost::json::object page{
                    {"code",   problem->code             },
                    {"title",  problem->title            },
                    {"status", http_status(problem->kind)},
                    {"retry",  to_text(problem->retry)   }
                };
                return Response::json(200, boost::json::serialize(page));
            }
    return problem_response(Error{http_problem::not_found, "没有这个问题代码"}, {});
}

}  // namespace tongban
