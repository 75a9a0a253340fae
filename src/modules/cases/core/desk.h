#pragma once
// The work on a case that does not move it: who has it, notes, the checklist. Pure; called by decide() and apply().

#include "modules/cases/core/case_flow.h"

namespace tongban {

// Whose work a case in this queue is; anyone: it waits for nobody of the house.
Duty duty_of(CaseQueue queue);

bool is_desk_work(CaseAction action);
bool claimed_by_another(const Case& state, const Actor& actor);

// cases.claimed with who has it, where he sits and since when; an actor without account is somebody else to everyone.
Result<void> check_claim(const Case& state, const Actor& actor);

// cases.checklist_open naming the questions that this duty has not answered.
Result<void> check_answered(const Case& state, Duty duty, const std::vector<std::string>& questions);

// Who works on a case that nobody has taken has it from then on, unless the step takes it to other people anyway.
std::vector<CaseEvent> with_claim(const Case& state, const CaseStep& step, const CaseFacts& facts, const Stamp& stamp,
                                  std::vector<CaseEvent> events);

Result<std::vector<CaseEvent>> decide_at_desk(const Case& state, const CaseCommand& command, const CaseFacts& facts,
                                              const Stamp& stamp);

// What this person may do at the desk now, for the buttons of the screen.
std::vector<CaseAction> desk_actions(const Case& state, const Actor& actor);

// What happened last, in words.
std::string last_words(const Case& state);

// Each folds one event; counting it is apply()'s.
void apply_at_desk(Case& state, const case_event::Claimed& event);
void apply_at_desk(Case& state, const case_event::Released& event);
void apply_at_desk(Case& state, const case_event::Assigned& event);
void apply_at_desk(Case& state, const case_event::NoteAdded& event);
void apply_at_desk(Case& state, const case_event::ChecklistAnswered& event);

}  // namespace tongban
