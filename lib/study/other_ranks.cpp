#include "study/other_ranks.hpp"

#include "core/error.hpp"
#include "study/stages.hpp"

namespace foramen::study {
namespace {

enum Call : int { finished = 0, field_wanted = 1, adjoints_wanted = 2 };

void share_factors(const field::Ranks& ranks, field::SizeFactors& factors) {
  std::vector<std::size_t> count{factors.size()};
  ranks.broadcast(count);
  factors.resize(count[0]);
  for (auto& shared : factors) {
    auto octree = shared ? std::make_shared<field::SizeOctree>(*shared)
                         : std::make_shared<field::SizeOctree>();
    std::vector<double> cube{octree->origin.x(), octree->origin.y(), octree->origin.z(),
                             octree->width};
    ranks.broadcast(cube);
    ranks.broadcast(octree->cells);
    octree->origin = field::Vector3d(cube[0], cube[1], cube[2]);
    octree->width = cube[3];
    shared = std::move(octree);
  }
}

void share_goals(const field::Ranks& ranks, std::vector<field::Goal>& goals) {
  struct Weight {
    int node;
    double weight;
  };
  std::vector<std::size_t> count{goals.size()};
  ranks.broadcast(count);
  goals.resize(count[0]);
  for (field::Goal& goal : goals) {
    std::vector<char> name(goal.name.begin(), goal.name.end());
    std::vector<Weight> weights;
    for (const auto& [node, weight] : goal.weight)
      weights.push_back({node, weight});
    ranks.broadcast(name);
    ranks.broadcast(weights);
    goal = {std::string(name.begin(), name.end()), {}};
    for (const Weight& w : weights)
      goal.weight.emplace_back(w.node, w.weight);
  }
}

// What a run may change of its study.
void share_changes(const field::Ranks& ranks, Study& study) {
  std::vector<double> values{study.field.refine, study.field.coarser,
                             static_cast<double>(study.field.boundary),
                             study.anatomy.domain_radius};
  ranks.broadcast(values);
  study.field.refine = values[0];
  study.field.coarser = values[1];
  study.field.boundary = static_cast<field::OuterBoundary>(values[2]);
  study.anatomy.domain_radius = values[3];
  share_factors(ranks, study.field.finer);
}

void call(Call what, const field::Ranks& ranks, const Study& study, const field::TetMesh& mesh) {
  ranks.say(what);
  Study changes = study;
  share_changes(ranks, changes);
  field::TetMesh shared = mesh;
  field::share_mesh(ranks, shared);
}

} // namespace

void serve_first_rank(const field::Ranks& ranks, const Study& study) {
  for (int wanted = ranks.wait_for_first(); wanted != finished; wanted = ranks.wait_for_first()) {
    Study variant = study;
    share_changes(ranks, variant);
    field::TetMesh mesh;
    field::share_mesh(ranks, mesh);
    std::vector<field::Goal> goals;
    if (wanted == adjoints_wanted)
      share_goals(ranks, goals);
    try {
      const field::VolumeScene scene = study_scene(variant);
      if (wanted == adjoints_wanted)
        field::adjoint_potentials(scene, mesh, goals, adjoint_options(), core::silent(), ranks);
      else
        field::solve_unit_potentials(scene, mesh, {.relative_tolerance = study.field.tolerance},
                                     core::silent(), ranks);
    } catch (const core::Error&) { // the first rank has it too, and says it
    }
  }
}

void call_for_field(const field::Ranks& ranks, const Study& study, const field::TetMesh& mesh) {
  if (ranks.several())
    call(field_wanted, ranks, study, mesh);
}

void call_for_adjoints(const field::Ranks& ranks, const Study& study, const field::TetMesh& mesh,
                       const std::vector<field::Goal>& goals) {
  if (!ranks.several())
    return;
  call(adjoints_wanted, ranks, study, mesh);
  std::vector<field::Goal> shared = goals;
  share_goals(ranks, shared);
}

field::SolverOptions adjoint_options() {
  return {.relative_tolerance = 1e-3};
}

OtherRanks::~OtherRanks() {
  if (ranks_.first())
    ranks_.say(finished);
}

bool wait_unserving(const field::Ranks& ranks) {
  return ranks.wait_for_first() == finished;
}

} // namespace foramen::study
