//! Codes and names of countries and their subdivisions (ISO 3166).
