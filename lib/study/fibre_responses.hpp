// How one fibre of a study responds beyond its threshold: what `foramen respond` writes.
//
//   strength-duration   thresholds with the programme's pulse stretched in time, rheobase and
//                       chronaxie by Weiss and Lapicque
//   recovery            the threshold of a second pulse after a first one, over that of the first
//   block               the current of a kilohertz sine from which on no action potential passes
//   upper limit         the current from which on the programme silences the fibre again
//
// Each is asked for by itself. The whole fibre is computed. responses.h5: a group for each, with
// brackets, statuses and units; /meta as in probes. Errors (ConfigError): as choose_fibre and the
// searches.
#pragma once

#include "core/progress.hpp"
#include "response/block.hpp"
#include "response/recovery.hpp"
#include "response/strength_duration.hpp"
#include "study/cache.hpp"
#include "study/chosen_fibre.hpp"
#include "study/study.hpp"

#include <optional>
#include <string>

namespace foramen::study {

struct ResponseRequest {
  FibreChoice choice{};
  bool strength_duration = false, recovery = false, block = false, upper_limit = false;
  Frequency block_frequency = 10.0 * kHz;
};

struct FibreResponses {
  std::optional<response::StrengthDurationCurve> strength_duration{};
  std::optional<response::RecoveryCycle> recovery{};
  std::optional<response::ThresholdResult> block{}, upper_limit{};
};

FibreResponses fibre_responses(const Study& study, const ChosenFibre& chosen,
                               const ResponseRequest& request, Progress& progress);

// As people read it, and as a file.
std::string response_table(const FibreResponses& responses);
void write_responses(const Study& study, const ChosenFibre& chosen, const ResponseRequest& request,
                     const FibreResponses& responses, const std::string& path);

} // namespace foramen::study
