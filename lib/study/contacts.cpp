#include "study/contacts.hpp"

#include <algorithm>

namespace foramen::study {

std::vector<Contact> contacts_of(const std::vector<lead::PlacedLead>& leads) {
  std::vector<Contact> contacts;
  for (std::size_t l = 0; l < leads.size(); ++l)
    for (std::size_t i = 0; i < leads[l].model.contacts.size(); ++i) {
      const std::string prefix = leads[l].name.empty() ? "" : leads[l].name + ":";
      const lead::RingContact& ring = leads[l].model.contacts[i];
      contacts.push_back({prefix + ring.name,
                          l,
                          leads[l].contact_centre(i),
                          ring.centre,
                          ring.length,
                          leads[l].model.contact_area(i),
                          {}});
    }
  return contacts;
}

std::vector<std::string> names_of(const std::vector<Contact>& contacts) {
  std::vector<std::string> names;
  for (const Contact& contact : contacts)
    names.push_back(contact.name);
  return names;
}

std::string file_name_of(const Contact& contact) {
  std::string name = contact.name;
  std::replace(name.begin(), name.end(), ':', '_');
  return name;
}

} // namespace foramen::study
