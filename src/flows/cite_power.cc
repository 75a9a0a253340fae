// A window's agent cites a standing power of attorney: the registry that keeps it is asked.
#include "flows/collect_at_window.h"

namespace tongban {

Result<void> CollectAtWindow::check_power(const ApiRequest& request, const Collection& sitting, PartyInput& input)
{
    TRY(check_version(sitting, request.version(), CollectionAction::edit));
    PowerQuestion question;
    question.number = input.power->number;
    const Participant* principal = find_party(sitting.dossier, input.represents);
    // An organisation's code is public and stands unmasked; a person's mask is the code of nobody.
    if (principal != nullptr) question.principal_code = principal->party.number_masked;
    question.agent_number = parts_.vault.seal(sitting.agency, input.number);
    question.item = sitting.item;
    if (sitting.dossier.application) question.unit_number = sitting.dossier.application->unit_number;
    question.home = sitting.home;
    input.power->until = TRY(parts_.powers.ask(sitting.agency, question));
    return {};
}

}  // namespace tongban
