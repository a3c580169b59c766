// What a threshold job asks of the integrator: drives, schedule, end.
#pragma once

#include "axon/drive.hpp"
#include "axon/schedule.hpp"
#include "response/threshold.hpp"

#include <vector>

namespace foramen::response {

Time end_of_stimuli(const ThresholdJob& job);
Time stop_of(const ThresholdJob& job, const ThresholdOptions& options);

// Of the searched stimulus, then of those beside it.
std::vector<axon::Drive> drives_of(const ThresholdJob& job);
axon::Schedule schedule_of(const ThresholdJob& job, const axon::Integration& integration,
                           Time stop);

} // namespace foramen::response
