#include "geometry/triangulated_tube.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foramen::geometry {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double wave_phase = 0.7; // radians; no multiple of pi over a vertex count

// The profile (s, rho) of the tube is a chain of straight or circular pieces, each with one patch.
struct Piece {
  double length;
  int patch;
  std::function<Eigen::Vector2d(double l)> at; // (s, rho) at length l along the piece
};

struct Ring {
  int n;        // 1: a pole
  int first;    // index of its first vertex
  double phase; // angle of the first vertex, radians
};

Piece straight_piece(double s0, double rho0, double s1, double rho1, int patch) {
  const Eigen::Vector2d a(s0, rho0), b(s1, rho1);
  const double length = (b - a).norm();
  return {length, patch,
          [a, b, length](double l) { return Eigen::Vector2d(a + (b - a) * (l / length)); }};
}

// Quarter circle about (centre, 0): from the pole to the rim at the start, from rim to pole at the
// end.
Piece round_piece(double centre, double radius, bool at_start) {
  return {0.5 * pi * radius, at_start ? start_cap_patch : end_cap_patch, [=](double l) {
            const double angle = at_start ? l / radius : 0.5 * pi - l / radius; // from the pole
            const double outwards = at_start ? -1.0 : 1.0;
            return Eigen::Vector2d(centre + outwards * radius * std::cos(angle),
                                   radius * std::sin(angle));
          }};
}

void append_flat_cap(std::vector<Piece>& pieces, double s, double radius,
                     const std::vector<Disc>& discs, bool at_start) {
  std::vector<Piece> outwards;
  double inner = 0.0;
  auto add = [&](double outer, int patch) {
    FORAMEN_EXPECT(outer > inner, "disc radii must increase and stay below the tube's: ", outer);
    outwards.push_back(at_start ? straight_piece(s, inner, s, outer, patch)
                                : straight_piece(s, outer, s, inner, patch));
    inner = outer;
  };
  for (const Disc& disc : discs)
    add(disc.radius, disc.patch);
  add(radius, at_start ? start_cap_patch : end_cap_patch);
  if (!at_start)
    std::reverse(outwards.begin(), outwards.end());
  pieces.insert(pieces.end(), outwards.begin(), outwards.end());
}

void append_mantle(std::vector<Piece>& pieces, const Tube& tube, const std::vector<Band>& bands) {
  double s = tube.s0;
  const double tolerance = 1e-9 * tube.radius;
  auto add = [&](double to, int patch) {
    if (to > s + tolerance)
      pieces.push_back(straight_piece(s, tube.radius, to, tube.radius, patch));
    s = std::max(s, to);
  };
  for (const Band& band : bands) {
    FORAMEN_EXPECT(band.s0 >= s - tolerance && band.s1 > band.s0 && band.s1 <= tube.s1 + tolerance,
                   "bands must be sorted and lie on the tube: ", band.s0, " to ", band.s1);
    add(band.s0, 0);
    add(band.s1, band.patch);
  }
  add(tube.s1, 0);
}

std::vector<Piece> profile(const Tube& tube, const TubeMeshing& meshing) {
  std::vector<Piece> pieces;
  if (meshing.start != Cap::flat)
    pieces.push_back(round_piece(tube.s0, tube.radius, true));
  else
    append_flat_cap(pieces, tube.s0, tube.radius, meshing.start_discs, true);
  append_mantle(pieces, tube, meshing.bands);
  if (meshing.end != Cap::flat)
    pieces.push_back(round_piece(tube.s1, tube.radius, false));
  else
    append_flat_cap(pieces, tube.s1, tube.radius, meshing.end_discs, false);
  return pieces;
}

// Positions along a piece whose distances follow the wanted size: equal parts of the integral of
// 1/size.
std::vector<double> divide(const Piece& piece, const TubeMeshing& meshing) {
  std::vector<double> length{0.0}, parts{0.0};
  while (length.back() < piece.length) {
    const double l = length.back();
    auto size_at = [&](double x) {
      const Eigen::Vector2d p = piece.at(std::min(x, piece.length));
      return meshing.size(p[0], p[1]).along;
    };
    const double h = size_at(l);
    FORAMEN_EXPECT(h > 0.0, "wanted size at profile length ", l);
    double step = std::min({0.2 * h, 0.2 * size_at(l + 0.2 * h), piece.length - l});
    if (piece.length - l - step < 1e-6 * piece.length)
      step = piece.length - l;
    const bool last = step == piece.length - l;
    length.push_back(last ? piece.length : l + step);
    parts.push_back(parts.back() + step / size_at(l + 0.5 * step));
  }
  const int n = std::max(1, static_cast<int>(std::lround(parts.back())));
  std::vector<double> result;
  std::size_t k = 0;
  for (int i = 1; i < n; ++i) {
    const double wanted = parts.back() * i / n;
    while (parts[k + 1] < wanted)
      ++k;
    const double t = (wanted - parts[k]) / (parts[k + 1] - parts[k]);
    result.push_back(length[k] + t * (length[k + 1] - length[k]));
  }
  result.push_back(piece.length);
  return result;
}

// Few distinct counts, so that long stretches keep one and their rings stagger perfectly.
int vertices_around(double rho, const Tube& tube, const TubeMeshing& meshing, double around) {
  const int least = rho > 0.999 * tube.radius ? meshing.min_around : 6;
  const int wanted = std::max(least, static_cast<int>(std::ceil(2.0 * pi * rho / around - 1e-6)));
  const int step = wanted <= 24 ? 2 : 4;
  return (wanted + step - 1) / step * step;
}

void append_strip(Surface& surface, const Ring& a, const Ring& b, int patch) {
  auto add = [&](int i, int j, int k) {
    surface.triangles.push_back({i, j, k});
    surface.patch.push_back(patch);
  };
  auto vertex = [](const Ring& ring, int i) {
    return ring.first + ((i % ring.n) + ring.n) % ring.n;
  };
  if (a.n == 1 || b.n == 1) {
    for (int i = 0; i < std::max(a.n, b.n); ++i)
      a.n == 1 ? add(a.first, vertex(b, i + 1), vertex(b, i))
               : add(vertex(a, i), vertex(a, i + 1), b.first);
    return;
  }
  // Merge the two rings by angle: always advance on the one whose next vertex comes first.
  auto angle = [](const Ring& ring, int i) { return ring.phase + 2.0 * pi * i / ring.n; };
  int i = 0, j = static_cast<int>(std::floor((a.phase - b.phase) * b.n / (2.0 * pi) + 0.5));
  const int i_end = a.n, j_end = j + b.n;
  while (i < i_end || j < j_end) {
    const bool on_a = j == j_end || (i < i_end && angle(a, i + 1) <= angle(b, j + 1));
    if (on_a) {
      add(vertex(a, i), vertex(a, i + 1), vertex(b, j));
      ++i;
    } else {
      add(vertex(a, i), vertex(b, j + 1), vertex(b, j));
      ++j;
    }
  }
}

// Where a patch of the tube lies, for the projector.
struct Projector {
  Tube tube;
  Cap start, end;
  std::vector<Disc> discs;     // of both caps
  std::vector<double> sagitta; // of each disc's polygonal rim

  Vector3d onto_mantle(const Vector3d& p) const {
    const Frame f = tube.axis->frame(tube.axis->closest(p).s);
    const Vector3d centre = f.origin + tube.u * f.u + tube.v * f.v;
    const Vector3d along = f.tangent * f.tangent.dot(p - centre);
    const Vector3d across = p - centre - along;
    return centre + along + across * (tube.radius / across.norm());
  }
  Vector3d onto_sphere(const Vector3d& p, double s) const {
    const Vector3d centre = tube.axis->at(s, tube.u, tube.v);
    return centre + (p - centre) * (tube.radius / (p - centre).norm());
  }
  // A point of a flat cap stays, unless it is the middle of an edge of a disc's rim.
  Vector3d onto_rim(const Vector3d& p, std::size_t disc) const {
    const double s = tube.axis->closest(p).s;
    const Vector3d centre = tube.axis->at(s, tube.u, tube.v);
    const double rho = (p - centre).norm();
    if (discs[disc].radius - rho > 1.5 * sagitta[disc])
      return p;
    return centre + (p - centre) * (discs[disc].radius / rho);
  }
  Vector3d operator()(const Vector3d& p, int patch) const {
    if (patch == start_cap_patch)
      return start != Cap::flat ? onto_sphere(p, tube.s0) : p;
    if (patch == end_cap_patch)
      return end != Cap::flat ? onto_sphere(p, tube.s1) : p;
    for (std::size_t i = 0; i < discs.size(); ++i)
      if (discs[i].patch == patch)
        return onto_rim(p, i);
    return onto_mantle(p);
  }
};

Projector make_projector(const Tube& tube, const TubeMeshing& meshing) {
  Projector projector{tube, meshing.start, meshing.end, {}, {}};
  auto add = [&](const Disc& disc, double s) {
    const int n = vertices_around(disc.radius, tube, meshing, meshing.size(s, disc.radius).around);
    projector.discs.push_back(disc);
    projector.sagitta.push_back(disc.radius * (1.0 - std::cos(pi / n)));
  };
  for (const Disc& disc : meshing.start_discs)
    add(disc, tube.s0);
  for (const Disc& disc : meshing.end_discs)
    add(disc, tube.s1);
  return projector;
}

// The point (s, rho) of the profile at an angle around the tube.
Vector3d place(const Tube& tube, const TubeMeshing& meshing, const Eigen::Vector2d& at,
               double angle) {
  const double u = tube.u + at[1] * std::cos(angle), v = tube.v + at[1] * std::sin(angle);
  const bool on_ball = (meshing.start == Cap::ball && at[0] < tube.s0) ||
                       (meshing.end == Cap::ball && at[0] > tube.s1);
  if (!on_ball)
    return tube.axis->at(at[0], u, v);
  const double end = at[0] < tube.s0 ? tube.s0 : tube.s1;
  const Frame f = tube.axis->frame(end);
  return f.origin + (at[0] - end) * f.tangent + u * f.u + v * f.v;
}

} // namespace

Surface triangulate_tube(const Tube& tube, const TubeMeshing& meshing) {
  FORAMEN_EXPECT(tube.axis && tube.radius > 0.0 && tube.s1 > tube.s0, "radius ", tube.radius,
                 ", s ", tube.s0, " to ", tube.s1);
  Surface surface;
  const auto add_vertex = [&](const Eigen::Vector2d& at, double angle) {
    surface.points.push_back(place(tube, meshing, at, angle));
  };
  const auto add_pole = [&](const Eigen::Vector2d& at) {
    const Ring ring{1, static_cast<int>(surface.points.size()), 0.0};
    add_vertex({at[0], 0.0}, 0.0);
    return ring;
  };
  const auto add_ring = [&](const Piece& piece, double l, bool odd) {
    const Eigen::Vector2d at = piece.at(l);
    const RingSize size = meshing.size(at[0], at[1]);
    const int n = vertices_around(at[1], tube, meshing, size.around);
    const Ring ring{n, static_cast<int>(surface.points.size()), odd ? pi / n : 0.0};
    const double bend = l < piece.length ? meshing.wave * size.along : 0.0;
    for (int i = 0; i < n; ++i) {
      const double angle = ring.phase + 2.0 * pi * i / n;
      add_vertex(piece.at(l + bend * std::cos(2.0 * angle + wave_phase)), angle);
    }
    return ring;
  };
  const std::vector<Piece> pieces = profile(tube, meshing);
  bool odd = false;
  Ring previous = add_pole(pieces.front().at(0.0));
  for (const Piece& piece : pieces)
    for (const double l : divide(piece, meshing)) {
      odd = !odd;
      const bool pole = &piece == &pieces.back() && l == piece.length;
      const Ring ring = pole ? add_pole(piece.at(l)) : add_ring(piece, l, odd);
      append_strip(surface, previous, ring, piece.patch);
      previous = ring;
    }
  surface.project = make_projector(tube, meshing);
  return surface;
}

} // namespace foramen::geometry
