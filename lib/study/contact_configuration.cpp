#include "study/contact_configuration.hpp"

#include "config/table.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace foramen::study {
namespace {

struct Terminal {
  std::string name; // a contact or "case"
  bool cathode = false;
  std::optional<double> share; // of its polarity's current
};

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + ' ') {
    const bool gap = c == ' ' || c == ',' || c == '\t';
    if (!gap)
      word += c;
    else if (!word.empty())
      words.push_back(std::exchange(word, {}));
  }
  return words;
}

// "60" or "60%" -> 0.6.
std::optional<double> share_of(const std::string& word) {
  const std::string digits = word.ends_with('%') ? word.substr(0, word.size() - 1) : word;
  double percent = 0.0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), percent);
  if (digits.empty() || problem != std::errc{} || end != digits.data() + digits.size())
    return std::nullopt;
  return percent / 100.0;
}

ContactConfigurationProblem read_terminals(const std::string& text,
                                           std::vector<Terminal>& terminals) {
  for (const std::string& word : words_of(text)) {
    if (word == "%")
      continue;
    if (const auto share = share_of(word); share && !terminals.empty()) {
      terminals.back().share = *share;
      continue;
    }
    if (word.size() < 2 || (word.back() != '-' && word.back() != '+'))
      return {concat("\"", word, "\" in \"", text, "\" has no polarity"),
              concat("write ", word, "- for a cathode or ", word, "+ for an anode")};
    terminals.push_back({word.substr(0, word.size() - 1), word.back() == '-', std::nullopt});
  }
  return {};
}

// Fills in equal shares and checks that those of one polarity make 100 %.
ContactConfigurationProblem complete_shares(std::vector<Terminal>& terminals, bool cathodes,
                                            const std::string& text) {
  std::vector<Terminal*> group;
  for (Terminal& t : terminals)
    if (t.cathode == cathodes)
      group.push_back(&t);
  const auto stated = std::count_if(group.begin(), group.end(),
                                    [](const Terminal* t) { return t->share.has_value(); });
  if (stated == 0)
    for (Terminal* t : group)
      t->share = 1.0 / static_cast<double>(group.size());
  double total = 0.0;
  for (const Terminal* t : group)
    total += t->share.value_or(0.0);
  const char* kind = cathodes ? "cathodes" : "anodes";
  if (stated != 0 && stated != static_cast<std::ptrdiff_t>(group.size()))
    return {concat("only some ", kind, " of \"", text, "\" have a share"),
            "give each of them a share in per cent, or none"};
  if (std::abs(total - 1.0) > 1e-9)
    return {concat("the currents of \"", text, "\" do not balance: its ", kind, " carry ",
                   100.0 * total, " % of the amplitude"),
            concat("make the shares of the ", kind,
                   " add up to 100 %, or let the case take the "
                   "rest, for example \"case+ 20 %\"")};
  return {};
}

// "cranial" of "cranial:E1", empty of "E1".
std::string lead_of(const std::string& contact) {
  const std::size_t colon = contact.rfind(':');
  return colon == std::string::npos ? "" : contact.substr(0, colon);
}

// "E1 to E8", or "cranial:E1 to cranial:E8, caudal:E1 to caudal:E4".
std::string ranges_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool first = i == 0 || lead_of(names[i]) != lead_of(names[i - 1]);
    const bool last = i + 1 == names.size() || lead_of(names[i]) != lead_of(names[i + 1]);
    if (first)
      text += (i > 0 ? ", " : "") + names[i];
    else if (last)
      text += " to " + names[i];
  }
  return text;
}

// A slip, or a contact of a named lead without the name.
std::optional<std::string> nearest_contact(const std::string& name,
                                           const std::vector<std::string>& names) {
  for (const std::string& known : names)
    if (known.ends_with(":" + name))
      return known;
  return config::nearest_name(name, names);
}

ContactConfigurationProblem one_configuration(const std::string& text,
                                              const std::vector<std::string>& names,
                                              ContactConfiguration& result) {
  std::vector<Terminal> terminals;
  if (auto problem = read_terminals(text, terminals); !problem.cause.empty())
    return problem;
  const auto cathodes = std::count_if(terminals.begin(), terminals.end(),
                                      [](const Terminal& t) { return t.cathode; });
  if (cathodes == 0)
    return {concat("\"", text, "\" has no cathode"), "mark one with -, for example \"E1- case+\""};
  if (cathodes == static_cast<std::ptrdiff_t>(terminals.size()))
    return {
        concat("the currents of \"", text, "\" do not balance: no anode and no return is named"),
        concat("name where the current returns: \"", text, " case+\"")};
  result.states_shares = std::any_of(terminals.begin(), terminals.end(),
                                     [](const Terminal& t) { return t.share.has_value(); });
  for (const bool polarity : {true, false})
    if (auto problem = complete_shares(terminals, polarity, text); !problem.cause.empty())
      return problem;

  result.weights.assign(names.size(), 0.0);
  for (const Terminal& t : terminals) {
    const double weight = (t.cathode ? 1.0 : -1.0) * *t.share;
    if (t.name == "case") {
      result.returns_through_case = true;
      continue;
    }
    const auto found = std::find(names.begin(), names.end(), t.name);
    if (found == names.end()) {
      const auto near = nearest_contact(t.name, names);
      return {concat("the lead has no contact \"", t.name, "\""),
              concat(near ? concat("did you mean \"", *near, "\"? ") : std::string{},
                     "its contacts are ", ranges_of(names), ", and case")};
    }
    double& slot = result.weights[static_cast<std::size_t>(found - names.begin())];
    if (slot != 0.0)
      return {concat("contact ", t.name, " appears twice in \"", text, "\""),
              "name each contact once"};
    slot = weight;
  }
  result.name.clear();
  for (const std::string& word : words_of(text))
    if (word != "%")
      result.name += (result.name.empty() ? "" : " ") + word;
  return {};
}

} // namespace

ContactConfigurationProblem expand_contacts(const std::string& text,
                                            const std::vector<std::string>& names,
                                            std::vector<ContactConfiguration>& configurations) {
  std::vector<std::string> texts;
  if (text == "each") {
    for (const std::string& name : names)
      texts.push_back(name + "- case+");
  } else if (text == "adjacent pairs") {
    for (std::size_t i = 0; i + 1 < names.size(); ++i)
      if (lead_of(names[i]) == lead_of(names[i + 1]))
        texts.push_back(names[i] + "- " + names[i + 1] + "+");
  } else {
    texts.push_back(text);
  }
  for (const std::string& one : texts) {
    ContactConfiguration configuration;
    if (auto problem = one_configuration(one, names, configuration); !problem.cause.empty())
      return problem;
    configurations.push_back(std::move(configuration));
  }
  return {};
}

} // namespace foramen::study
