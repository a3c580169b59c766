#include "field/mesh_exchange.hpp"

#include "core/error.hpp"
#include "core/hash.hpp"

#include <cstring>
#include <fstream>
#include <sstream>
#include <type_traits>

namespace foramen::field {
namespace {

constexpr std::string_view request_magic = "foramen mesh request 2\n";
constexpr std::string_view reply_magic = "foramen mesh reply 1\n";
constexpr std::string_view content_magic = "foramen mesh content 1\n";

core::Digest digest_of(std::string_view bytes) {
  return core::Hasher().add(bytes).digest();
}

class Writer {
public:
  explicit Writer(std::string_view magic) : bytes_(magic) {}
  template <class T> void value(const T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&v), sizeof v);
  }
  template <class T> void values(const std::vector<T>& v) {
    value<std::uint64_t>(v.size());
    bytes_.append(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(T));
  }
  void text(const std::string& v) { values(std::vector<char>(v.begin(), v.end())); }
  void save(const std::string& path) {
    const core::Digest digest = digest_of(bytes_);
    value(digest.high);
    value(digest.low);
    std::ofstream file(path, std::ios::binary);
    file.write(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    file.close();
    if (!file)
      throw core::WorldError(path, "cannot write the mesher's file",
                             "free some space in the folder for temporary files, or name another "
                             "one in TMPDIR");
  }

private:
  std::string bytes_;
};

class Reader {
public:
  Reader(const std::string& path, std::string_view magic) : path_(path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file)
      throw core::WorldError(path, "cannot read the mesher's file", "run again");
    bytes_ = std::move(content).str();
    if (!bytes_.starts_with(magic) || bytes_.size() < magic.size() + 16)
      fail("is not a file of this version of the mesher");
    core::Digest stored;
    std::memcpy(&stored.high, bytes_.data() + bytes_.size() - 16, 8);
    std::memcpy(&stored.low, bytes_.data() + bytes_.size() - 8, 8);
    bytes_.resize(bytes_.size() - 16);
    if (stored != digest_of(bytes_))
      fail("does not match its checksum");
    at_ = magic.size();
  }
  template <class T> T value() {
    static_assert(std::is_trivially_copyable_v<T>);
    T v;
    take(&v, sizeof v);
    return v;
  }
  template <class T> std::vector<T> values() {
    const auto n = value<std::uint64_t>();
    if (n > (bytes_.size() - at_) / sizeof(T))
      fail("is too short");
    std::vector<T> v(n);
    take(v.data(), n * sizeof(T));
    return v;
  }
  std::string text() {
    const auto v = values<char>();
    return {v.begin(), v.end()};
  }

private:
  void take(void* to, std::size_t n) {
    if (n > bytes_.size() - at_)
      fail("is too short");
    if (n > 0)
      std::memcpy(to, bytes_.data() + at_, n);
    at_ += n;
  }
  [[noreturn]] void fail(const char* what) const {
    throw core::WorldError(
        path_, core::concat("the mesher's file ", what),
        "run again; if it persists, reinstall foramen and foramen-mesher together");
  }

  std::string path_, bytes_;
  std::size_t at_ = 0;
};

using Triple = std::array<double, 3>;

std::vector<Triple> plain(const std::vector<Eigen::Vector3d>& points) {
  std::vector<Triple> result;
  result.reserve(points.size());
  for (const Eigen::Vector3d& p : points)
    result.push_back({p[0], p[1], p[2]});
  return result;
}

std::vector<Eigen::Vector3d> vectors(const std::vector<Triple>& triples) {
  std::vector<Eigen::Vector3d> result;
  result.reserve(triples.size());
  for (const Triple& t : triples)
    result.emplace_back(t[0], t[1], t[2]);
  return result;
}

template <std::size_t N> void write_cells(Writer& out, const MshContent::Cells<N>& cells) {
  out.values(cells.nodes);
  out.values(cells.number);
  out.values(cells.set);
}

template <std::size_t N> void read_cells(Reader& in, MshContent::Cells<N>& cells) {
  cells.nodes = in.values<std::array<int, N>>();
  cells.number = in.values<std::int64_t>();
  cells.set = in.values<int>();
}

} // namespace

void write_request(const std::string& path, const MeshRequest& request) {
  Writer out(request_magic);
  out.value<std::uint64_t>(request.shells.size());
  for (const MeshRequest::Shell& shell : request.shells) {
    out.values(plain(shell.points));
    out.values(shell.triangles);
    out.value<std::int32_t>(shell.parent);
    out.value<std::uint8_t>(shell.hole);
  }
  out.value(Triple{request.size.origin[0], request.size.origin[1], request.size.origin[2]});
  out.value(request.size.width);
  out.values(request.size.cells);
  out.value(request.size_factor);
  out.value<std::uint8_t>(request.delaunay);
  out.value(request.improve_below);
  out.save(path);
}

MeshRequest read_request(const std::string& path) {
  Reader in(path, request_magic);
  MeshRequest request;
  request.shells.resize(in.value<std::uint64_t>());
  for (MeshRequest::Shell& shell : request.shells) {
    shell.points = vectors(in.values<Triple>());
    shell.triangles = in.values<std::array<int, 3>>();
    shell.parent = in.value<std::int32_t>();
    shell.hole = in.value<std::uint8_t>() != 0;
  }
  const auto origin = in.value<Triple>();
  request.size.origin = {origin[0], origin[1], origin[2]};
  request.size.width = in.value<double>();
  request.size.cells = in.values<SizeOctree::Cell>();
  request.size_factor = in.value<double>();
  request.delaunay = in.value<std::uint8_t>() != 0;
  request.improve_below = in.value<double>();
  return request;
}

void write_reply(const std::string& path, const MeshReply& reply) {
  Writer out(reply_magic);
  out.values(plain(reply.vertices));
  out.values(reply.tets);
  out.values(reply.region);
  out.save(path);
}

MeshReply read_reply(const std::string& path) {
  Reader in(path, reply_magic);
  MeshReply reply;
  reply.vertices = vectors(in.values<Triple>());
  reply.tets = in.values<std::array<int, 4>>();
  reply.region = in.values<int>();
  return reply;
}

void write_content(const std::string& path, const MshContent& content) {
  Writer out(content_magic);
  out.values(plain(content.nodes));
  out.values(content.node_number);
  out.value<std::uint64_t>(content.groups.size());
  for (const MshContent::Group& group : content.groups) {
    out.value<std::int32_t>(group.dimension);
    out.value<std::int32_t>(group.number);
    out.text(group.name);
  }
  out.value<std::uint64_t>(content.sets.size());
  for (const std::vector<int>& set : content.sets)
    out.values(set);
  write_cells(out, content.tets);
  write_cells(out, content.triangles);
  out.value<std::uint64_t>(content.foreign.size());
  for (const MshContent::Foreign& foreign : content.foreign) {
    out.text(foreign.type);
    out.value<std::int32_t>(foreign.dimension);
    out.value(foreign.count);
    out.value(foreign.first);
  }
  out.save(path);
}

MshContent read_content(const std::string& path) {
  Reader in(path, content_magic);
  MshContent content;
  content.nodes = vectors(in.values<Triple>());
  content.node_number = in.values<std::int64_t>();
  content.groups.resize(in.value<std::uint64_t>());
  for (MshContent::Group& group : content.groups) {
    group.dimension = in.value<std::int32_t>();
    group.number = in.value<std::int32_t>();
    group.name = in.text();
  }
  content.sets.resize(in.value<std::uint64_t>());
  for (std::vector<int>& set : content.sets)
    set = in.values<int>();
  read_cells(in, content.tets);
  read_cells(in, content.triangles);
  content.foreign.resize(in.value<std::uint64_t>());
  for (MshContent::Foreign& foreign : content.foreign) {
    foreign.type = in.text();
    foreign.dimension = in.value<std::int32_t>();
    foreign.count = in.value<std::int64_t>();
    foreign.first = in.value<std::int64_t>();
  }
  return content;
}

} // namespace foramen::field
