// What a study may do, and its user should know: one line of cause, one of remedy each.
//
// Before anything is computed: contacts that lie in a rigid tissue (bone), rates and pulses that
// the pulse generator does not offer, a control that is not the generator's. After: thresholds that
// an end of the modelled fibre set, currents and voltages beyond the generator. The generator's
// limits are mostly from memory of data sheets (lead/pulse_generator.hpp), so a study is warned,
// never refused.
#pragma once

#include "study/study.hpp"
#include "study/study_result.hpp"

#include <string>
#include <vector>

namespace foramen::study {

std::vector<std::string> warnings_before(const Study& study);
std::vector<std::string> warnings_after(const Study& study, const StudyResult& result);

// Share of contact i's surface that lies in rigid tissue: of 8 points around at its ends and
// centre.
double rigid_share(const Study& study, std::size_t contact);

} // namespace foramen::study
