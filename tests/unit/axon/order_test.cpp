// Measured convergence in time: V at the nodes of a fibre at the end of a pulse that does not quite
// fire it.
//
// Errors at 2.5, 1.25, 0.625 and 0.3125 us against 0.05 us of the same scheme: ratios of 4 mean an
// order of two. Steps grow to eight times that after the pulse, as in threshold searches.
#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using namespace foramen;
using namespace foramen::axon;

namespace {

// The root mean square over nodes of the difference in V at 0.3 ms, 100 us after the pulse's second
// edge.
std::vector<double> snapshot(const Cable& cable, const State& rest, double amplitude, Scheme scheme,
                             Time step) {
  const Drive drive = field_drive(cable, test::point_source(cable, 1.0 * mm));
  const auto pulse = stimulus::monophasic({.width = 100 * us, .delay = 100 * us});
  std::vector<std::size_t> nodes;
  for (std::size_t j = 0; j < cable.n_nodes(); ++j)
    nodes.push_back(cable.node(j));
  const Recording run =
      record(cable, rest, drive, amplitude, pulse, {scheme, step}, 300 * us, {nodes});
  std::vector<double> v;
  for (const auto& trace : run.v_mV)
    v.push_back(trace.back());
  return v;
}

double difference(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

// Ratios of errors for steps of 2.5 / 1.25, 1.25 / 0.625 and 0.625 / 0.3125 us.
std::array<double, 3> ratios(const std::string& model, double amplitude, Scheme scheme) {
  const bool thin = find_model(model)->unmyelinated;
  const Length small = std::max(1.0 * um, find_model(model)->min_diameter);
  const Cable cable = thin                   ? build(model, small, 241)
                      : model == "small_mrg" ? build(model, 2.0 * um, 11)
                                             : build(model, 10.0 * um, 11);
  const Rest rest = rest_state(cable);
  const auto at = [&](double step_us) {
    return snapshot(cable, rest.state, amplitude, scheme, step_us * us);
  };
  const std::vector<double> exact = at(0.05);
  std::array<double, 4> errors{};
  for (std::size_t i = 0; i < 4; ++i)
    errors[i] = difference(at(2.5 / std::pow(2.0, static_cast<double>(i))), exact);
  return {errors[0] / errors[1], errors[1] / errors[2], errors[2] / errors[3]};
}

} // namespace

TEST_CASE("the default scheme is of second order") {
  for (const auto& [model, amplitude] :
       {std::pair("mrg", 0.12), std::pair("gaines_motor", 0.12), std::pair("gaines_sensory", 0.12),
        std::pair("pena", 0.12), std::pair("sweeney", 0.12), std::pair("sundt", 0.6),
        std::pair("mrg_discrete", 0.12), std::pair("small_mrg", 0.3), std::pair("rattay", 0.6),
        std::pair("tigerholm", 0.6), std::pair("schild94", 0.6), std::pair("schild97", 0.6),
        std::pair("hodgkin_huxley", 0.6)}) {
    const auto r = ratios(model, amplitude, Scheme::second_order);
    CAPTURE(model, r[0], r[1], r[2]);
    for (const double ratio : r) { // order 1.8 to 2.2
      CHECK(ratio > 3.5);
      CHECK(ratio < 4.6);
    }
  }
}

TEST_CASE("NEURON's scheme is of first order") {
  const auto r = ratios("mrg", 0.12, Scheme::neuron);
  CAPTURE(r[0], r[1], r[2]);
  // The reference at 0.05 us carries an error of its own: 2 becomes (0.625 - 0.05) / (0.3125 -
  // 0.05) = 2.19.
  CHECK(r[2] > 1.9);
  CHECK(r[2] < 2.3);
}
