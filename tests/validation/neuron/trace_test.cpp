// Membrane and periaxonal potentials over time against NEURON's, sample by sample.
#include "axon/catalogue.hpp"
#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "validation/neuron/csv.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::axon;
using validation::CsvRow;

namespace {

struct Trace {
  const char* file;
  const char* model;
  double diameter_um;
  Ends ends = Ends::passive;
  int n_nodes = 41;
  double distance_mm = 2.0, width_ms = 0.1, step_us = 1.0;
};

// "Vm_node+5", "Vm_stin+3": the compartment, from the central node's; nodes count in nodes.
std::size_t compartment_of(const Cable& cable, const std::string& column) {
  const std::string place = column.substr(column.find('_') + 1);
  const std::size_t centre = cable.node((cable.n_nodes() - 1) / 2);
  const auto plus = place.find('+');
  const std::size_t offset = plus == std::string::npos ? 0 : std::stoul(place.substr(plus + 1));
  return centre + (place.rfind("node", 0) == 0 ? offset * (cable.per_internode() + 1) : offset);
}

// The worst difference over all columns and samples, mV.
double worst_difference(const Trace& trace) {
  std::string comments;
  const std::vector<CsvRow> rows =
      validation::read_csv(validation::folder + "traces/" + trace.file + ".csv", &comments);
  const double amplitude = std::stod(comments.substr(comments.find("amplitude=") + 10));
  const Cable cable = build(trace.model, trace.diameter_um * um, trace.n_nodes, trace.ends);
  const std::vector<double> x = cable.centres();
  stimulus::FieldAtFibre field; // point source in 0.3 S/m
  for (const double s : x)
    field.mV_per_mA.push_back(1.0 / (4.0 * std::numbers::pi * 0.3 *
                                     std::hypot(s - 0.5 * x.back(), 1e-3 * trace.distance_mm)));
  std::vector<std::string> columns;
  std::vector<std::size_t> compartments;
  for (const auto& [name, value] : rows.front())
    if (name != "t_ms") {
      columns.push_back(name);
      compartments.push_back(compartment_of(cable, name));
    }
  const stimulus::Waveform pulse{"pulse", {{0.1 * ms, (0.1 + trace.width_ms) * ms, 1.0, 1.0}}};
  const Time step = trace.step_us * us, stop = std::stod(rows.back().at("t_ms")) * ms;
  const Recording run = record(cable, rest_state(cable).state, field_drive(cable, field), amplitude,
                               pulse, {Scheme::neuron, step}, stop, {compartments});
  double worst = 0.0;
  for (const CsvRow& row : rows) {
    const auto i = static_cast<std::size_t>(std::lround(std::stod(row.at("t_ms")) * ms / step));
    // Ve of a sample is that of the step which led to it.
    const double level = i == 0 ? 0.0 : pulse.level((static_cast<double>(i) - 0.5) * step);
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const double ve = level * amplitude * field.mV_per_mA[compartments[k]];
      const double ours = columns[k].rfind("Vm", 0) == 0 ? run.v_mV[k][i] : run.p_mV[k][i] + ve;
      worst = std::max(worst, std::abs(ours - std::stod(row.at(columns[k]))));
    }
  }
  return worst;
}

} // namespace

TEST_CASE("NEURON's scheme reproduces NEURON's traces at nodes, under the myelin and in the gap",
          "[neuron]") {
  for (const Trace& trace :
       {Trace{"mrg_discrete_D10_x1.2", "mrg_discrete", 10.0, Ends::passive},
        Trace{"mrg_discrete_D10_x0.98", "mrg_discrete", 10.0, Ends::passive},
        Trace{"mrg_discrete_D16_x1.2", "mrg_discrete", 16.0, Ends::passive},
        Trace{"mrg_discrete_D16_x0.98", "mrg_discrete", 16.0, Ends::passive},
        Trace{"gaines_motor_D12.8_x1.2", "gaines_motor", 12.8, Ends::sealed},
        Trace{"gaines_motor_D12.8_x0.98", "gaines_motor", 12.8, Ends::sealed},
        Trace{"gaines_sensory_D12.8_x1.2", "gaines_sensory", 12.8, Ends::sealed},
        Trace{"gaines_sensory_D12.8_x0.98", "gaines_sensory", 12.8, Ends::sealed},
        Trace{"extra_pena_D2_trace", "pena", 2.0, Ends::passive, 61, 0.5, 0.1, 5.0},
        Trace{"extra_sweeney_D10_trace", "sweeney", 10.0, Ends::passive, 41, 1.0, 0.1, 5.0},
        Trace{"extra_sundt_D1_trace", "sundt", 1.0, Ends::passive, 241, 0.25, 0.5, 5.0},
        Trace{"extra_rattay_D1_trace", "rattay", 1.0, Ends::passive, 241, 0.25, 0.5, 5.0},
        Trace{"extra_tigerholm_D1_trace", "tigerholm", 1.0, Ends::sealed, 121, 0.15, 0.5, 5.0},
        Trace{"extra_schild94_D1_trace", "schild94", 1.0, Ends::passive, 121, 0.15, 0.5, 5.0},
        Trace{"extra_schild97_D1_trace", "schild97", 1.0, Ends::passive, 121, 0.15, 0.5, 5.0}}) {
    CAPTURE(trace.file);
    // The files have six decimals; amplitudes have eight digits. Required: 1e-3 mV.
    CHECK(worst_difference(trace) < 1e-5);
  }
}
