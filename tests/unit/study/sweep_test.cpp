#include "core/error.hpp"
#include "study/sweep.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace foramen;
using study::expand_sweep;
using study::parse_shard;

TEST_CASE("a sweep visits every combination once, the first axis slowest", "[study]") {
  const auto points = expand_sweep({{"a.b", {"1 mm", "2 mm"}}, {"c", {"x", "y", "z"}}});
  REQUIRE(points.size() == 6);
  CHECK(points[0].assignments == std::vector<std::string>{"a.b=1 mm", "c=x"});
  CHECK(points[1].assignments == std::vector<std::string>{"a.b=1 mm", "c=y"});
  CHECK(points[5].assignments == std::vector<std::string>{"a.b=2 mm", "c=z"});
  CHECK(points[4].position == std::vector<std::size_t>{1, 1});
}

TEST_CASE("a sweep without axes is one point", "[study]") {
  CHECK(expand_sweep({}).size() == 1);
}

TEST_CASE("shards share out every point exactly once", "[study]") {
  for (std::size_t count = 1; count < 6; ++count) {
    std::multiset<std::size_t> seen;
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t p = 0; p < 17; ++p)
        if (parse_shard(std::to_string(i) + "/" + std::to_string(count)).owns(p))
          seen.insert(p);
    CHECK(seen.size() == 17);
    CHECK(std::set<std::size_t>(seen.begin(), seen.end()).size() == 17);
  }
}

TEST_CASE("what is not a shard is refused with an example", "[study]") {
  for (const char* text : {"", "3", "4/4", "1/0", "-1/2", "a/b", "1/2x"})
    CHECK_THROWS_WITH(parse_shard(text), Catch::Contains("is not a shard") &&
                                             Catch::Contains("write i/N with 0 <= i < N"));
}
