//! A feed's settings and the open vacancies in, the feed's vacancies out, in order.
