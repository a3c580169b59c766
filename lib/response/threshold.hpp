// Smallest stimulus amplitude that makes a fibre fire, for many fibres and programmes at once.
//
// A job is a fibre, the potential along it for 1 mA, and a waveform; other stimuli of fixed
// strength may act beside it (refractoriness), and silence may be what is searched (block). The
// search brackets the threshold from a first guess (the activating function) by geometric steps,
// then bisects on the logarithm of the amplitude until (threshold - below) / threshold <=
// tolerance. A run that does not propagate although several nodes fired may be blocked: the search
// then goes down to where nothing fires and up from there, so the transition returned is the lowest
// one met.
//
// Firing: the membrane potential crosses -30 mV upwards at a node near an end (Detection). A run
// ends when that happens, or (not fired) when at least 1 ms after the waveform every node is within
// 10 mV of rest, or at the time limit.
//
// Units: amplitudes are positive factors (mA) on the waveform's levels and the unit potentials (mV
// per mA). Errors (ConfigError): potentials that are not finite or not one per compartment, an
// empty waveform, options without sense (validate), potentials beyond 1e12 mV at the ceiling. A
// search without an answer is a status.
//
// Cost: at 1 % five runs per job (myelinated) to ten (C fibres), 12 to 15 for myelinated ones at
// 1e-4, each some 100 to 300 ns per node and step; jobs run in SIMD lanes and threads, and each
// result is the same whatever runs beside it. Memory: some kB per compartment and thread.
#pragma once

#include "axon/cable.hpp"
#include "axon/integrator.hpp"
#include "core/progress.hpp"
#include "core/units.hpp"
#include "stimulus/field_at_fibre.hpp"
#include "stimulus/waveform.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace foramen::response {

// A stimulus of known strength beside the searched one: a conditioning pulse, a test pulse.
struct FixedStimulus {
  const stimulus::FieldAtFibre* field = nullptr; // null: a current into a node
  std::size_t node = 0;
  const stimulus::Waveform* waveform = nullptr;
  double amplitude = 0.0; // mA on the field; uA into a node
};

// What is searched: the smallest amplitude from which on an action potential arrives, or from which
// on none does (block).
enum class Goal : std::uint8_t { fires, silent };

// The job only points: fibre, field and waveform must outlive the search. Many jobs may share them.
struct ThresholdJob {
  const axon::Cable* cable = nullptr;
  const stimulus::FieldAtFibre* field = nullptr;
  const stimulus::Waveform* waveform = nullptr;
  Time stop{}; // when a run ends, if not ThresholdOptions::time_limit after the waveforms (0)
  std::vector<FixedStimulus> beside{}; // at most three
  Time listen_from{};                  // what arrives earlier does not count
  int arrivals = 1;                    // so many action potentials make a response
  Goal goal = Goal::fires;
  Current guess{}; // where the search starts; 0: the activating function's answer
  Current floor{}; // instead of the options', if not 0
};

enum class Detection : std::uint8_t {
  either_end, // the nodes at 10 % or 90 % of the fibre, whichever fires first
  far_end,    // node int(0.9 (n - 1)) only: the reference's rule
};

// When a run that has not fired is believed to be silent, 1 ms or more after the waveform.
enum class Silence : std::uint8_t {
  near_rest, // every node within 10 mV of rest
  never,     // only at the time limit: what the others are judged by
  reference, // every node below the model's nominal rest + 10 mV: how the reference's runs ended.
             // Misses responses that dwell there (0.4 % in the threshold of pena at 1 um)
};

struct ThresholdOptions {
  axon::Integration integration{};
  Detection detection = Detection::either_end;
  Silence silence = Silence::near_rest;
  double tolerance = 0.01;      // relative width of the final bracket
  Current ceiling = 100.0 * mA; // above this the answer is above_ceiling
  Current floor = 1.0 * uA;     // below this it is below_floor
  Time time_limit = 5.0 * ms;   // of a run, after the end of the waveform
};

// Refuses (ConfigError) a tolerance below 1e-12 (brackets that doubles cannot resolve) or of 1 and
// more, a floor that is not positive, a ceiling not above it, a time limit that is negative or not
// finite.
void validate(const ThresholdOptions& options);

// Refuses (ConfigError) what a run of the job at `amplitude` cannot start from.
void validate(const ThresholdJob& job, Current amplitude);

enum class ThresholdStatus : std::uint8_t {
  converged,
  above_ceiling,      // does not fire at the ceiling; threshold = below = ceiling
  below_floor,        // fires at the floor already; threshold = floor, below = 0
  fires_unstimulated, // does not come to rest, or does what is searched at amplitude 0
};
const char* name_of(ThresholdStatus status);

// The threshold's interval has three parts: the bracket of the search, the time step's and the
// potential's errors; see `interval_of`.
struct ThresholdResult {
  ThresholdStatus status = ThresholdStatus::above_ceiling;
  Current threshold{}; // upper end of the bracket: a current that did fire
  Current below{};     // lower end: a current that did not
  // The time step's part: without its error the threshold lies within
  // [below (1 - step_error), threshold (1 + step_error)] (axon::threshold_step_error).
  double step_error = 0.0;
  // The potential's part, relative, where the caller knows one (find_thresholds leaves 0).
  double field_error = 0.0;
  int firing_node = -1;        // first node across -30 mV in the run at `threshold`; -1 without one
  Time firing_time{};          // of that crossing, from the waveform's first piece
  Time latency{};              // of detection, likewise; to some 10 %: `activate` is exact
  bool started_at_end = false; // the first to fire was an end node or the one beside it
  bool maybe_blocked = false;  // a run above `threshold` fired nodes without propagating
  // From this amplitude on nothing arrives any more (find_upper_limits); 0: not met, or not
  // searched.
  Current silent_from{};
  int simulations = 0;
};

// Where the threshold lies, all parts included: below (1 - e) to threshold (1 + e), e the sum of
// both errors.
struct CurrentInterval {
  Current low{}, high{};
};
CurrentInterval interval_of(const ThresholdResult& result);

// One result per job, in order.
std::vector<ThresholdResult> find_thresholds(std::span<const ThresholdJob> jobs,
                                             const ThresholdOptions& options = {},
                                             Progress& progress = silent());

} // namespace foramen::response
