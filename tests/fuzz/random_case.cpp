#include "fuzz/random_case.hpp"

#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foramen::fuzz {
namespace {

using core::RandomStream;

double log_uniform(RandomStream& random, double low, double high) {
  return std::exp(random.uniform(std::log(low), std::log(high)));
}
constexpr int most_beside = 3;

bool one_in(RandomStream& random, std::size_t n) {
  return random.below(n) == 0;
}
int integer(RandomStream& random, int low, int high) {
  return low + static_cast<int>(random.below(static_cast<std::size_t>(high - low + 1)));
}

axon::Cable draw_cable(RandomStream& random, const axon::FibreModel& model) {
  const Length low = model.min_diameter, high = model.max_diameter;
  Length diameter = log_uniform(random, low.in(um), high.in(um)) * um;
  if (one_in(random, 5))
    diameter = one_in(random, 2) ? low : high;
  if (!model.tabulated.empty())
    diameter = model.tabulated[random.below(model.tabulated.size())];
  const int n_nodes =
      one_in(random, 5) ? integer(random, 3, 5) : integer(random, 3, model.unmyelinated ? 201 : 61);
  return axon::build(model.name, diameter, n_nodes,
                     one_in(random, 2) ? axon::Ends::passive : axon::Ends::sealed);
}

// Point sources in 0.3 S/m, with weights of either sign, beside the fibre or beyond its ends.
stimulus::FieldAtFibre draw_field(RandomStream& random, const axon::Cable& cable) {
  const std::vector<double> x = cable.centres();
  stimulus::FieldAtFibre field{std::vector<double>(x.size(), 0.0)};
  if (one_in(random, 12))
    return field;
  for (int sources = integer(random, 1, 4); sources > 0; --sources) {
    const double distance = log_uniform(random, 20e-6, 20e-3); // m
    const double place = random.uniform(-0.2, 1.2) * x.back(), weight = random.uniform(-1.0, 1.0);
    for (std::size_t i = 0; i < x.size(); ++i)
      field.mV_per_mA[i] +=
          weight / (4.0 * std::numbers::pi * 0.3 * std::hypot(x[i] - place, distance));
  }
  double largest = 0.0;
  for (const double v : field.mV_per_mA)
    largest = std::max(largest, std::abs(v));
  double factor = 1.0;
  if (one_in(random, 8))
    factor = 1e6 / largest;
  else if (one_in(random, 8))
    factor = log_uniform(random, 1e-15, 1e-3);
  for (double& v : field.mV_per_mA)
    v *= factor;
  return field;
}

stimulus::Waveform draw_table(RandomStream& random, Time delay) {
  std::vector<Time> times = {Time{}};
  std::vector<double> levels = {random.uniform(-1.0, 1.0)};
  for (int points = integer(random, 1, 8); points > 0; --points) {
    const bool jumps = points > 1 && one_in(random, 4);
    times.push_back(times.back() + (jumps ? 0.0 : log_uniform(random, 1.0, 1000.0)) * us);
    levels.push_back(one_in(random, 4) ? 0.0 : random.uniform(-1.0, 1.0));
  }
  // All at one time is no waveform.
  times.push_back(times.back() + 1.0 * us);
  levels.push_back(0.0);
  return stimulus::tabulated(times, levels, delay);
}

stimulus::Waveform draw_pulse(RandomStream& random) {
  stimulus::PulseTiming timing{.width = log_uniform(random, 1.0, 5000.0) * us};
  if (!one_in(random, 3))
    timing.delay = random.uniform(0.0, 1000.0) * us;
  if (one_in(random, 2))
    timing.interphase = log_uniform(random, 1e-3, 1000.0) * us;
  if (one_in(random, 2))
    timing.polarity = stimulus::Polarity::anodic_first;
  switch (random.below(4)) {
  case 0:
    return stimulus::monophasic(timing);
  case 1:
    return stimulus::biphasic(timing);
  case 2:
    timing.width = std::min(timing.width, 500.0 * us);
    return stimulus::asymmetric(timing, log_uniform(random, 0.1, 10.0));
  default:
    return draw_table(random, timing.delay);
  }
}

stimulus::Waveform draw_waveform(RandomStream& random) {
  const stimulus::Waveform pulse = draw_pulse(random);
  const Time length = pulse.end() - pulse.begin();
  if (length > 2.0 * ms || !one_in(random, 4))
    return pulse;
  // Often so close that hardly a gap remains between pulses.
  const double spacing =
      one_in(random, 2) ? 1.0 + 1e-9 * random.uniform() : log_uniform(random, 1.0 + 1e-6, 3.0);
  const int n = one_in(random, 4) ? integer(random, 5, 200) : integer(random, 1, 4);
  return stimulus::train(pulse, n, 1.0 / (spacing * length));
}

// Other stimuli beside a job's own, and what counts as a response.
void complicate(RandomStream& random, Case& c, response::ThresholdJob& job) {
  if (one_in(random, 4))
    job.goal = response::Goal::silent;
  if (one_in(random, 4))
    job.arrivals = integer(random, 2, 4);
  if (one_in(random, 4))
    job.listen_from = random.uniform(0.0, 2.0) * job.waveform->end();
  for (int n = one_in(random, 2) ? integer(random, 1, most_beside) : 0; n > 0; --n) {
    c.waveforms_beside.push_back(draw_waveform(random));
    response::FixedStimulus fixed{.waveform = &c.waveforms_beside.back()};
    if (one_in(random, 2)) {
      fixed.node = random.below(job.cable->n_nodes());
      fixed.amplitude = (one_in(random, 2) ? 1.0 : -1.0) * log_uniform(random, 1e-6, 1e2);
    } else {
      c.fields_beside.push_back(draw_field(random, *job.cable));
      fixed.field = &c.fields_beside.back();
      fixed.amplitude = log_uniform(random, 1e-6, 1e3);
    }
    job.beside.push_back(fixed);
  }
}

// Potentials beyond 1e12 mV are refused: amplitudes stay below.
void stay_legal(Case& c) {
  double per_mA = 1.0;
  for (const response::ThresholdJob& job : c.jobs)
    for (const double v : job.field->mV_per_mA)
      per_mA = std::max(per_mA, std::abs(v) * job.waveform->largest_level());
  const Current most = 0.9e12 / per_mA * mA;
  c.options.ceiling = std::min(c.options.ceiling, most);
  c.options.floor = std::min(c.options.floor, c.options.ceiling / 1.001);
  c.amplitude = std::min(c.amplitude, most);
}

response::ThresholdOptions draw_options(RandomStream& random) {
  response::ThresholdOptions o;
  if (one_in(random, 4))
    o.integration.scheme = axon::Scheme::neuron;
  o.integration.step = log_uniform(random, 0.5, 50.0) * us;
  o.integration.coarsest = random.uniform(1.0, 16.0);
  if (one_in(random, 4))
    o.detection = response::Detection::far_end;
  if (one_in(random, 4))
    o.silence = response::Silence::reference;
  o.tolerance = log_uniform(random, 1e-6, 0.5);
  o.floor = log_uniform(random, 1e-6, 1.0) * mA;
  o.ceiling = o.floor * log_uniform(random, 1.001, 1e6);
  o.time_limit = random.uniform(0.5, 5.0) * ms;
  return o;
}

// Node steps of a run of every fibre.
double work(const Case& c) {
  double sum = 0.0;
  const Time step = c.options.integration.step;
  for (const response::ThresholdJob& job : c.jobs) {
    Time end = job.waveform->end(), finest = step;
    const auto meet = [&](const stimulus::Waveform& w) { // steps resolve phases (axon/schedule)
      end = std::max(end, w.end());
      finest = std::min(finest, step / (100.0 * us) * w.decisive_phase_duration());
    };
    meet(*job.waveform);
    for (const response::FixedStimulus& fixed : job.beside)
      meet(*fixed.waveform);
    sum += (end / finest + c.options.time_limit / step) * static_cast<double>(job.cable->n_nodes());
  }
  return sum;
}

} // namespace

Case draw_case(std::uint64_t seed, std::uint64_t index) {
  RandomStream random(seed, "axon_fuzz", index);
  Case c;
  const std::size_t task = random.below(8);
  c.task = task < 4 ? Task::thresholds : task < 7 ? Task::activation : Task::rest;
  const int n_jobs = c.task == Task::thresholds ? integer(random, 1, 12) : 1;
  c.options = draw_options(random);
  const bool one_model = one_in(random, 2);
  const auto& models = axon::catalogue();
  std::size_t model = random.below(models.size());
  for (int i = 0; i < n_jobs; ++i) {
    c.cables.push_back(draw_cable(random, models[model]));
    c.fields.push_back(draw_field(random, c.cables.back()));
    c.waveforms.push_back(draw_waveform(random));
    if (!one_model)
      model = random.below(models.size());
  }
  const std::size_t beside = c.cables.size() * static_cast<std::size_t>(most_beside);
  c.fields_beside.reserve(beside); // jobs point into them
  c.waveforms_beside.reserve(beside);
  for (std::size_t i = 0; i < c.cables.size(); ++i) {
    c.jobs.push_back({.cable = &c.cables[i], .field = &c.fields[i], .waveform = &c.waveforms[i]});
    if (one_in(random, 3))
      complicate(random, c, c.jobs.back());
  }
  c.amplitude = log_uniform(random, 1e-6, 1e3) * mA;
  stay_legal(c);
  const double affordable = c.task == Task::thresholds ? 3e4 : 2e5;
  // NEURON's steps cannot grow without meeting phases shorter than themselves: shorten the company.
  while (c.jobs.size() > 1 && work(c) > affordable)
    c.jobs.pop_back();
  for (response::ThresholdJob& job : c.jobs)
    if (work(c) > 10.0 * affordable && job.waveform->repeats > 1)
      c.waveforms[static_cast<std::size_t>(&job - c.jobs.data())].repeats = 2;
  if (work(c) > affordable && c.options.integration.scheme == axon::Scheme::second_order)
    c.options.integration.step =
        std::min(50.0 * us, c.options.integration.step * (work(c) / affordable));
  return c;
}

std::string Case::describe() const {
  std::string text = concat(
      task == Task::thresholds ? "thresholds"
      : task == Task::rest     ? "rest"
                               : "activation",
      options.integration.scheme == axon::Scheme::neuron ? ", NEURON" : ", second order", ", step ",
      options.integration.step.in(us), " us, coarsest ", options.integration.coarsest,
      ", tolerance ", options.tolerance, ", ", options.floor.in(mA), " to ", options.ceiling.in(mA),
      " mA, limit ", options.time_limit.in(ms), " ms, amplitude ", amplitude.in(mA), " mA");
  for (const response::ThresholdJob& job : jobs) {
    const auto [low, high] =
        std::minmax_element(job.field->mV_per_mA.begin(), job.field->mV_per_mA.end());
    text += concat("\n  ", job.cable->name().model, " ", job.cable->name().diameter.in(um), " um, ",
                   job.cable->n_nodes(), " nodes, ",
                   job.cable->name().ends == axon::Ends::sealed ? "sealed" : "passive", "; ", *low,
                   " to ", *high, " mV/mA; ", job.waveform->name, " of ", job.waveform->n_pieces(),
                   " pieces, ", job.waveform->begin().in(us), " to ", job.waveform->end().in(us),
                   " us; ", job.beside.size(), " beside, ", job.arrivals, " arrivals from ",
                   job.listen_from.in(ms), " ms on",
                   job.goal == response::Goal::silent ? ", silence sought" : "");
  }
  return text;
}

} // namespace foramen::fuzz
