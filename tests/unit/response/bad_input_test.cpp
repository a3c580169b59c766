// What a user may get wrong, and what he is told: place, cause and remedy of every refusal between
// a fibre's name and its threshold.
#include "axon/catalogue.hpp"
#include "axon/integrator.hpp"
#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "core/error.hpp"
#include "response/activation.hpp"
#include "response/threshold.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace foramen;
using namespace foramen::response;
using axon::Cable;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// The refusal of an action; other exceptions pass and fail the test.
ConfigError refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const ConfigError& e) {
    return e;
  }
  return {"accepted", "", ""};
}

void check(const ConfigError& e, const std::string& place, const std::string& cause,
           const std::string& remedy) {
  CHECK(e.place() == place);
  CHECK(e.cause() == cause);
  CHECK(e.remedy() == remedy);
  CHECK(e.exit_code() == ExitCode::wrong_input);
}

// A search that would succeed, for tests to spoil.
struct Search {
  Cable cable = axon::build("mrg", 10.0 * um, 21);
  stimulus::FieldAtFibre field = axon::test::point_source(cable, 1.0 * mm);
  stimulus::Waveform pulse = stimulus::monophasic({.width = 100 * us});
  ThresholdOptions options;
  Time stop{};

  ThresholdJob job() const { return {&cable, &field, &pulse, stop}; }
  ConfigError refused() const {
    const ThresholdJob one = job();
    return refusal([&] { find_thresholds(std::span(&one, 1), options); });
  }
  ConfigError run_refused(Current amplitude) const {
    return refusal([&] { activate(job(), amplitude, options); });
  }
};

const std::string along = "potential along a fibre (mrg, 10 um)";

} // namespace

TEST_CASE("the search that the other tests spoil is accepted") {
  const Search s;
  CHECK(s.refused().place() == "accepted");
  CHECK(s.run_refused(1.0 * mA).place() == "accepted");
}

TEST_CASE("a potential that is not a number is refused with its compartment") {
  for (const double bad : {not_a_number, infinity, -infinity}) {
    Search s;
    s.field.mV_per_mA[7] = s.field.mV_per_mA[9] = bad;
    for (const ConfigError& e : {s.refused(), s.run_refused(1.0 * mA)})
      check(e, along, "the sample at compartment 7 is not a finite number",
            "check that the fibre lies within the domain of the field");
  }
}

TEST_CASE("too few or too many potentials are refused with both counts") {
  Search s;
  s.field.mV_per_mA.pop_back();
  for (const ConfigError& e : {s.refused(), s.run_refused(1.0 * mA)})
    check(e, along, "220 samples for 221 compartments",
          "sample the potential at every one of Cable::centres()");
  s.field.mV_per_mA.resize(222, 0.0);
  CHECK(s.refused().cause() == "222 samples for 221 compartments");
}

TEST_CASE("potentials too high to compute with are refused instead of overflowing") {
  Search s;
  s.field.mV_per_mA.assign(221, 1e300);
  const std::string remedy = "check the units of the field and of the amplitudes: at most 1e+12 mV "
                             "can be computed with";
  check(s.refused(), along, "1e+302 mV at 100 mA", remedy);
  check(s.run_refused(1.0 * mA), along, "1e+300 mV at 1 mA", remedy);
}

TEST_CASE("diameters outside the model's range, zero, negative or not a number are refused") {
  const auto refused = [](double d) { return refusal([d] { axon::build("mrg", d * um, 21); }); };
  for (const auto& [d, shown] : {std::pair{0.0, "0"}, {-3.0, "-3"}, {1.9, "1.9"}, {16.1, "16.1"}})
    check(refused(d), "fibre model 'mrg'",
          concat("a diameter of ", shown, " um lies outside its range"), "choose from 2 to 16 um");
  CHECK(refused(not_a_number).remedy() == "choose from 2 to 16 um");
  check(refusal([] { axon::build("mrg_discrete", 6.0 * um, 21); }), "fibre model 'mrg_discrete'",
        "a diameter of 6 um is not in its table",
        "choose 5.7 or 7.3 um, or the model 'mrg', which interpolates");
}

TEST_CASE("fibres of fewer than three nodes are refused") {
  for (const int n : {2, 1, 0, -5})
    check(refusal([n] { axon::build("sundt", 1.0 * um, n); }), "fibre model 'sundt'",
          concat("a fibre of ", n, " nodes"),
          "give it at least 3 nodes: a longer nerve or a thinner fibre");
}

TEST_CASE("a length that no fibre has is refused where nodes are counted") {
  for (const double length_mm : {not_a_number, infinity, 1e12})
    CHECK(refusal([=] { axon::nodes_to_span("mrg", 10.0 * um, length_mm * mm); }).remedy() ==
          "give a length of at most a million internodes");
  CHECK(axon::nodes_to_span("mrg", 10.0 * um, -1.0 * mm) == 1);
}

TEST_CASE("compartments without length or with an infinite conductance are refused") {
  const Cable good = axon::build("sundt", 1.0 * um, 3);
  const auto refused = [&](const std::function<void(axon::Compartment&)>& spoil) {
    axon::Compartment inner = good.compartment(1);
    spoil(inner);
    return refusal([&] { Cable(good.name(), {{inner}, {inner}}, {0, 0, 1}); });
  };
  const std::string place = "fibre 'sundt' of 1 um";
  const std::string remedy = "choose a diameter for which the model's geometry makes sense";
  check(refused([](axon::Compartment& c) { c.length_cm = 0.0; }), place,
        "compartment 0 of a period (node) has a length of 0 um", remedy);
  check(refused([](axon::Compartment& c) { c.axial_mS = infinity; }), place,
        "compartment 0 of a period (node) has a negative or undefined conductance", remedy);
}

TEST_CASE("time steps that are not positive numbers are refused") {
  for (const auto& [step, shown] : {std::pair{0.0, "0"}, {-5.0, "-0.005"}, {not_a_number, "nan"}}) {
    Search s;
    s.options.integration.step = step * us;
    for (const ConfigError& e : {s.refused(), s.run_refused(1.0 * mA)})
      check(e, "time integration", concat("a step of ", shown, " ms"), "give a positive step");
  }
}

TEST_CASE("NEURON's scheme refuses a step longer than a phase, the default scheme takes it") {
  Search s;
  s.pulse = stimulus::asymmetric({.width = 40 * us, .delay = 10 * us}, 0.5);
  s.options.integration = {.scheme = axon::Scheme::neuron, .step = 25 * us};
  check(s.refused(), "time integration",
        "a step of 25 us is longer than a phase of the pulse 'asymmetric' (20 us), which NEURON's "
        "scheme would miss or stretch",
        "give a step of at most 20 us, or use the second-order scheme, which meets every edge");
  s.options.integration.step = 20 * us;
  CHECK(s.refused().place() == "accepted");
  s.options.integration = {.step = 25 * us};
  CHECK(s.refused().place() == "accepted");
}

TEST_CASE("waveforms without pieces, with overlapping pieces or levels not a number are refused") {
  Search s;
  s.pulse = {"drawn", {}};
  check(s.refused(), "waveform 'drawn'", "it has no pieces", "give the pulse a width");
  s.pulse.pieces = {{0.0 * us, 50 * us, -1.0, -1.0}, {40 * us, 90 * us, 1.0, 1.0}};
  for (const ConfigError& e : {s.refused(), s.run_refused(1.0 * mA)})
    check(e, "waveform 'drawn'",
          "piece 1 begins at 40 us, before 50 us (the start, or the end of the piece before)",
          "make pieces follow each other without overlap");
  s.pulse.pieces = {{0.0 * us, 50 * us, -1.0, not_a_number}};
  check(s.refused(), "waveform 'drawn'", "piece 0 has a time or level that is not finite",
        "check the table of times and levels");
}

TEST_CASE("search options without sense are refused before any run") {
  const auto refused = [](const std::function<void(ThresholdOptions&)>& spoil) {
    Search s;
    spoil(s.options);
    return s.refused();
  };
  for (const auto& [tolerance, shown] :
       {std::pair{0.0, "0"}, {-0.01, "-0.01"}, {1e-17, "1e-17"}, {1.0, "1"}, {not_a_number, "nan"}})
    check(refused([t = tolerance](auto& o) { o.tolerance = t; }), "threshold search",
          concat("a tolerance of ", shown),
          "give the relative width of the final bracket, from 1e-12 to below 1: 0.01");
  for (const auto& [floor, shown] : {std::pair{0.0, "0"}, {-1.0, "-1"}, {not_a_number, "nan"}})
    check(refused([f = floor](auto& o) { o.floor = f * mA; }), "threshold search",
          concat("a floor of ", shown, " mA"), "give the lowest amplitude to try, above 0 mA");
  for (const auto& [ceiling, shown] : {std::pair{1.0, "1"}, {0.5, "0.5"}, {infinity, "inf"}})
    check(refused([c = ceiling](auto& o) { o.floor = 1.0 * mA, o.ceiling = c * mA; }),
          "threshold search", concat("a ceiling of ", shown, " mA, a floor of 1 mA"),
          "give a finite ceiling above the floor");
  for (const auto& [limit, shown] :
       {std::pair{-1.0, "-1"}, {infinity, "inf"}, {not_a_number, "nan"}})
    check(refused([t = limit](auto& o) { o.time_limit = t * ms; }), "threshold search",
          concat("a time limit of ", shown, " ms"),
          "give the time that a run may last after the waveform: 5 ms");
}

TEST_CASE("amplitudes and ends of runs that are not finite are refused") {
  Search s;
  for (const auto& [amplitude, shown] : {std::pair{not_a_number, "nan"}, {infinity, "inf"}})
    check(s.run_refused(amplitude * mA), "stimulation", concat("an amplitude of ", shown, " mA"),
          "give a finite amplitude");
  for (const auto& [stop, shown] :
       {std::pair{-1.0, "-1"}, {infinity, "inf"}, {not_a_number, "nan"}}) {
    s.stop = stop * ms;
    for (const ConfigError& e : {s.refused(), s.run_refused(1.0 * mA)})
      check(e, "stimulation", concat("a run of ", shown, " ms"),
            "give its end, or 0 for the time limit after the waveform");
  }
}

// The exchange of sodium for calcium grows as exp(V / 53 mV): its value overflowed, extracellular
// calcium with it, and the potential was no number. A current of 108 mA some um away does that.
TEST_CASE("fields that drive membranes to many volts leave numbers behind") {
  for (const char* model : {"schild94", "schild97", "tigerholm", "gaines_motor"})
    for (const double amplitude : {-1e5, -1e3, -100.0, 100.0, 1e3, 1e5}) {
      CAPTURE(model, amplitude);
      const Cable cable = axon::build(model, model[0] == 'g' ? 5.0 * um : 1.26544 * um, 20);
      const axon::Drive drive =
          axon::field_drive(cable, axon::test::point_source(cable, 20.0 * um));
      const stimulus::Waveform pulse = stimulus::monophasic({.width = 800 * us});
      const axon::Recording run =
          axon::record(cable, axon::rest_state(cable).state, drive, amplitude, pulse,
                       {.step = 28.6582 * us}, 2.0 * ms, {{0, cable.node(10)}});
      for (const std::vector<double>& v : run.v_mV)
        CHECK(std::all_of(v.begin(), v.end(), [](double x) { return std::isfinite(x); }));
    }
}
