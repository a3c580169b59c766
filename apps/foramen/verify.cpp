// foramen verify
