// What a field solve has to move through memory, counted, and how fast memory is.
#pragma once

#include "field/ranks.hpp"
#include "field/tet_mesh.hpp"
#include "field/volume_scene.hpp"

namespace foramen::benchmarks {

// Bytes per iteration of conjugate gradients with its V-cycle (field/lane_solver, multigrid): every
// matrix, index and vector once per pass over it, in single precision, as if gathered vectors came
// from the cache after their first reading and writes cost no reading. Renewals of the residual
// (twice or three times per solve) are not in it.
struct FieldWork {
  double entries = 0.0;        // of the quadratic matrix
  double linear_rows = 0.0;    // of the level below it
  double shared_bytes = 0.0;   // of levels whose rows are shared out over ranks
  double repeated_bytes = 0.0; // of those that every rank computes
};

// Assembles and coarsens anew, on this process alone.
FieldWork count_work(const field::VolumeScene& scene, const field::TetMesh& mesh,
                     std::size_t contacts);

// Bytes per second of a[i] = b[i] + c d[i] over arrays far larger than caches, on all threads of
// this process; collective: all ranks at once, and their sum. Best of five.
double memory_bandwidth(const field::Ranks& ranks);

} // namespace foramen::benchmarks
