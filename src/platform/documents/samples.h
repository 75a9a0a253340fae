#pragma once
// Documents of the demo story (a Jinan home, mortgaged from a window in Qingdao), for tests and the benchmark. All
// persons and numbers are invented.

#include "base/documents.h"

namespace tongban::documents {

RegistrationProof sample_proof();
TitleCertificate sample_title();
CollectionReceipt sample_collection_receipt();
AcceptanceReceipt sample_acceptance_receipt();
Notice sample_notice();
InterviewRecord sample_interview();

}  // namespace tongban::documents
