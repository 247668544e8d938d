//! A title line in, its parts out: the job title alone, employer, place.
