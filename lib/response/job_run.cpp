#include "response/job_run.hpp"

#include <algorithm>

namespace foramen::response {

Time end_of_stimuli(const ThresholdJob& job) {
  Time end = job.waveform->end();
  for (const FixedStimulus& fixed : job.beside)
    end = std::max(end, fixed.waveform->end());
  return end;
}

Time stop_of(const ThresholdJob& job, const ThresholdOptions& options) {
  return job.stop > Time{} ? job.stop : end_of_stimuli(job) + options.time_limit;
}

std::vector<axon::Drive> drives_of(const ThresholdJob& job) {
  std::vector<axon::Drive> drives = {axon::field_drive(*job.cable, *job.field)};
  for (const FixedStimulus& fixed : job.beside)
    drives.push_back(fixed.field != nullptr ? axon::field_drive(*job.cable, *fixed.field)
                                            : axon::injection_drive(*job.cable, fixed.node));
  return drives;
}

axon::Schedule schedule_of(const ThresholdJob& job, const axon::Integration& integration,
                           Time stop) {
  std::vector<const stimulus::Waveform*> waveforms = {job.waveform};
  for (const FixedStimulus& fixed : job.beside)
    waveforms.push_back(fixed.waveform);
  return {std::move(waveforms), integration, stop};
}

} // namespace foramen::response
