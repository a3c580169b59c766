// Does the axon engine survive what it never saw? Random legal inputs (random_case.hpp), run and
// judged:
//
// * nothing is thrown but the documented refusal: NEURON's scheme with a step longer than a phase
// * every number that comes back is finite, every state of the membranes too
// * 0 <= below < threshold, no wider apart than the tolerance, where a search converged
// * the first job alone gives the same bits as in company
// * every case ends: one that runs for five minutes is a finding
//
//   axon_fuzz [--seconds S | --cases N] [--seed K] [--first N] [--verbose]
//
// Ten minutes, and under the sanitizers (`scripts/build asan axon_fuzz`):
//
//   scripts/build dev axon_fuzz
//   build/dev/tests/fuzz/axon_fuzz --seconds 600 --seed 7
//
// A finding comes with the line that repeats it; --verbose shows every case before it runs.
//
// Exit code 1 on a finding, 2 on a wrong command line.
#include "axon/batch.hpp"
#include "axon/rest_state.hpp"
#include "core/error.hpp"
#include "fuzz/random_case.hpp"
#include "response/activation.hpp"
#include "response/job_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <limits>
#include <string>
#include <unistd.h>

using namespace foramen;
using namespace foramen::fuzz;

namespace {

struct Finding : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class... Parts> void expect(bool good, const Parts&... parts) {
  if (!good)
    throw Finding(concat(parts...));
}

void expect_finite(const std::vector<double>& values, const char* what) {
  for (std::size_t i = 0; i < values.size(); ++i)
    expect(std::isfinite(values[i]), what, " ", i, " is ", values[i]);
}

void check_state(const axon::State& state) {
  expect_finite(state.v_mV, "potential of node");
  expect_finite(state.inner, "value between nodes");
  expect_finite(state.node_states, "state of node membrane");
  expect_finite(state.internode_states, "state of internode membrane");
}

void check_result(const response::ThresholdResult& r, const response::ThresholdJob& job,
                  const response::ThresholdOptions& options) {
  using response::ThresholdStatus;
  const double above = r.threshold.in(mA), below = r.below.in(mA);
  const std::string found = concat(name_of(r.status), " between ", below, " and ", above, " mA");
  expect(std::isfinite(above) && std::isfinite(below), found);
  expect(std::isfinite(r.firing_time.si()) && std::isfinite(r.latency.si()), found, ", fired at ",
         r.firing_time.in(ms), " ms, detected at ", r.latency.in(ms), " ms");
  expect(r.firing_node >= -1 && r.firing_node < static_cast<int>(job.cable->n_nodes()), found,
         ", firing node ", r.firing_node);
  const double low = options.floor.in(mA) * (1 - 1e-12);
  const double high = options.ceiling.in(mA) * (1 + 1e-12);
  switch (r.status) {
  case ThresholdStatus::converged:
    expect(below >= 0.0 && below < above, found);
    expect(above - below <= options.tolerance * above * (1 + 1e-9), found, ", tolerance ",
           options.tolerance);
    expect(above <= high && below >= low, found, ", searched from ", low, " to ", high);
    break;
  case ThresholdStatus::above_ceiling:
    expect(above <= high && above >= options.ceiling.in(mA) * (1 - 1e-12) && below == above, found);
    break;
  case ThresholdStatus::below_floor:
    expect(below == 0.0 && above >= low && above <= options.floor.in(mA) * (1 + 1e-12), found);
    break;
  case ThresholdStatus::fires_unstimulated:
    break;
  }
}

bool same(const response::ThresholdResult& a, const response::ThresholdResult& b) {
  return a.status == b.status && a.threshold == b.threshold && a.below == b.below &&
         a.firing_node == b.firing_node && a.firing_time == b.firing_time &&
         a.latency == b.latency && a.started_at_end == b.started_at_end &&
         a.maybe_blocked == b.maybe_blocked && a.simulations == b.simulations;
}

void try_thresholds(const Case& c) {
  const auto together = response::find_thresholds(c.jobs, c.options);
  for (std::size_t i = 0; i < c.jobs.size(); ++i)
    check_result(together[i], c.jobs[i], c.options);
  const auto alone = response::find_thresholds(std::span(c.jobs).first(1), c.options).front();
  expect(same(alone, together.front()), "alone ", alone.threshold.in(mA), " mA, ",
         name_of(alone.status), ", in company ", together.front().threshold.in(mA), " mA, ",
         name_of(together.front().status));
}

// The run that `activate` makes, with a look at what is left at its end.
void check_end_of_run(const Case& c) {
  const response::ThresholdJob& job = c.jobs.front();
  const axon::Cable& cable = *job.cable;
  const axon::Rest rest = axon::rest_state(cable);
  const std::vector<axon::Drive> drives = response::drives_of(job);
  const axon::Schedule schedule =
      response::schedule_of(job, c.options.integration, response::stop_of(job, c.options));
  axon::Batch batch(*cable.name().kinetics, cable.per_internode(), cable.n_nodes());
  axon::Run run{.cable = &cable, .start = &rest.state, .schedule = &schedule};
  run.stimuli[0] = {&drives[0], c.amplitude.in(mA)};
  for (std::size_t k = 0; k < job.beside.size(); ++k)
    run.stimuli[k + 1] = {&drives[k + 1], job.beside[k].amplitude};
  batch.load(0, run);
  while (!batch.finished(0))
    batch.advance(axon::Batch::block_size);
  check_state(batch.state(0));
}

void try_activation(const Case& c) {
  const response::ThresholdJob& job = c.jobs.front();
  const response::Activation run = response::activate(job, c.amplitude, c.options);
  const double stop_ms = (response::stop_of(job, c.options) + c.options.integration.step).in(ms);
  expect(std::isfinite(run.latency.si()), "a latency of ", run.latency.in(ms), " ms");
  for (std::size_t j = 0; j < run.crossings.size(); ++j)
    if (run.crossings[j])
      expect(run.crossings[j]->in(ms) >= 0.0 && run.crossings[j]->in(ms) <= stop_ms, "node ", j,
             " fired at ", run.crossings[j]->in(ms), " ms of ", stop_ms);
  check_end_of_run(c);
}

// The only refusal that legal inputs may meet.
bool step_exceeds_a_phase(const Case& c) {
  if (c.options.integration.scheme != axon::Scheme::neuron || c.task == Task::rest)
    return false;
  return std::any_of(c.jobs.begin(), c.jobs.end(), [&](const response::ThresholdJob& job) {
    const auto too_long = [&](const stimulus::Waveform& w) {
      return c.options.integration.step > w.shortest_phase_duration();
    };
    return too_long(*job.waveform) ||
           std::any_of(job.beside.begin(), job.beside.end(),
                       [&](const auto& fixed) { return too_long(*fixed.waveform); });
  });
}

void run(const Case& c) {
  try {
    switch (c.task) {
    case Task::thresholds:
      return try_thresholds(c);
    case Task::activation:
      return try_activation(c);
    case Task::rest:
      return check_state(axon::rest_state(c.cables.front()).state);
    }
  } catch (const ConfigError& e) {
    expect(e.place() == "time integration" && step_exceeds_a_phase(c), "refused: ", e.what());
  }
}

// What to say should the case never end.
char last_words[200];
void on_alarm(int) {
  [[maybe_unused]] const auto n =
      write(STDERR_FILENO, last_words, std::char_traits<char>::length(last_words));
  _exit(1);
}
constexpr unsigned patience_s = 300;

struct CommandLine {
  double seconds = std::numeric_limits<double>::infinity();
  unsigned long long cases = 0, seed = 1, first = 0; // cases 0: as many as the seconds allow
  bool verbose = false;
};

CommandLine read(int argc, char** argv) {
  CommandLine line;
  for (int i = 1; i < argc; ++i) {
    const std::string key = argv[i];
    if (key == "--verbose") {
      line.verbose = true;
      continue;
    }
    if (i + 1 == argc)
      throw std::invalid_argument(key);
    const std::string value = argv[++i];
    if (key == "--seconds")
      line.seconds = std::stod(value);
    else if (key == "--cases")
      line.cases = std::stoull(value);
    else if (key == "--seed")
      line.seed = std::stoull(value);
    else if (key == "--first")
      line.first = std::stoull(value);
    else
      throw std::invalid_argument(key);
  }
  if (line.cases == 0 && !std::isfinite(line.seconds))
    line.seconds = 10.0;
  return line;
}

int fuzz_all(const CommandLine& line) {
  const auto start = std::chrono::steady_clock::now();
  unsigned long long done = 0, findings = 0;
  for (; line.cases == 0 || done < line.cases; ++done) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    if (spent.count() >= line.seconds)
      break;
    const auto index = line.first + done;
    const std::string again = concat("axon_fuzz --seed ", line.seed, " --cases 1 --first ", index);
    std::snprintf(last_words, sizeof last_words, "a case does not end\n  again: %s --verbose\n",
                  again.c_str());
    alarm(patience_s);
    std::string described;
    try {
      const Case c = draw_case(line.seed, index);
      described = c.describe();
      if (line.verbose)
        std::cout << "case " << index << " of seed " << line.seed << ": " << described << std::endl;
      run(c);
    } catch (const std::exception& e) {
      ++findings;
      std::cout << "finding: " << e.what() << "\n  again: " << again << "\n  " << described
                << std::endl;
    }
  }
  alarm(0);
  std::cout << done << " cases of seed " << line.seed << ", " << findings << " findings\n";
  return findings == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  CommandLine line;
  try {
    line = read(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "axon_fuzz: " << e.what()
              << "\n  remedy: axon_fuzz [--seconds S | --cases N] [--seed K] [--first N] "
                 "[--verbose]\n";
    return 2;
  }
  std::signal(SIGALRM, on_alarm);
  return fuzz_all(line);
}
